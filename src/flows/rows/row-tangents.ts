import type { Layer } from '../../networks/layer.js';

/** Derivatives of the rows' activations and gradients along a direction; zero for kinks from their own layer on. */
export interface Tangents {
  readonly inputs: Float64Array;
  readonly values: readonly Float64Array[];
  readonly gradients: readonly Float64Array[];
}

/** Tangents of zero, with memory for those activations and gradients. */
export function tangentBuffers(
  inputs: Float64Array,
  values: readonly Float64Array[],
  gradients: readonly Float64Array[],
): Tangents {
  const like = (buffer: Float64Array) => new Float64Array(buffer.length);
  return { inputs: like(inputs), values: values.map(like), gradients: gradients.map(like) };
}

/**
 * Fills `tangents` with the derivatives along v at the parameters phi: activations forward from layer to
 * layer, gradients backward. `rows[l]` is how many rows layer l has.
 */
export function moveTangents(
  rows: readonly number[],
  margins: number,
  layers: readonly Layer[],
  offsets: readonly number[],
  phi: Float64Array,
  v: Float64Array,
  inputOf: (l: number) => Float64Array,
  gradients: readonly Float64Array[],
  tangents: Tangents,
): void {
  const { values: dx, gradients: dgy } = tangents;
  const last = layers.length - 1;
  // prettier-ignore
  for (let l = 0; l <= last; l++) {
    layers[l].forwardTangent(
      rows[l + 1] ?? margins, phi, v, offsets[l], inputOf(l), l === 0 ? tangents.inputs : dx[l - 1], dx[l],
    );
  }
  // The gradient at the last layer is constant: its derivative stays zero.
  // prettier-ignore
  for (let l = last; l > 0; l--) {
    layers[l].inputGradientTangent(
      rows[l], phi, v, offsets[l], inputOf(l), dx[l - 1], gradients[l], dgy[l], dgy[l - 1],
    );
  }
}

/** Adds a layer's part of the rows' derivatives to the rows of a matrix, from a column on. */
export function addRowTangents(
  layer: Layer,
  l: number,
  rows: number,
  x: Float64Array,
  gy: Float64Array,
  tangents: Tangents,
  into: Float64Array,
  column: number,
): void {
  const width = into.length / rows;
  const row = (matrix: Float64Array, r: number, size: number) =>
    matrix.subarray(r * size, (r + 1) * size);
  const { inputs, outputs } = layer;
  const dx = l === 0 ? tangents.inputs : tangents.values[l - 1];
  const dgy = tangents.gradients[l];
  for (let r = 0; r < rows; r++) {
    layer.parameterGradientTangent(
      1, row(x, r, inputs), row(dx, r, inputs), row(gy, r, outputs), row(dgy, r, outputs),
      into, r * width + column,
    ); // prettier-ignore
  }
}
