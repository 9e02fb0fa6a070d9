import { algebraForOrder } from '../numerics/linear-algebra.js';
import { norm } from '../numerics/vectors.js';
import type { DualStage, StepStart } from './dual-stage.js';
import type { KinkRow } from './margin-rows.js';

/** Share of the mean diagonal below which the Gram matrix of nearly dependent rows is not inverted. */
const REGULARIZATION = 1e-6;

/**
 * Moves w by the shortest way to where the margins are what λ says, β pᵢ(w) = α − λᵢ, and the kinks'
 * preactivations vanish: both hold along the flow, and the integrator's local errors leave them.
 * `gram` is E Eᵀ at w, where the stage's rows are; they are moved to the new w. Returns the length of
 * the correction.
 */
export function restoreConsistency(
  stage: DualStage,
  kinks: readonly KinkRow[],
  gram: Float64Array,
  { alpha, beta, fromDuals }: StepStart,
): number {
  const { rows, direction, unknowns, weights, velocity } = stage;
  if (!fromDuals && kinks.length === 0) return 0;
  const size = rows.count;
  const right = new Float64Array(size);
  if (fromDuals) {
    rows.marginsInto(right);
    for (let i = 0; i < rows.margins; i++) right[i] = (alpha - unknowns[i]) / beta - right[i];
  }
  const preactivations = rows.preactivations();
  const units = preactivations.length / size;
  kinks.forEach(({ row, unit }, k) => {
    right[rows.margins + k] = -preactivations[row * units + unit];
  });
  solveRegularized(gram, right);
  weights.set(right);
  rows.pullback(weights, velocity);
  for (let i = 0; i < direction.length; i++) direction[i] += velocity[i];
  const length = norm(direction);
  for (let i = 0; i < direction.length; i++) direction[i] /= length;
  rows.moveTo(direction);
  return norm(velocity);
}

/** right ← (K + ε I)⁻¹ right. */
function solveRegularized(gram: Float64Array, right: Float64Array): void {
  const n = right.length;
  const matrix = gram.slice();
  let trace = 0;
  for (let i = 0; i < n; i++) trace += gram[i * n + i];
  for (let i = 0; i < n; i++) matrix[i * n + i] += (REGULARIZATION * trace) / n;
  const pivots = new Int32Array(n);
  const algebra = algebraForOrder(n);
  if (algebra.luFactor(n, matrix, pivots)) algebra.luSolve(n, matrix, pivots, right);
  else right.fill(0);
}
