import { interpolateAt } from '../../metrics/paths.js';
import type { SpiralColumns } from '../../records/index.js';

/** Columns and numbers that are read off runs on the spiral. */

/** Turns around the axis from one angle on to the end of a run. */
export function turnsFrom({ phi }: SpiralColumns, from: number): number {
  return (phi[phi.length - 1] - from) / (2 * Math.PI);
}

/** log₁₀ α at each row: α = ‖θ‖^L γ̃. */
export function log10Alpha(run: SpiralColumns, degree: number): Float64Array {
  return run.logLogNorm.map((value, row) => {
    const logMargin = Math.log1p(-Math.exp(-run.minusLogGap[row]));
    return (degree * Math.exp(value) + logMargin) / Math.LN10;
  });
}

/** Lengths of the path over each of the last `units` units of log log ‖θ‖; fewer where the run is short. */
export function lengthPerUnit(
  { logLogNorm, pathLength }: Pick<SpiralColumns, 'logLogNorm' | 'pathLength'>,
  units: number,
): number[] {
  const logNorm = logLogNorm.map(Math.exp);
  const end = logLogNorm[logLogNorm.length - 1];
  return differences(
    Array.from({ length: units + 1 }, (_, k) => end - units + k)
      .filter((edge) => edge >= logLogNorm[0])
      .map((edge) => interpolateAt(logNorm, pathLength, Math.exp(edge))),
  );
}

/** The same over each of the last `units` units of −log(1 − γ̃). */
export function lengthPerGapUnit(
  { minusLogGap, pathLength }: SpiralColumns,
  units: number,
): number[] {
  return lengthPerUnit({ logLogNorm: minusLogGap, pathLength }, units);
}

/** Lengths of the path over the first `decades` decades of α after α = 10. */
export function lengthPerAlphaDecade(
  run: SpiralColumns,
  degree: number,
  decades: number,
): number[] {
  const places = log10Alpha(run, degree);
  // Infinite late on, where no decade is asked for.
  const alphas = places.map((exponent) => 10 ** exponent);
  return differences(
    Array.from({ length: decades + 1 }, (_, k) => k + 1)
      .filter((exponent) => exponent <= places[places.length - 1])
      .map((exponent) => interpolateAt(alphas, run.pathLength, 10 ** exponent)),
  );
}

/** How often the direction comes by the half plane φ = 0. */
export function crossings({ phi }: SpiralColumns): number {
  const turn = (angle: number) => Math.floor(angle / (2 * Math.PI));
  return turn(phi[phi.length - 1]) - turn(phi[0]);
}

/** The rows of a run from an angle on. */
export function rowsFrom(run: SpiralColumns, from: number): SpiralColumns {
  const first = run.phi.findIndex((phi) => phi >= from);
  const cut = (column: Float64Array) => column.slice(first < 0 ? column.length : first);
  return {
    phi: cut(run.phi),
    s: cut(run.s),
    logLogNorm: cut(run.logLogNorm),
    minusLogGap: cut(run.minusLogGap),
    pathLength: cut(run.pathLength),
  };
}

function differences(values: readonly number[]): number[] {
  return values.slice(1).map((value, k) => value - values[k]);
}
