import type { Network } from '../networks/index.js';
import { leadingSingular, type LeadingSingular } from '../numerics/leading-singular.js';
import { addScaled, dot, norm, scale } from '../numerics/vectors.js';
import { valuesOf } from './layers.js';

/** One weight matrix of a deep linear network, with its leading singular triple. */
export interface LinearLayer extends LeadingSingular {
  readonly rows: number;
  readonly columns: number;
  /** Row-major, scaled like θ. */
  readonly weights: Float64Array;
}

/** The weight matrices W₁ … W_L of a network of dense layers without biases, at θ. */
export function linearLayers(
  { blocks }: Pick<Network, 'blocks'>,
  theta: Float64Array,
): LinearLayer[] {
  return blocks.map((block) => {
    const { rows, columns } = block;
    const weights = valuesOf(block, theta).slice();
    return { rows, columns, weights, ...leadingSingular(rows, columns, weights) };
  });
}

/**
 * C = BᵀB − AAᵀ of a layer A and the one above it, B: symmetric, row-major, of A's rows. Gradient flow of a
 * deep linear network conserves it (Ji & Telgarsky 2018, arXiv 1810.02032).
 */
export function conservedDifference(a: LinearLayer, b: LinearLayer): Float64Array {
  const size = a.rows;
  const difference = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    const row = difference.subarray(i * size, (i + 1) * size);
    for (let k = 0; k < b.rows; k++) {
      const above = b.weights.subarray(k * size, (k + 1) * size);
      addScaled(row, above[i], above);
    }
    for (let j = 0; j < size; j++) row[j] -= dot(rowOf(a, i), rowOf(a, j));
  }
  return difference;
}

/** The sine of the angle between u of layer A and v of the layer above: 0 where they are aligned. */
export function misalignment({ left: u }: LinearLayer, { right: v }: LinearLayer): number {
  const along = dot(u, v);
  // The part of v across u; 1 − cos² would lose it below 1e-8.
  return norm(v.map((value, i) => value - along * u[i]));
}

/**
 * What 1 − |⟨v, u⟩| is to first order once both layers are almost of rank one: ½‖P_⊥ C u‖²/(σσ′)², with C the
 * conserved difference and P_⊥ the projection across u.
 */
export function firstOrderMisalignment(a: LinearLayer, b: LinearLayer, c: Float64Array): number {
  const { left: u, rows } = a;
  const pulled = u.map((_, i) => dot(u, c.subarray(i * rows, (i + 1) * rows)));
  addScaled(pulled, -dot(u, pulled), u);
  return 0.5 * (norm(pulled) / (a.value * b.value)) ** 2;
}

/** W_L ⋯ W₁, the weights of the linear function that the layers compute; one output. Of unit norm. */
export function productDirection(layers: readonly LinearLayer[]): Float64Array {
  return layers.reduceRight<Float64Array>((above, { rows, columns, weights }) => {
    const below = new Float64Array(columns);
    for (let i = 0; i < rows; i++) {
      addScaled(below, above[i], weights.subarray(i * columns, (i + 1) * columns));
    }
    // Products of many layers are large; only their direction is asked for.
    scale(below, 1 / norm(below));
    return below;
  }, Float64Array.of(1));
}

function rowOf({ columns, weights }: LinearLayer, i: number): Float64Array {
  return weights.subarray(i * columns, (i + 1) * columns);
}
