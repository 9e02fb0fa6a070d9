import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { nonNegativeLeastSquares, type NonNegativeSolution } from './nnls.js';

/**
 * Minimizes ‖A·x − b‖ over x ≥ 0 from inner products alone, for an A too tall to be stored: `gram` is
 * AᵀA (columns×columns), `products` is Aᵀb and `squaredNorm` is ‖b‖². Inner products have lost half
 * of the digits: the residual norm is right to about 1e-8·‖b‖ and no better, where
 * `nonNegativeLeastSquares` is right to 1e-15. Eigenvalues of the Gram matrix within rounding of
 * zero count as zero. Throws a RangeError when the sizes do not match.
 */
export function nonNegativeLeastSquaresFromGram(
  columns: number,
  gram: Float64Array,
  products: Float64Array,
  squaredNorm: number,
): NonNegativeSolution {
  if (gram.length !== columns * columns || products.length !== columns) {
    throw new RangeError(
      `${columns} columns need ${columns * columns} and ${columns} inner products, ` +
        `got ${gram.length} and ${products.length}.`,
    );
  }
  const numbers = [...gram, ...products, squaredNorm];
  if (columns === 0 || !numbers.every(Number.isFinite)) {
    const solution = new Float64Array(columns).fill(NaN);
    const empty = columns === 0;
    return {
      solution,
      residualNorm: empty ? Math.sqrt(squaredNorm) : NaN,
      iterations: 0,
      converged: empty,
    };
  }
  // Columns of norm one: what counts as rounding must not depend on how they were scaled.
  const norms = Float64Array.from(
    { length: columns },
    (_, j) => Math.sqrt(gram[j * columns + j]) || 1,
  );
  const { a, b } = factored(columns, gram, products, norms);
  const { solution, residualNorm, iterations, converged } = nonNegativeLeastSquares(
    b.length,
    columns,
    a,
    b,
  );
  const unreachable = squaredNorm - b.reduce((sum, value) => sum + value * value, 0);
  return {
    solution: solution.map((value, j) => value / norms[j]),
    residualNorm: Math.sqrt(Math.max(0, unreachable) + residualNorm ** 2),
    iterations,
    converged,
  };
}

/** With AᵀA = V·Λ·Vᵀ, the rows of Λ^½·Vᵀ have the same inner products as A, and Λ^−½·Vᵀ·Aᵀb fits. */
function factored(
  columns: number,
  gram: Float64Array,
  products: Float64Array,
  norms: Float64Array,
): { a: Float64Array; b: Float64Array } {
  const matrix = new Matrix(columns, columns);
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j < columns; j++) {
      matrix.set(i, j, gram[i * columns + j] / norms[i] / norms[j]);
    }
  }
  const evd = new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
  const values = evd.realEigenvalues;
  const vectors = evd.eigenvectorMatrix;
  const noise = columns * Number.EPSILON * Math.max(...values);
  const kept = values.map((_, k) => k).filter((k) => values[k] > noise);
  const a = new Float64Array(kept.length * columns);
  const b = new Float64Array(kept.length);
  kept.forEach((k, row) => {
    const root = Math.sqrt(values[k]);
    for (let j = 0; j < columns; j++) {
      a[row * columns + j] = root * vectors.get(j, k);
      b[row] += (vectors.get(j, k) * products[j]) / norms[j] / root;
    }
  });
  return { a, b };
}
