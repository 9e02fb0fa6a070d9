import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { maxAbs } from './vectors.js';

/** The largest singular value of a matrix A with its vectors, and what the others add up to. */
export interface LeadingSingular {
  /** σ₁ = ‖A‖₂. */
  readonly value: number;
  /** u with Av = σ₁u: unit norm, one number for each row; its sign goes with that of v. */
  readonly left: Float64Array;
  /** v, of unit norm, one number for each column. */
  readonly right: Float64Array;
  /** Σ σᵢ² over all others, ‖A‖_F² − ‖A‖₂², without that difference being formed: 0 for rank one. */
  readonly rest: number;
}

/**
 * The leading singular triple of a row-major rows×columns matrix. The vectors are as exact as the gap
 * between σ₁ and σ₂ allows. Throws a sentence for a matrix that is zero or not finite.
 */
export function leadingSingular(
  rows: number,
  columns: number,
  a: ArrayLike<number>,
): LeadingSingular {
  const entries = Float64Array.from(a);
  const largest = maxAbs(entries);
  if (!(largest > 0) || !Number.isFinite(largest)) {
    throw new Error(
      `Singular vectors need a finite matrix other than zero; its largest entry is ${largest}.`,
    );
  }
  const matrix = Matrix.from1DArray(rows, columns, entries).div(largest);
  const svd = new SingularValueDecomposition(matrix, { autoTranspose: true });
  const [first, ...others] = svd.diagonal;
  return {
    value: first * largest,
    left: Float64Array.from(svd.leftSingularVectors.getColumn(0)),
    right: Float64Array.from(svd.rightSingularVectors.getColumn(0)),
    rest: others.reduce((sum, value) => sum + (value * largest) ** 2, 0),
  };
}
