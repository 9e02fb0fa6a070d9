import type { KinkPlace } from '../kinks/kinks.js';
import type { Approach } from './approach.js';
import type { Piece } from './piece.js';

/*
 * Where the dual of a convex step begins its search: multipliers that are known already, by the rows of the step's
 * piece.
 */

/** A search begins from those before where it knows this share of them: the others come in one by one. */
const KNOWN = 0.75;

/** From another step with nearly the same rows; undefined where too few are known. */
export function guessFromStep(
  piece: Piece,
  { piece: other, multipliers }: { readonly piece: Piece; readonly multipliers: Float64Array },
): Float64Array | undefined {
  const pairs = new Map(other.pairs.map((pair, k) => [pair, multipliers[k]]));
  const nus = multipliers.subarray(other.pairs.length);
  return guessFrom(piece, pairs, new Map(other.kinks.map((kink, k) => [keyOf(kink), nus[k]])));
}

/** From where a step begins; a run's own kinks have no weights yet. Undefined as above. */
export function guessFromStart(
  piece: Piece,
  { weights, kinks }: Approach,
): Float64Array | undefined {
  const known = kinks.filter(({ weight }) => weight !== 0);
  return guessFrom(piece, weights, new Map(known.map((kink) => [keyOf(kink), kink.weight])));
}

function guessFrom(
  { pairs, kinks }: Piece,
  onPairs: ReadonlyMap<number, number>,
  onKinks: ReadonlyMap<string, number>,
): Float64Array | undefined {
  const values = [
    ...pairs.map((pair) => onPairs.get(pair)),
    ...kinks.map((kink) => onKinks.get(keyOf(kink))),
  ];
  const known = values.filter((value) => value !== undefined).length;
  return known < KNOWN * values.length ? undefined : Float64Array.from(values, (v) => v ?? 0);
}

const keyOf = ({ example, unit }: KinkPlace) => `${example} ${unit}`;
