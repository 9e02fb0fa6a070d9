import type { Trajectory } from '../flows/index.js';
import { thinned } from './thinned.js';
import { MOST_POINTS } from './style.js';

/** Rows of a trajectory that show its path, and which of them are at a power of ten in α. */
export interface PathRows {
  readonly rows: number[];
  /** `place` is an index into `rows`. */
  readonly decades: { exponent: number; place: number }[];
}

/**
 * At most `most` rows, spaced evenly along the path (the plain path length is the place), with the
 * first, the last and the one nearest to each power of ten from α = 1 on.
 */
export function pathRows(trajectory: Trajectory, most = MOST_POINTS - 20): PathRows {
  const { alpha, pathLength } = trajectory;
  const nearest = decadeRows(alpha);
  const chosen = new Set([
    ...thinned(Array.from(pathLength), most),
    ...nearest.map(({ row }) => row),
  ]);
  const rows = [...chosen].sort((a, b) => a - b);
  return {
    rows,
    decades: nearest.map(({ exponent, row }) => ({ exponent, place: rows.indexOf(row) })),
  };
}

/** The row nearest to every power of ten that the run reached, from α = 1 on. */
function decadeRows(alpha: Float64Array): { exponent: number; row: number }[] {
  const last = alpha[alpha.length - 1];
  if (!(last >= 1)) return [];
  const count = Math.floor(Math.log10(last) + 1e-6) + 1;
  return Array.from({ length: count }, (_, exponent) => {
    let row = 0;
    const distance = (k: number) =>
      Math.abs(Math.log(Math.max(alpha[k], 1e-9)) - exponent * Math.LN10);
    alpha.forEach((_value, k) => {
      if (distance(k) < distance(row)) row = k;
    });
    return { exponent, row };
  });
}
