import {
  highestSmoothedMargin,
  inTurns,
  settleBeyond,
  type FlowPoint,
  type SolvedLimits,
} from '../../flows/index.js';
import { angleBetween } from '../../numerics/index.js';
import type { LimitEntry } from './limit.js';
import type { Problem } from './problem.js';

/** The flow a whole number of decades of α beyond the run's last row: see `decadesBeyond`. */
export interface BeyondEntry {
  readonly alpha: number;
  /** log ‖θ‖. */
  readonly logNorm: number;
  /** α / ‖θ‖^L. */
  readonly smoothedMargin: number;
  /** Angle to the limit, radians. */
  readonly angle: number;
  /** θ/‖θ‖. */
  readonly direction: Float64Array;
}

export interface BeyondOptions {
  readonly tolerance: number;
  readonly solved: SolvedLimits;
  readonly signal?: { readonly aborted: boolean };
  readonly onProgress?: (alpha: number) => void;
}

/** Where a run has been followed to beyond its last row. */
export interface WayBeyond {
  /** None where they cannot help to tell the limit. */
  readonly points: readonly FlowPoint[];
  /** True where the caller's signal ended it. */
  readonly interrupted: boolean;
}

/** The points beyond the run's own that its limit is told from. */
export async function followBeyond(
  { objective }: Problem,
  own: readonly FlowPoint[],
  { tolerance, solved, signal, onProgress }: BeyondOptions,
): Promise<WayBeyond> {
  const points = await inTurns(told(settleBeyond(objective, own, { tolerance, solved, signal })));
  return { points, interrupted: signal?.aborted === true };

  function* told(steps: ReturnType<typeof settleBeyond>): ReturnType<typeof settleBeyond> {
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
      if (step.value) onProgress?.(step.value.alpha);
      yield step.value;
    }
  }
}

/** The points in the form of the result file. */
export function beyondEntries(
  { degree }: Problem,
  beyond: readonly FlowPoint[],
  limit: LimitEntry | null,
): BeyondEntry[] {
  return beyond.map(({ alpha, logNorm, direction }) => ({
    alpha,
    logNorm,
    smoothedMargin: highestSmoothedMargin([{ alpha, logNorm }], degree),
    angle: limit?.converged ? angleBetween(direction, Float64Array.from(limit.direction)) : NaN,
    direction,
  }));
}

/** What a result says of them; undefined where there are none. */
export function beyondSentence({ points, interrupted }: WayBeyond): string | undefined {
  const [last, before] = points.slice(-2).reverse();
  if (!last) {
    return interrupted
      ? 'It was interrupted while it was followed beyond its last row.'
      : undefined;
  }
  const stopped = interrupted ? ', where it was interrupted' : '';
  const turned = before
    ? ` In the last decade its direction turned by ${angleBetween(before.direction, last.direction).toPrecision(2)} rad.`
    : '';
  const alpha = last.alpha.toExponential(0).replace('e+', 'e');
  return `From its last row it was followed on to α = ${alpha}, by the equation that the flow obeys as α → ∞${stopped}.${turned}`;
}
