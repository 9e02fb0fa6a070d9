import { minimizeQuadraticWithEntropy } from '../numerics/entropy-regularized-qp.js';
import { algebraForProduct } from '../numerics/linear-algebra.js';
import { logSumExp } from '../numerics/logarithms.js';

/** A step that has not been taken. */
export interface Proposal {
  readonly displacement: Float64Array;
  /** The dual variables after the step, one for each pair; their sum is 1. */
  readonly q: Float64Array;
  /** α after the step if every margin moved along its row. */
  readonly foretold: number;
}

/** How often the weight of the step is set anew, so that the step gets its length, to a few per cent. */
const ROUNDS = 3;
const ROUNDS_FROM_GUESS = 2;
/** Mean of what is left of log q + p + Kq: margins are then as good as balanced. */
const BALANCED = 1e-6;

/**
 * The implicit step of the given length for margins that move along `rows` (pairs×parameters):
 * Δ = η Σ q ∇p with q the softmax of the margins *after* the step, −(p + rows·Δ). An explicit step has the
 * q from before, which change beyond recognition once ρ^L ‖Δ‖/‖θ‖ exceeds 1; so explicit steps shrink
 * like 1/α, and these do not. Its size is that of the pairs: the rows enter by their inner products.
 * `guess` is where the search for q begins.
 */
export function implicitStep(
  rows: Float64Array,
  margins: Float64Array,
  length: number,
  guess?: Float64Array,
): Proposal {
  const n = margins.length;
  const gram = gramOf(rows, n);
  let q: Float64Array = guess ?? new Float64Array(n).fill(1 / n);
  let weight = 0;
  for (let round = guess ? ROUNDS_FROM_GUESS : ROUNDS; round > 0; round--) {
    weight = length / Math.sqrt(square(gram, q));
    q = minimizeQuadraticWithEntropy(
      n,
      gram.map((value) => weight * value),
      margins,
      q,
      BALANCED,
    );
  }
  const parameters = rows.length / n;
  const displacement = new Float64Array(parameters);
  const algebra = algebraForProduct(rows.length);
  // prettier-ignore
  algebra.gemm(true, false, parameters, 1, n, weight, rows, 0, parameters, q, 0, 1, 0, displacement, 0, 1);
  const after = margins.map((margin, i) => {
    let rise = 0;
    for (let j = 0; j < n; j++) rise += gram[i * n + j] * q[j];
    return -(margin + weight * rise);
  });
  return { displacement, q, foretold: -logSumExp(after) };
}

/** Rows in a block of the Gram matrix: small enough to save nearly half, large enough to be quick. */
const BLOCK = 64;

/** rows·rowsᵀ, block by block on and below the diagonal and mirrored above it. */
function gramOf(rows: Float64Array, n: number): Float64Array {
  const parameters = rows.length / n;
  const gram = new Float64Array(n * n);
  for (let first = 0; first < n; first += BLOCK) {
    const count = Math.min(BLOCK, n - first);
    const algebra = algebraForProduct(count * (first + count) * parameters);
    // prettier-ignore
    algebra.gemm(
      false, true, count, first + count, parameters,
      1, rows, first * parameters, parameters, rows, 0, parameters, 0, gram, first * n, n,
    );
  }
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) gram[j * n + i] = gram[i * n + j];
  return gram;
}

/** qᵀ gram q. */
function square(gram: Float64Array, q: Float64Array): number {
  const n = q.length;
  let sum = 0;
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) sum += q[i] * q[j] * gram[i * n + j];
  return sum;
}
