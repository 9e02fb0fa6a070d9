import { secondsPerCall, type Clock } from './timed-calls.js';

/**
 * The tolerances that are tried, as in bench/peers/ladder.py: quarters of a decade from 10⁻⁴ to 10⁻¹⁰,
 * of which the decades come first, and then the rungs between the last that misses and the first
 * that fits.
 */
const LADDER = Array.from({ length: 25 }, (_, k) => 10 ** (-4 - k / 4));
const DECADE = 4;
/** A looser rung may be the slower one, so those just below the first fitting one are tried as well. */
const RUNGS_BELOW = 3;
const TURNS = 7;

export interface Rung {
  readonly tolerance: number;
  readonly seconds: number;
}

/**
 * The tolerance that meets the accuracy in the least time. `solve` gives its answer's error. The rungs
 * that fit are timed in turns once all are known, and warm; the best of their runs counts.
 */
export function cheapestRung(
  solve: (tolerance: number) => number,
  accuracy: number,
  now?: Clock,
): Rung {
  const fitting: number[] = [];
  let nearest = Infinity;
  const fits = (rung: number) => {
    const tolerance = LADDER[rung];
    const error = solve(tolerance);
    if (error < nearest) nearest = error;
    if (!(error <= accuracy)) return false;
    fitting.push(tolerance);
    return true;
  };
  const rungs = [...LADDER.keys()];
  const decade = rungs.filter((rung) => rung % DECADE === 0).find(fits);
  if (decade === undefined) {
    throw new Error(
      `No tolerance meets ${accuracy}: the error stays at ${nearest.toExponential(1)}.`,
    );
  }
  const between = rungs.slice(Math.max(0, decade - DECADE + 1), decade);
  const first = between.find(fits) ?? decade;
  rungs.slice(first + 1, first + 1 + RUNGS_BELOW).forEach(fits);
  const best = fitting.map(() => Infinity);
  for (let turn = 0; turn < TURNS; turn++) {
    fitting.forEach((tolerance, k) => {
      best[k] = Math.min(
        best[k],
        secondsPerCall(() => void solve(tolerance), 1, now),
      );
    });
  }
  const seconds = Math.min(...best);
  return { tolerance: fitting[best.indexOf(seconds)], seconds };
}
