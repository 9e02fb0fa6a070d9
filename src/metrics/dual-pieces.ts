import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { HomogeneousPointwise } from '../networks/index.js';
import { dot } from '../numerics/vectors.js';

/** g(u) = Σ cᵢ σ(u·xᵢ) and its pieces between the kinks u·xᵢ = 0. */
export interface DualPieces {
  readonly size: number;
  readonly power: number;
  /** The xᵢ, count×size. */
  readonly rows: Float64Array;
  readonly count: number;
  sum(u: Float64Array): number;
  /** into ← ∇g(u). */
  slope(u: Float64Array, into: Float64Array): void;
  /** The stationary directions of the piece with these signs of u·xᵢ; a sign of 0 leaves the example out. */
  stationary(signs: Int8Array): Float64Array[];
  /** Σ cᵢ σ′(signᵢ) xᵢ: for power 1 the gradient of that piece. */
  linearPart(signs: Int8Array): Float64Array;
}

/** Binds an activation, inputs and weights cᵢ. */
export function dualPieces(
  activation: HomogeneousPointwise,
  rows: Float64Array,
  weights: Float64Array,
  size: number,
): DualPieces {
  const count = weights.length;
  const row = (i: number) => rows.subarray(i * size, (i + 1) * size);
  // Slopes are −, 0 and + at −1, 0 and 1; the 0 stands for an example that is left out.
  const slopes = [activation.slope(-1), 0, activation.slope(1)];
  const halfCurvatures = [activation.curvature(-1) / 2, 0, activation.curvature(1) / 2];

  function linearPart(signs: Int8Array): Float64Array {
    const sum = new Float64Array(size);
    for (let i = 0; i < count; i++) {
      const factor = weights[i] * slopes[signs[i] + 1];
      for (let j = 0; j < size; j++) sum[j] += factor * rows[i * size + j];
    }
    return sum;
  }

  function quadraticPart(signs: Int8Array): Matrix {
    const sum = Matrix.zeros(size, size);
    for (let i = 0; i < count; i++) {
      const factor = weights[i] * halfCurvatures[signs[i] + 1];
      if (factor === 0) continue;
      for (let j = 0; j < size; j++) {
        for (let k = 0; k < size; k++) {
          sum.set(j, k, sum.get(j, k) + factor * rows[i * size + j] * rows[i * size + k]);
        }
      }
    }
    return sum;
  }

  return {
    size,
    power: activation.power,
    rows,
    count,
    sum(u) {
      let total = 0;
      for (let i = 0; i < count; i++) total += weights[i] * activation.value(dot(u, row(i)));
      return total;
    },
    slope(u, into) {
      into.fill(0);
      for (let i = 0; i < count; i++) {
        const factor = weights[i] * activation.slope(dot(u, row(i)));
        for (let j = 0; j < size; j++) into[j] += factor * rows[i * size + j];
      }
    },
    stationary(signs) {
      if (activation.power === 1) return bothWays(linearPart(signs));
      const { eigenvectorMatrix } = new EigenvalueDecomposition(quadraticPart(signs), {
        assumeSymmetric: true,
      });
      return Array.from({ length: size }, (_, k) =>
        bothWays(Float64Array.from(eigenvectorMatrix.getColumn(k))),
      ).flat();
    },
    linearPart,
  };
}

/** A vector and its opposite, of norm 1; none for the zero vector. */
export function bothWays(vector: Float64Array): Float64Array[] {
  const length = Math.hypot(...vector);
  if (!(length > 0)) return [];
  return [vector.map((value) => value / length), vector.map((value) => -value / length)];
}
