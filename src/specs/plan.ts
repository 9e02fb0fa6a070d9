import type { ExperimentSpec } from './experiment.js';

/** An experiment that may fail to reach its goal without its claim failing with it. */
export interface PlannedAttempt<Spec extends ExperimentSpec = ExperimentSpec> {
  readonly attempt: Spec;
}

/** An experiment, an attempt at one, or a list of them. */
export type Planned =
  ExperimentSpec | PlannedAttempt | readonly (ExperimentSpec | PlannedAttempt)[];

/** The experiments of a claim, by name. */
export type Plan = Readonly<Record<string, Planned>>;
