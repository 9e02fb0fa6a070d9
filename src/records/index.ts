/**
 * What a run leaves behind as plain data, and how it becomes text and comes back.
 * @module
 */
export type { DeepLinearRecord, LayerCourse, NeighbourCourse } from './deep-linear.js';
export type { DescentRecord } from './descent.js';
export type { EarlyFlowRecord, PlaneUnit, UnitAttraction } from './early-flow.js';
export type { GeneralizationRecord } from './generalization.js';
export type { SaliencyPicture, SaliencyPictures, SaliencyRecord } from './saliency.js';
export type { TangentFlowRecord } from './tangent-flow.js';
export { encodeRecord, type EncodedRecord, type Json } from './encode.js';
export { decodeRecord } from './decode.js';
export type { DualDescent, DualPotentialRecord } from './dual-potential.js';
export type { DecadeMeasure, FlowRecord, KinkedDecade, KinkMeasures } from './flow.js';
export type {
  HalvedControl,
  ImageCheckpoint,
  ImageTrainingRecord,
  MarginDistribution,
  NetworkSummary,
} from './image-training.js';
export { kinkedFlowRecord, type KinkedFlowRecord } from './kinked-flow.js';
export type { DatasetRecord, DatasetSummary, ProblemRecord } from './problem.js';
export {
  isRecord,
  recordKinds,
  type ExperimentRecord,
  type RecordKinds,
  type RecordOf,
  type UnfinishedRecord,
} from './record.js';
export type { ChainRuleRecord } from './chain-rule.js';
export type { CriticalPointRecord } from './critical-point.js';
export type { PerturbedRun, SpiralColumns, SpiralRecord } from './spiral.js';
export type { LinearRun, LinearSvmRecord } from './linear-svm.js';
export type {
  BoundedLimit,
  GainByAngle,
  SplitUnitsRecord,
  TwoHomogeneousRecord,
} from './two-homogeneous.js';
export type { SurfaceCourseRecord, SurfaceStage } from './surface-course.js';
export type { RuleRecord, StepComparisonRecord } from './step-comparison.js';
export type { LossLimit, LossLimitsRecord } from './loss-limits.js';
export type { DescentRatesRecord, FlowRatesRecord, RuleRates } from './rates.js';
export type { StepThresholdRecord, ThresholdDescent } from './step-threshold.js';
export {
  mapPlan,
  type AnyRecord,
  type InPlaceOf,
  type RecordOfPlanned,
  type RecordsOf,
} from './plan-records.js';
export {
  isTrueIn,
  numberIn,
  numbersIn,
  rowsBy,
  textIn,
  type SweepCell,
  type SweepColumn,
  type SweepColumnType,
  type SweepRow,
  type SweepTable,
} from './sweep-table.js';
export { decodeSweep, encodeSweep } from './sweep-parquet.js';
