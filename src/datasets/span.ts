import { makeDataset, type Dataset } from './dataset.js';

/** A data set in coordinates of the span of its inputs, and the way back. */
export interface SpanRotation {
  /** Same examples and labels; dimension = rank ≤ min(n, d). */
  readonly dataset: Dataset;
  /** Row-major rank×d, orthonormal rows: the basis of the span in the original coordinates. */
  readonly basis: Float64Array;
  readonly rank: number;
  /** d, the dimension of the original inputs. */
  readonly originalDimension: number;
}

/** A residual below this fraction of the longest input is rounding, not a new direction. */
const RELATIVE_RANK_TOLERANCE = 1e-13;

/**
 * Re-expresses n inputs in d dimensions in an orthonormal basis of their span: inputs X (n×d)
 * become X Bᵀ (n×rank), with all inner products kept (to about 1e-13 of the largest).
 *
 * Gradients of a first layer w ↦ w·x are combinations of the inputs, so when the first layer starts
 * in the span it stays there under gradient flow and descent, and nothing is lost: 784 pixels become
 * at most n numbers. A weight vector of the rotated problem goes back to pixels by `liftFromSpan`.
 * It is the QR factorisation of Xᵀ by Gram–Schmidt, done twice for orthogonality to rounding.
 *
 * Throws when all inputs are zero.
 */
export function rotateIntoSpan(dataset: Dataset): SpanRotation {
  const { inputs, examples, dimension } = dataset;
  const tolerance = RELATIVE_RANK_TOLERANCE * longestInput(dataset);
  if (tolerance === 0) throw new Error(`${dataset.name}: expected an input that is not zero.`);
  const basis = new Float64Array(Math.min(examples, dimension) * dimension);
  const residual = new Float64Array(dimension);
  let rank = 0;
  for (let i = 0; i < examples && rank < dimension; i++) {
    residual.set(inputs.subarray(i * dimension, (i + 1) * dimension));
    removeSpan(residual, basis, rank);
    removeSpan(residual, basis, rank);
    const length = Math.sqrt(dot(residual, 0, residual, 0, dimension));
    if (length <= tolerance) continue;
    for (let j = 0; j < dimension; j++) residual[j] /= length;
    // After the division the rounding left along earlier directions counts, if the residual was short.
    removeSpan(residual, basis, rank);
    const unit = Math.sqrt(dot(residual, 0, residual, 0, dimension));
    for (let j = 0; j < dimension; j++) basis[rank * dimension + j] = residual[j] / unit;
    rank++;
  }
  const rows = basis.slice(0, rank * dimension);
  const source = `${dataset.source}; rotated into the span of its ${examples} inputs`;
  return {
    dataset: coordinates(dataset, rows, rank, source),
    basis: rows,
    rank,
    originalDimension: dimension,
  };
}

/**
 * Other data (a test set) in the same coordinates: inputs are projected onto the span. A first layer
 * in the span gives them the same outputs as before. Throws when the dimensions differ.
 */
export function projectIntoSpan(rotation: SpanRotation, dataset: Dataset): Dataset {
  if (dataset.dimension !== rotation.originalDimension) {
    throw new Error(
      `${dataset.name}: expected dimension ${rotation.originalDimension}, found ${dataset.dimension}.`,
    );
  }
  const source = `${dataset.source}; projected onto the span of ${rotation.dataset.name}`;
  return coordinates(dataset, rotation.basis, rotation.rank, source);
}

/**
 * Maps row vectors from coordinates of the span (k×rank, row-major) back to the original ones (k×d).
 * Throws when the length is not a multiple of the rank.
 */
export function liftFromSpan(rotation: SpanRotation, vectors: Float64Array): Float64Array {
  const { basis, rank, originalDimension: d } = rotation;
  if (vectors.length % rank !== 0) {
    throw new Error(
      `liftFromSpan: expected a length that is a multiple of ${rank}, found ${vectors.length}.`,
    );
  }
  const lifted = new Float64Array((vectors.length / rank) * d);
  for (let k = 0; k < vectors.length; k++) {
    const row = Math.floor(k / rank) * d;
    const direction = (k % rank) * d;
    for (let j = 0; j < d; j++) lifted[row + j] += vectors[k] * basis[direction + j];
  }
  return lifted;
}

function coordinates(dataset: Dataset, basis: Float64Array, rank: number, source: string): Dataset {
  const d = dataset.dimension;
  const inputs = new Float64Array(dataset.examples * rank);
  for (let i = 0; i < dataset.examples; i++) {
    for (let k = 0; k < rank; k++) {
      inputs[i * rank + k] = dot(dataset.inputs, i * d, basis, k * d, d);
    }
  }
  return makeDataset({ ...dataset, source, dimension: rank, inputs, image: undefined });
}

/** vector −= its projection onto the first `rank` basis rows, one after the other. */
function removeSpan(vector: Float64Array, basis: Float64Array, rank: number): void {
  const d = vector.length;
  for (let k = 0; k < rank; k++) {
    const component = dot(vector, 0, basis, k * d, d);
    for (let j = 0; j < d; j++) vector[j] -= component * basis[k * d + j];
  }
}

function longestInput({ inputs, examples, dimension }: Dataset): number {
  let longest = 0;
  for (let i = 0; i < examples; i++) {
    longest = Math.max(longest, dot(inputs, i * dimension, inputs, i * dimension, dimension));
  }
  return Math.sqrt(longest);
}

function dot(
  a: Float64Array,
  aStart: number,
  b: Float64Array,
  bStart: number,
  length: number,
): number {
  let sum = 0;
  for (let j = 0; j < length; j++) sum += a[aStart + j] * b[bStart + j];
  return sum;
}
