import { makeDataset, rotateIntoSpan } from '../datasets/portable.js';
import type { HomogeneousPointwise } from '../networks/index.js';
import { arrangementCandidates } from './arrangement.js';
import { dualPieces, type DualPieces } from './dual-pieces.js';
import { climbFromManyStarts } from './unit-search.js';

/** The best single unit against given dual variables. */
export interface DualCertificate {
  /** The largest |Σ qᵢ yᵢ σ(u·xᵢ)| that was found over unit vectors u: the largest there is where `exact`. */
  readonly value: number;
  /** The u that has it, of norm 1. */
  readonly unit: Float64Array;
  /** True where every piece between kinks was looked at, so that nothing is larger but by rounding. */
  readonly exact: boolean;
  /** How many directions were evaluated, or climbed from where it is not exact. */
  readonly tried: number;
}

/** Up to so many kinks all pieces are looked at; their number grows like the square. */
const MOST_KINKS = 300;

/**
 * max over unit vectors u of |Σ qᵢ yᵢ σ(u·xᵢ)|, for n×d inputs row by row, labels ±1 and weights q ≥ 0 (as a
 * rule the multipliers of a limit, with sum 1).
 *
 * A two-layer network with units σ(u·x) and the norm Σ |aⱼ|‖uⱼ‖^power has no larger margin, at any width, than
 * this value for any q on the simplex. So a limit whose margin, in that norm, equals the value at its own
 * multipliers is globally optimal; where the value is larger, a unit placed at `unit` would gain.
 *
 * Exact for powers 1 and 2 where the inputs span at most three dimensions: between the kinks, the planes
 * u·xᵢ = 0, the sum is linear or quadratic in u, so its stationary points on the sphere, and for power 1 those
 * on the kinks and where kinks meet, are finitely many, and all are evaluated. Otherwise `exact` is false and
 * the value a lower bound: the best of climbs from the inputs, their opposites, and directions drawn from a
 * fixed seed. Throws a sentence where sizes do not agree, a number is not finite or a label not ±1.
 */
export function dualCertificate(
  activation: HomogeneousPointwise,
  inputs: Float64Array,
  labels: Float64Array,
  q: Float64Array,
): DualCertificate {
  const count = labels.length;
  const size = inputs.length / count;
  requireShapes(inputs, labels, q, size);
  const used = [...labels.keys()].filter((i) => {
    const row = inputs.subarray(i * size, (i + 1) * size);
    return q[i] !== 0 && row.some((value) => value !== 0);
  });
  if (used.length === 0) return { value: 0, unit: firstAxis(size), exact: true, tried: 1 };
  const rows = new Float64Array(used.length * size);
  used.forEach((i, k) => rows.set(inputs.subarray(i * size, (i + 1) * size), k * size));
  const span = rotateIntoSpan(
    makeDataset({
      name: 'dualCertificate',
      source: 'examples with a weight',
      dimension: size,
      classes: 2,
      inputs: rows,
      labels: Float64Array.from(used, (i) => labels[i]),
    }),
  );
  const weights = Float64Array.from(used, (i) => q[i] * labels[i]);
  const pieces = dualPieces(activation, span.dataset.inputs, weights, span.rank);
  const exact = span.rank <= 3 && activation.power <= 2 && used.length <= MOST_KINKS;
  const best = exact ? bestOf(pieces, arrangementCandidates(pieces)) : climbFromManyStarts(pieces);
  return { value: best.value, unit: lifted(best.unit, span.basis, size), exact, tried: best.tried };
}

function requireShapes(
  inputs: Float64Array,
  labels: Float64Array,
  q: Float64Array,
  size: number,
): void {
  const count = labels.length;
  if (count === 0 || q.length !== count || !Number.isInteger(size) || size === 0) {
    throw new Error(
      `dualCertificate: expected a label, a weight and as many inputs for each example, found ${count} labels, ` +
        `${q.length} weights and ${inputs.length} inputs.`,
    );
  }
  const wrong = labels.findIndex((label) => label !== 1 && label !== -1);
  if (wrong >= 0) {
    throw new Error(
      `dualCertificate: expected labels +1 or -1, found labels[${wrong}] = ${labels[wrong]}.`,
    );
  }
  if (![...inputs, ...q].every(Number.isFinite)) {
    throw new Error('dualCertificate: expected finite inputs and weights.');
  }
}

function firstAxis(size: number): Float64Array {
  const unit = new Float64Array(size);
  unit[0] = 1;
  return unit;
}

function bestOf(pieces: DualPieces, candidates: Iterable<Float64Array>) {
  let value = -1;
  let unit = firstAxis(pieces.size);
  let tried = 0;
  for (const candidate of candidates) {
    tried++;
    const found = Math.abs(pieces.sum(candidate));
    if (found > value) [value, unit] = [found, candidate];
  }
  return { value, unit, tried };
}

/** A vector of the span in the original coordinates. */
function lifted(unit: Float64Array, basis: Float64Array, size: number): Float64Array {
  const whole = new Float64Array(size);
  unit.forEach((share, k) => {
    for (let j = 0; j < size; j++) whole[j] += share * basis[k * size + j];
  });
  return whole;
}
