import { algebraForOrder } from '../../numerics/linear-algebra.js';
import { addScaled, dot, norm } from '../../numerics/vectors.js';
import type { NewtonMatrices } from './dual-newton.js';
import type { DualStage, StepStart } from './dual-stage.js';
import type { KinkRow } from '../rows/row-choice.js';

/** Share of the mean diagonal below which the Gram matrix of nearly dependent rows is not inverted. */
const REGULARIZATION = 1e-6;

/**
 * Moves w along the sphere by the shortest way to where the margins are what λ says, β pᵢ(w) = α − λᵢ,
 * and the kinks' preactivations vanish: both hold along the flow, and the integrator's local errors
 * leave them. Where λ does not lead, the kinks alone are restored. The matrices hold E Eᵀ, or E, at w,
 * where the stage's rows are; they are moved to the new w. Returns the length of the correction.
 */
export function projectOntoConstraints(
  stage: DualStage,
  kinks: readonly KinkRow[],
  { gram, reduced }: Pick<NewtonMatrices, 'gram' | 'reduced'>,
  { alpha, beta, degree, leads }: StepStart,
): number {
  const { rows, direction, unknowns, weights, velocity } = stage;
  if (!leads && kinks.length === 0) return 0;
  const size = rows.count;
  // Else λ follows the margins, and what moves w onto the kinks need not keep them.
  const first = leads ? 0 : rows.margins;
  // E w, since ∇p·w = L p and ∇z·w = z.
  const radial = new Float64Array(size);
  rows.marginsInto(radial);
  const right = new Float64Array(size);
  for (let i = 0; i < rows.margins; i++) {
    if (leads) right[i] = (alpha - unknowns[i]) / beta - radial[i];
    radial[i] *= degree;
  }
  kinks.forEach(({ row, layer, place }, k) => {
    const preactivations = rows.values(layer);
    const z = preactivations[(row * preactivations.length) / size + place];
    right[rows.margins + k] = -z;
    radial[rows.margins + k] = z;
  });
  if (reduced) {
    velocity.set(reduced.correction(direction, radial, right, REGULARIZATION));
  } else {
    solveRegularized(tangential(gram, radial, first), right.subarray(first));
    weights.set(right);
    rows.pullback(weights, velocity);
  }
  addScaled(velocity, -dot(velocity, direction), direction);
  for (let i = 0; i < direction.length; i++) direction[i] += velocity[i];
  const length = norm(direction);
  for (let i = 0; i < direction.length; i++) direction[i] /= length;
  rows.moveTo(direction);
  return norm(velocity);
}

/** The Gram matrix of the rows' parts across w, from that of the whole rows and E w; from a row on. */
function tangential(gram: Float64Array, radial: Float64Array, first: number): Float64Array {
  const n = radial.length;
  const matrix = new Float64Array((n - first) ** 2);
  for (let i = first, p = 0; i < n; i++) {
    for (let j = first; j < n; j++) matrix[p++] = gram[i * n + j] - radial[i] * radial[j];
  }
  return matrix;
}

/** right ← (K + ε I)⁻¹ right, in place of K. */
function solveRegularized(matrix: Float64Array, right: Float64Array): void {
  const n = right.length;
  let trace = 0;
  for (let i = 0; i < n; i++) trace += matrix[i * n + i];
  for (let i = 0; i < n; i++) matrix[i * n + i] += (REGULARIZATION * trace) / n;
  const pivots = new Int32Array(n);
  const algebra = algebraForOrder(n);
  if (algebra.luFactor(n, matrix, pivots)) algebra.luSolve(n, matrix, pivots, right);
  else right.fill(0);
}
