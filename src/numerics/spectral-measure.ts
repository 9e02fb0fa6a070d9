import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { addScaled, dot, norm } from './vectors.js';

/** What a vector consists of in the eigenvectors of a symmetric matrix. */
export interface SpectralMeasure {
  /** Eigenvalues of the eigenspaces in which the vector has a part, ascending. */
  readonly values: Float64Array;
  /** Length of the part in each of them; together they are as long as the vector. */
  readonly lengths: Float64Array;
}

/** So many steps tell functions of a matrix on a vector to rounding, unless they vary fast over its spectrum. */
const MOST_STEPS = 48;
/** A Krylov space ends where what is new is rounding. */
const NOTHING = 1e-13;

/**
 * The eigenvalues that a vector takes part in, and by how much, for the symmetric matrix that `times` multiplies
 * by: by Lanczos steps with full reorthogonalization. Exact where the vector has parts in at most 48 eigenspaces; with
 * more, lengths² are the weights and values the nodes of a Gauss quadrature, so that Σ lengths² f(values) is vᵀ f(A) v
 * for every polynomial of a degree below 96 (Golub & Meurant 1994). Empty for a vector of zeros.
 */
export function spectralMeasure(
  times: (vector: Float64Array) => Float64Array,
  vector: Float64Array,
): SpectralMeasure {
  const size = norm(vector);
  if (!(size > 0)) return { values: new Float64Array(0), lengths: new Float64Array(0) };
  const basis: Float64Array[] = [];
  const diagonal: number[] = [];
  const beside: number[] = [];
  let next = vector.map((value) => value / size);
  for (let k = 0; k < Math.min(MOST_STEPS, vector.length); k++) {
    basis.push(next);
    const left = times(next);
    const largest = norm(left);
    diagonal.push(dot(next, left));
    // Twice is enough: the first pass leaves rounding that the second one removes.
    for (let pass = 0; pass < 2; pass++) {
      for (const earlier of basis) addScaled(left, -dot(earlier, left), earlier);
    }
    const length = norm(left);
    if (!(length > NOTHING * (1 + largest))) break;
    beside.push(length);
    next = left.map((value) => value / length);
  }
  return decomposed(diagonal, beside, size);
}

function decomposed(
  diagonal: readonly number[],
  beside: readonly number[],
  size: number,
): SpectralMeasure {
  const order = diagonal.length;
  const matrix = Matrix.diag([...diagonal]);
  for (let k = 0; k + 1 < order; k++) {
    matrix.set(k, k + 1, beside[k]);
    matrix.set(k + 1, k, beside[k]);
  }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrix, {
    assumeSymmetric: true,
  });
  const places = realEigenvalues
    .map((_, k) => k)
    .sort((a, b) => realEigenvalues[a] - realEigenvalues[b]);
  return {
    values: Float64Array.from(places, (k) => realEigenvalues[k]),
    lengths: Float64Array.from(places, (k) => size * Math.abs(eigenvectorMatrix.get(0, k))),
  };
}
