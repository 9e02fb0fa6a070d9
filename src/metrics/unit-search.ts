import { randomStream } from '../numerics/random.js';
import { addScaled, dot, norm } from '../numerics/vectors.js';
import { bothWays, type DualPieces } from './dual-pieces.js';

/** Directions that climbs start from beside the inputs. */
const DRAWN = 60;
/** Inputs that climbs start from, at most. */
const INPUTS = 100;
const STEPS = 200;
/** A climb has ended where steps this short no longer rise. */
const SHORTEST = 1e-12;
const RISING = 1e-13;
/** Kinks that are tried where a climb stops. */
const TRIED = 4;
/** A rest of this share is rounding. */
const NOTHING = 1e-12;

/** Where a search ended. */
interface Found {
  readonly value: number;
  readonly unit: Float64Array;
}

/** The best |g| of climbs from many directions: a lower bound of the largest. */
export function climbFromManyStarts(pieces: DualPieces): Found & { readonly tried: number } {
  const { rows, count, size } = pieces;
  const stream = randomStream('dual certificate').split(size);
  const starts: Float64Array[] = [];
  for (let i = 0; i < Math.min(count, INPUTS); i++) {
    starts.push(...bothWays(rows.slice(i * size, (i + 1) * size)));
  }
  for (let k = 0; k < DRAWN; k++) {
    starts.push(...bothWays(Float64Array.from({ length: size }, () => stream.normal())));
  }
  let value = -1;
  let unit = starts[0];
  for (const start of starts) {
    const end = climb(pieces, start);
    if (end.value > value) ({ value, unit } = end);
  }
  return { value, unit, tried: starts.length };
}

/**
 * Climbs |g| along the sphere. Where it stops at kinks it goes on within the nearest of them, as long as that
 * gains: a sum with kinks is often largest on several.
 */
function climb(pieces: DualPieces, start: Float64Array): Found {
  const held: Float64Array[] = [];
  let best = climbWithin(pieces, start, held);
  while (pieces.power === 1 && held.length < pieces.size - 1) {
    const normals = nearestKinks(pieces, best.unit, held);
    const found = normals.map((normal) => {
      const [at] = bothWays(across(best.unit, [normal]));
      return at ? climbWithin(pieces, at, [...held, normal]) : best;
    });
    const top = found.reduce((k, { value }, j) => (value > found[k].value ? j : k), 0);
    if (!(found[top]?.value > best.value)) break;
    best = found[top];
    held.push(normals[top]);
  }
  return best;
}

/** Unit normals, orthogonal to those held, of the kinks that the direction is nearest to. */
function nearestKinks(
  { rows, count, size }: DualPieces,
  unit: Float64Array,
  held: readonly Float64Array[],
): Float64Array[] {
  const normals: Float64Array[] = [];
  for (let i = 0; i < count; i++) {
    const [normal] = bothWays(across(rows.slice(i * size, (i + 1) * size), held));
    if (normal) normals.push(normal);
  }
  const distance = (normal: Float64Array) => Math.abs(dot(normal, unit));
  return normals.sort((a, b) => distance(a) - distance(b)).slice(0, TRIED);
}

/** What is left of a vector beside orthonormal ones; zero where that is rounding. */
function across(vector: Float64Array, held: readonly Float64Array[]): Float64Array {
  const rest = vector.slice();
  for (const normal of held) addScaled(rest, -dot(normal, rest), normal);
  return norm(rest) > NOTHING * norm(vector) ? rest : rest.fill(0);
}

/** To ∇g itself where that rises, by shorter ways where it does not, orthogonal to the held normals. */
function climbWithin(
  pieces: DualPieces,
  start: Float64Array,
  held: readonly Float64Array[],
): Found {
  let unit = start;
  let value = Math.abs(pieces.sum(unit));
  const gradient = new Float64Array(pieces.size);
  for (let step = 0; step < STEPS; step++) {
    pieces.slope(unit, gradient);
    const sign = Math.sign(pieces.sum(unit)) || 1;
    const slope = across(gradient, held);
    const length = norm(slope);
    if (!(length > 0)) break;
    const before = value;
    for (let share = 1; share > SHORTEST; share /= 4) {
      const to = unit.map((at, j) => (1 - share) * at + (share * sign * slope[j]) / length);
      const [next] = bothWays(across(to, held));
      const there = next ? sign * pieces.sum(next) : -1;
      if (!(there > value)) continue;
      [unit, value] = [next, there];
      break;
    }
    if (!(value - before > RISING * value)) break;
  }
  return { value, unit };
}
