import { experimentKinds, type ExperimentSpec } from '../specs/experiment.js';
import type { DeepLinearRecord } from './deep-linear.js';
import type { EarlyFlowRecord } from './early-flow.js';
import type { GeneralizationRecord } from './generalization.js';
import type { SaliencyRecord } from './saliency.js';
import type { TangentFlowRecord } from './tangent-flow.js';
import type { ChainRuleRecord } from './chain-rule.js';
import type { CriticalPointRecord } from './critical-point.js';
import type { DescentRecord } from './descent.js';
import type { DualPotentialRecord } from './dual-potential.js';
import type { FlowRecord } from './flow.js';
import type { ImageTrainingRecord } from './image-training.js';
import type { KinkedFlowRecord } from './kinked-flow.js';
import type { SpiralRecord } from './spiral.js';
import type { LinearSvmRecord } from './linear-svm.js';
import type { LossLimitsRecord } from './loss-limits.js';
import type { SurfaceCourseRecord } from './surface-course.js';
import type { DescentRatesRecord, FlowRatesRecord } from './rates.js';
import type { StepComparisonRecord } from './step-comparison.js';
import type { StepThresholdRecord } from './step-threshold.js';
import type { SplitUnitsRecord, TwoHomogeneousRecord } from './two-homogeneous.js';

/** An experiment that did not reach its goal: it says nothing, and it counts. */
export interface UnfinishedRecord {
  readonly kind: 'unfinished';
  /** The kind of experiment that it was to be. */
  readonly wanted: string;
  /** Why there is nothing, in a sentence. */
  readonly message: string;
}

/** The record of each kind of experiment: plain data, nothing that computes. */
export interface RecordKinds {
  readonly flow: FlowRecord;
  readonly 'kinked-flow': KinkedFlowRecord;
  readonly descent: DescentRecord;
  readonly 'image-training': ImageTrainingRecord;
  readonly 'step-comparison': StepComparisonRecord;
  readonly 'step-threshold': StepThresholdRecord;
  readonly 'deep-linear': DeepLinearRecord;
  readonly spiral: SpiralRecord;
  readonly 'early-flow': EarlyFlowRecord;
  readonly 'tangent-flow': TangentFlowRecord;
  readonly 'linear-svm': LinearSvmRecord;
  readonly 'loss-limits': LossLimitsRecord;
  readonly saliency: SaliencyRecord;
  readonly 'two-homogeneous': TwoHomogeneousRecord;
  readonly 'split-units': SplitUnitsRecord;
  readonly 'dual-potential': DualPotentialRecord;
  readonly 'critical-point': CriticalPointRecord;
  readonly 'chain-rule': ChainRuleRecord;
  readonly 'surface-course': SurfaceCourseRecord;
  readonly 'flow-rates': FlowRatesRecord;
  readonly 'descent-rates': DescentRatesRecord;
  readonly generalization: GeneralizationRecord;
}

/** What an experiment leaves. */
export type ExperimentRecord = RecordKinds[keyof RecordKinds];

/** The record of one experiment. */
export type RecordOf<Spec extends ExperimentSpec> = RecordKinds[Spec['kind']];

/** Everything that may lie in a record's folder. */
export const recordKinds: readonly (keyof RecordKinds | 'unfinished')[] = [
  'unfinished',
  ...experimentKinds,
];

/** Whether a value read from a file says that it is a record of a known kind. */
export function isRecord(value: unknown): value is ExperimentRecord | UnfinishedRecord {
  const { kind } = (value ?? {}) as { kind?: unknown };
  return recordKinds.some((known) => known === kind);
}
