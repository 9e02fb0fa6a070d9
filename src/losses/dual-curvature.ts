import { algebraForOrder } from '../numerics/linear-algebra.js';
import { dot } from '../numerics/vectors.js';
import { requireCurved, type CurvedLoss, type Loss } from './loss.js';
import type { RiskEvaluation } from './risk-evaluation.js';

const WHAT = 'The Jacobian of the flow';

/** (∂q/∂p)·margins, the change of q when all margins grow in proportion. */
export function dualChange(state: RiskEvaluation, loss: Loss, pairs: number): Float64Array {
  return dualTimes(state, requireCurved(loss, WHAT), pairs, state.margins);
}

/** (∂q/∂p)·along, for q at α. */
export function dualTimes(
  { q, alpha }: Pick<RiskEvaluation, 'q' | 'alpha'>,
  loss: Pick<CurvedLoss, 'within' | 'across'>,
  pairs: number,
  along: Float64Array,
): Float64Array {
  const across = loss.across(alpha) * dot(q, along);
  const within = loss.within(alpha);
  const change = new Float64Array(q.length);
  for (let first = 0; first < q.length; first += pairs) {
    let own = 0;
    for (let j = first; j < first + pairs; j++) own += q[j] * along[j];
    for (let j = first; j < first + pairs; j++) {
      change[j] = q[j] * (across + within * own - along[j]);
    }
  }
  return change;
}

/** matrix += scale · Gᵀ (∂q/∂p) G, with only the rows of G that matter in double precision. */
export function addDualCurvature(
  g: Float64Array,
  state: RiskEvaluation,
  loss: Loss,
  pairs: number,
  scale: number,
  matrix: Float64Array,
): void {
  const { q, gradient, alpha } = state;
  const curved = requireCurved(loss, WHAT);
  const n = gradient.length;
  const rows: Float64Array[] = [];
  const signs: number[] = [];
  const push = (row: Float64Array, factor: number) => {
    if (factor === 0) return;
    const root = Math.sqrt(Math.abs(factor));
    rows.push(row.map((value) => root * value));
    signs.push(Math.sign(factor));
  };
  const within = curved.within(alpha);
  for (let first = 0; first < q.length; first += pairs) {
    const own = pairs > 1 || within > 1e-18 ? new Float64Array(n) : undefined;
    for (let j = first; j < first + pairs; j++) {
      if (q[j] * scale < 1e-16) continue;
      const row = g.subarray(j * n, (j + 1) * n);
      push(row, -scale * q[j]);
      if (own) for (let k = 0; k < n; k++) own[k] += q[j] * row[k];
    }
    if (own && within > 1e-18) push(own, scale * within);
  }
  push(gradient, scale * curved.across(alpha));
  addWeightedOuter(rows, signs, n, matrix);
}

/** matrix += Σ sign_r row_r row_rᵀ. */
function addWeightedOuter(
  rows: readonly Float64Array[],
  signs: readonly number[],
  n: number,
  matrix: Float64Array,
): void {
  const count = rows.length;
  const left = new Float64Array(count * n);
  const right = new Float64Array(count * n);
  rows.forEach((row, r) => {
    right.set(row, r * n);
    left.set(signs[r] < 0 ? row.map((value) => -value) : row, r * n);
  });
  // Chosen by order like the factorization it feeds, so that small problems stay on one side.
  const algebra = algebraForOrder(n);
  algebra.gemm(true, false, n, n, count, 1, left, 0, n, right, 0, n, 1, matrix, 0, n);
}

/** into ← factor · Gᵀ weights. */
export function transposeTimes(
  g: Float64Array,
  weights: Float64Array,
  n: number,
  into: Float64Array,
  factor: number,
): void {
  into.fill(0);
  for (let r = 0; r < weights.length; r++) {
    const weight = factor * weights[r];
    if (weight === 0) continue;
    for (let k = 0, p = r * n; k < n; k++) into[k] += weight * g[p++];
  }
}
