import type { SgdPhase } from '../training/index.js';
import type {
  DatasetSpec,
  ImageNetworkSpec,
  PhaseSpec,
  ProblemSpec,
  TrainingSpec,
} from './spec-types.js';
import type { ChainRuleExperiment } from './experiments/chain-rule.js';
import type { CriticalPointExperiment } from './experiments/critical-point.js';
import type { DeepLinearExperiment } from './experiments/deep-linear.js';
import type { DualPotentialExperiment } from './experiments/dual-potential.js';
import type { EarlyFlowExperiment } from './experiments/early-flow.js';
import type { GeneralizationExperiment } from './experiments/generalization.js';
import type { LinearSvmExperiment } from './experiments/linear-svm.js';
import type { LossLimitsExperiment } from './experiments/loss-limits.js';
import type { DescentRatesExperiment, FlowRatesExperiment } from './experiments/rates.js';
import type { SaliencyExperiment } from './experiments/saliency.js';
import type { SpiralExperiment } from './experiments/spiral.js';
import type { StepThresholdExperiment } from './experiments/step-threshold.js';
import type { SurfaceCourseExperiment } from './experiments/surface-course.js';
import type { TangentFlowExperiment } from './experiments/tangent-flow.js';

export type { ChainRuleExperiment } from './experiments/chain-rule.js';
export type { CriticalPointExperiment } from './experiments/critical-point.js';
export type { DeepLinearExperiment } from './experiments/deep-linear.js';
export type { DualPotentialExperiment } from './experiments/dual-potential.js';
export type { EarlyFlowExperiment } from './experiments/early-flow.js';
export type { GeneralizationExperiment } from './experiments/generalization.js';
export type { LinearSvmExperiment } from './experiments/linear-svm.js';
export type { LossLimitsExperiment, TailSpec } from './experiments/loss-limits.js';
export type { DescentRatesExperiment, FlowRatesExperiment } from './experiments/rates.js';
export type { SaliencyExperiment } from './experiments/saliency.js';
export type { SpiralExperiment } from './experiments/spiral.js';
export type { StepThresholdExperiment } from './experiments/step-threshold.js';
export type { SurfaceCourseExperiment } from './experiments/surface-course.js';
export type { TangentFlowExperiment } from './experiments/tangent-flow.js';

import type {
  SplitUnitsExperiment,
  TwoHomogeneousExperiment,
} from './experiments/two-homogeneous.js';

/** Gradient flow to α = 10^`decades`, and on until it is certified where it is going. */
export interface FlowExperiment {
  readonly kind: 'flow';
  readonly problem: ProblemSpec;
  readonly decades: number;
}

/** The same flow, of which only what it says about alignment on kinks is kept: many fit into a sweep. */
export interface KinkedFlowExperiment {
  readonly kind: 'kinked-flow';
  readonly problem: ProblemSpec;
  readonly decades: number;
}

/** Descent with steps of relative length c/α. */
export interface DescentExperiment {
  readonly kind: 'descent';
  readonly problem: ProblemSpec;
  /** Steps have relative length min(cap, c/α), cap = min(0.02, 2c). */
  readonly c: number;
  /** The run ends at α = 10^decades. */
  readonly decades: number;
  readonly maxSteps: number;
}

/** A network on images, trained far past 100 % training accuracy. */
export interface ImageTrainingExperiment {
  readonly kind: 'image-training';
  /** What figures and messages call it; left out, 'images'. */
  readonly name?: string;
  readonly network: TrainingSpec['network'];
  /** Training and test images. */
  readonly data: DatasetSpec;
  readonly phases: readonly PhaseSpec[];
  /** The training ends when α reaches this. */
  readonly goal: number;
  /** Where the control with halved steps ends; none without. */
  readonly controlGoal?: number;
  readonly seed: number;
}

/** Rules for the length of steps that are compared, from the same start. */
export interface StepComparisonExperiment {
  readonly kind: 'step-comparison';
  /** Homogeneous in its weights. */
  readonly network: ImageNetworkSpec;
  readonly data: DatasetSpec;
  /** Gradients of the whole training set that each rule may compute, those of undone steps included. */
  readonly evaluations: number;
  /** Mini-batches until α = 1, where every image is classified: the start of all rules. */
  readonly fit: SgdPhase;
  /** Lengths of constant steps along the gradient of the mean loss. */
  readonly constant: readonly number[];
  /** a of the loss-scaled rule at its start. */
  readonly start: number;
  readonly seed: number;
}

/** Everything that decides an experiment's record, as plain data. */
export type ExperimentSpec =
  | FlowExperiment
  | KinkedFlowExperiment
  | DescentExperiment
  | ImageTrainingExperiment
  | StepComparisonExperiment
  | StepThresholdExperiment
  | DeepLinearExperiment
  | SpiralExperiment
  | EarlyFlowExperiment
  | TangentFlowExperiment
  | LinearSvmExperiment
  | LossLimitsExperiment
  | SaliencyExperiment
  | TwoHomogeneousExperiment
  | SplitUnitsExperiment
  | DualPotentialExperiment
  | CriticalPointExperiment
  | ChainRuleExperiment
  | SurfaceCourseExperiment
  | FlowRatesExperiment
  | DescentRatesExperiment
  | GeneralizationExperiment;

/** The kind of every experiment; `records/` has what each leaves, `experiments/` what carries it out. */
export const experimentKinds = [
  'flow',
  'kinked-flow',
  'descent',
  'image-training',
  'step-comparison',
  'step-threshold',
  'deep-linear',
  'spiral',
  'early-flow',
  'tangent-flow',
  'linear-svm',
  'loss-limits',
  'saliency',
  'two-homogeneous',
  'split-units',
  'dual-potential',
  'critical-point',
  'chain-rule',
  'surface-course',
  'flow-rates',
  'descent-rates',
  'generalization',
] as const satisfies readonly ExperimentSpec['kind'][];
