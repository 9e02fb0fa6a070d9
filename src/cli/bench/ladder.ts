import { secondsPerCall } from './timed-calls.js';

/** The tolerances that are tried, as in bench/peers/ladder.py. */
const LADDER = [
  1e-4, 3e-5, 1e-5, 3e-6, 1e-6, 3e-7, 1e-7, 3e-8, 1e-8, 3e-9, 1e-9, 3e-10, 1e-10,
] as const;

/** A looser rung may be the slower one, so those just below the first fitting one are tried as well. */
const RUNGS_BELOW = 3;

export interface Rung {
  readonly tolerance: number;
  readonly seconds: number;
}

/**
 * The tolerance that meets the accuracy in the least time. `solve` gives its answer's error; on each
 * rung the better of two runs counts, after a first one that warms up.
 */
export function cheapestRung(solve: (tolerance: number) => number, accuracy: number): Rung {
  const fitting: Rung[] = [];
  let nearest = Infinity;
  let below = 0;
  for (const tolerance of LADDER) {
    const error = solve(tolerance);
    const call = () => void solve(tolerance);
    const seconds = Math.min(secondsPerCall(call, 1), secondsPerCall(call, 1));
    if (error < nearest) nearest = error;
    if (error <= accuracy) fitting.push({ tolerance, seconds });
    if (fitting.length > 0 && ++below > RUNGS_BELOW) break;
  }
  if (fitting.length === 0) {
    throw new Error(
      `No tolerance meets ${accuracy}: the error stays at ${nearest.toExponential(1)}.`,
    );
  }
  return fitting.reduce((best, rung) => (rung.seconds < best.seconds ? rung : best));
}
