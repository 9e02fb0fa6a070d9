import type {
  StepThresholdRecord,
  ThresholdDescent,
  UnfinishedRecord,
} from '../../records/index.js';
import { SETTLED } from './plan.js';

/** The runs that reached their goal. */
export function finishedRuns(
  sweep: readonly (StepThresholdRecord | UnfinishedRecord)[],
): StepThresholdRecord[] {
  return sweep.filter((run): run is StepThresholdRecord => run.kind === 'step-threshold');
}

/** Whether the limit is certified, descents begin near it, and all of them came to their ends. */
export function isSound(run: StepThresholdRecord): boolean {
  const { certificate, threshold, along, late } = run;
  const where = along.threshold[along.threshold.length - 1];
  return (
    certificate.doubts.length === 0 &&
    certificate.limit.stability.unstable === 0 &&
    Math.abs(where / threshold - 1) <= SETTLED &&
    late.every(({ complete }) => complete)
  );
}

/** The descent with that share of C*; undefined where there is none. */
export function withFactor(
  descents: readonly ThresholdDescent[],
  factor: number,
): ThresholdDescent | undefined {
  return descents.find((descent) => descent.factor === factor);
}

/** Rows at the end that are averaged: swings have two sides. */
const LAST_ROWS = 10;

/** The cosine at the end of a descent, the mean of its last rows; NaN where there is none. */
export function endOf(descent: ThresholdDescent | undefined): number {
  if (descent === undefined || !descent.complete) return NaN;
  const last = descent.alignment.slice(-LAST_ROWS);
  return last.reduce((sum, value) => sum + value, 0) / last.length;
}
