import type { ExperimentSpec } from './experiment.js';

/** A number, a text or a truth value: what stands in one place of a table. */
export type SweepValue = number | string | boolean;

/** Whole numbers from `from` on, `count` of them: seeds. */
export interface SweepRange {
  readonly from: number;
  readonly count: number;
}

/** What is varied: one place of the experiment's description, or several that change together. */
export interface SweepAxis {
  /** The column of the results that says where on the axis a run lies. */
  readonly name: string;
  /** Places, each as keys with dots between: 'problem.start.seed'. */
  readonly at: string | readonly string[];
  /** What is put there: numbers, texts, or whole parts of a description. */
  readonly values: SweepRange | readonly unknown[];
  /** What the column says of each value; needed where values are lists or objects. */
  readonly labels?: readonly SweepValue[];
}

/** Many experiments as plain data: one description, and what is varied in it, each with each. */
export interface SweepSpec {
  /** Names the folder and the file of the results. */
  readonly name: string;
  /** What the sweep asks, in a sentence. */
  readonly title: string;
  /** The description that is varied; a whole one, which is an experiment by itself. */
  readonly experiment: ExperimentSpec;
  /** The last one changes fastest. */
  readonly axes: readonly SweepAxis[];
  /** Runs that one process does, one after the other; default 40. */
  readonly batch?: number;
}

/** One experiment of a sweep, and where on the axes it lies. */
export interface SweepRun {
  readonly axes: Readonly<Record<string, SweepValue>>;
  readonly spec: ExperimentSpec;
}
