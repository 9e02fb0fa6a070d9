import type { DescentResult } from '../flows/index.js';
import type { Decade, Measurements } from '../metrics/index.js';
import type { ProblemRecord } from './problem.js';

/** Small-step descent with steps of relative length c/α, measured two ways. */
export interface DescentRecord {
  readonly kind: 'descent';
  readonly problem: ProblemRecord;
  /** Steps have relative length min(cap, c/α). */
  readonly c: number;
  readonly result: DescentResult;
  readonly measurements: Measurements;
  /** Length of the path through directions sampled every 5 % of α, up to each row. */
  readonly sampledLength: Float64Array;
  /** That length over each decade of α from 1 on. */
  readonly decades: readonly Decade[];
  /** The raw length, every step counted, over the same decades: the control. */
  readonly rawDecades: readonly Decade[];
}
