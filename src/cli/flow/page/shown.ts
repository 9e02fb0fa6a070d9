import type { LimitEntry } from '../limit.js';
import type { FlowRecord } from '../solve.js';

/** What a limit may also say of how fast the run comes to it. */
export interface RateEntry {
  /** The number that decides how fast the run comes nearer. */
  readonly lambda?: number;
  /** Factor of the angle to the limit per decade of α, as the limit predicts it. */
  readonly predictedRatio?: number;
  /** The same between the run's own points. */
  readonly measuredRatios?: readonly number[];
  /** Directions in which the limit is not isolated. */
  readonly flatDimensions?: number;
}

/** A stretch of the run near a KKT point that it left again. */
export interface Visit {
  readonly margin: number;
  readonly lambda?: number;
  readonly fromAlpha: number;
  readonly toAlpha: number;
}

/** A result as the page shows it: with what is known, without what is not. */
export type ShownRecord = Omit<FlowRecord, 'limit'> & {
  readonly limit: (LimitEntry & RateEntry) | null;
  readonly visits?: readonly Visit[];
};
