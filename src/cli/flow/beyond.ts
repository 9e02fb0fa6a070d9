import { settleBeyond, type FlowPoint, type SolvedLimits } from '../../flows/index.js';
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
}

export interface BeyondOptions {
  readonly tolerance: number;
  readonly solved: SolvedLimits;
  readonly signal?: { readonly aborted: boolean };
  readonly onProgress?: (alpha: number) => void;
}

/** The points beyond the run's own that its limit is told from; none where they cannot help, or it is stopped. */
export async function pointsBeyond(
  { objective }: Problem,
  points: readonly FlowPoint[],
  { tolerance, solved, signal, onProgress }: BeyondOptions,
): Promise<FlowPoint[]> {
  const steps = settleBeyond(objective, points, { tolerance, solved });
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (signal?.aborted) return [];
    onProgress?.(step.value.alpha);
    await new Promise((resolve) => setImmediate(resolve));
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
    smoothedMargin: alpha / Math.exp(degree * logNorm),
    angle: limit ? angleBetween(direction, Float64Array.from(limit.direction)) : NaN,
  }));
}

/** What a result says of them; undefined where there are none. */
export function beyondSentence(beyond: readonly FlowPoint[]): string | undefined {
  const last = beyond.at(-1);
  if (!last) return undefined;
  return `From its last row it was followed on to α = ${last.alpha.toExponential(0).replace('e+', 'e')}, by the equation that the flow obeys as α → ∞.`;
}
