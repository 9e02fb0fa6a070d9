import type { SerialObjective } from '../../losses/objective.js';
import type { SerialNetwork } from '../../networks/serial.js';

/**
 * A partition of the parameters such that Σ μ ∇²p has no entries between two of its parts: indices in
 * the flat vector, one array for each part. The units of a two-layer network, each with its incoming
 * and outgoing weights; every weight by itself in a linear model; else all parameters together.
 */
export type Blocks = readonly Int32Array[];

/** The finest such partition that is known for a network. */
export function parameterBlocks(network: SerialNetwork): Blocks {
  // In its own weights alone a last layer is linear; a first one keeps the units apart.
  if (isLinearInParameters(network)) return singles(network.parameters);
  return unitsOf(network) ?? [Int32Array.from({ length: network.parameters }, (_, i) => i)];
}

/** Whether only the last layer is trained, and that is affine: margins are linear, and the margin problem convex. */
export function isLinearInParameters({ layers }: SerialNetwork): boolean {
  const trained = layers.filter((layer) => layer.parameters > 0);
  return trained.length === 1 && trained[0].affine === true && layers.at(-1) === trained[0];
}

function singles(parameters: number): Blocks {
  return Array.from({ length: parameters }, (_, i) => Int32Array.of(i));
}

/** Dense, pointwise, dense: one block for each unit between them. */
function unitsOf(network: SerialNetwork): Blocks | undefined {
  const { layers, offsets } = network;
  if (layers.length !== 3) return undefined;
  const [first, middle, last] = layers;
  if (!first.affine || !last.affine || middle.parameters > 0) return undefined;
  const width = first.outputs;
  const hasBias = first.parameters > first.inputs * width;
  // A bias behind the units would belong to none of them.
  if (last.parameters > last.outputs * width) return undefined;
  return Array.from({ length: width }, (_, unit) => {
    const indices: number[] = [];
    if (first.parameters > 0) {
      for (let i = 0; i < first.inputs; i++) indices.push(offsets[0] + unit * first.inputs + i);
    }
    if (hasBias) indices.push(offsets[0] + width * first.inputs + unit);
    if (last.parameters > 0) {
      for (let o = 0; o < last.outputs; o++) indices.push(offsets[2] + o * width + unit);
    }
    return Int32Array.from(indices);
  });
}

/**
 * Σ weights ∇²p at θ, block by block, each row-major. Blocks do not meet, so one direction asks for
 * the same column of all of them: their number of columns is the number of directions.
 */
export function blockCurvature(
  objective: SerialObjective,
  blocks: Blocks,
  theta: Float64Array,
  weights: Float64Array,
): Float64Array[] {
  const matrices = squares(blocks.map((indices) => indices.length));
  const direction = new Float64Array(theta.length);
  const product = new Float64Array(theta.length);
  const widest = Math.max(...blocks.map((indices) => indices.length));
  for (let column = 0; column < widest; column++) {
    direction.fill(0);
    for (const indices of blocks) if (column < indices.length) direction[indices[column]] = 1;
    objective.curvatureAlong(theta, weights, direction, product);
    blocks.forEach((indices, b) => {
      const size = indices.length;
      if (column >= size) return;
      for (let i = 0; i < size; i++) matrices[b][i * size + column] = product[indices[i]];
    });
  }
  return matrices;
}

/** Square matrices of the given orders, of zeros, in one buffer: small arrays of their own take longer to make. */
export function squares(orders: readonly number[]): Float64Array[] {
  const all = new Float64Array(orders.reduce((sum, order) => sum + order ** 2, 0));
  let from = 0;
  return orders.map((order) => all.subarray(from, (from += order ** 2)));
}
