import { interpolateAt } from '../../metrics/paths.js';
import type { DeepLinearRecord } from '../../records/index.js';
import type { Stretch } from './plan.js';

/** Columns that judge and figures read off a run of a deep linear network. */

/** What margin / γ tends to: L^(−L/2), where each of L layers holds an equal share of ‖θ‖². */
export function deepMarginShare(depth: number): number {
  return depth ** (-depth / 2);
}

/** |margin/γ − L^(−L/2)| for each row. */
export function marginErrors({ margin, maximum, depth }: DeepLinearRecord): Float64Array {
  return margin.map((value) => Math.abs(value / maximum.margin - deepMarginShare(depth)));
}

/** 1 − |⟨v, u⟩| from its sine: 1 − √(1 − s²), without the difference being formed. */
export function oneMinusInner(sine: number): number {
  return sine ** 2 / (1 + Math.sqrt(Math.max(0, 1 - sine ** 2)));
}

/** The largest 1 − |⟨v, u⟩| of any two neighbours, for each row; none for a single layer. */
export function worstMisalignment({ neighbours, alpha }: DeepLinearRecord): Float64Array {
  return alpha.map((_, row) => Math.max(...neighbours.map(({ sine }) => oneMinusInner(sine[row]))));
}

/** The largest 1 − ‖W‖₂/‖W‖_F of any layer, for each row; without cancellation. */
export function worstRank({ layers, alpha }: DeepLinearRecord): Float64Array {
  return alpha.map((_, row) =>
    Math.max(
      ...layers.map(({ spectralNorm, rest }) => {
        const frobenius = Math.hypot(spectralNorm[row], Math.sqrt(rest[row]));
        return rest[row] / (frobenius * (frobenius + spectralNorm[row]));
      }),
    ),
  );
}

/** The power of α that a column follows from one α to another. */
export function exponentBetween(
  { alpha }: Pick<DeepLinearRecord, 'alpha'>,
  column: Float64Array,
  { from, to }: Stretch,
): number {
  const [start, end] = [from, to].map((at) => interpolateAt(alpha, column, at));
  return Math.log(end / start) / Math.log(to / from);
}
