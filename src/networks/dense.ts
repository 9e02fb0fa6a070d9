import { algebraForProduct } from '../numerics/linear-algebra.js';
import { addHadamardOfGrams, addHadamardOfProducts, addRowProducts } from './dense-rows.js';
import { homogeneous, notHomogeneous, raiseDegree, type Degree } from './degree.js';
import type { Block, Layer } from './layer.js';

/** Whether a dense layer has biases, what it is called, and whether its weights are held fixed. */
export interface DenseOptions {
  /** Adds a trained bias to every output. Default false: biases end homogeneity after layer one. */
  readonly bias?: boolean;
  /** Name of the layer's blocks in reports. Default 'dense'. */
  readonly name?: string;
  /**
   * Weights (outputs×inputs, row-major) that are held fixed: the layer then has no trained
   * parameters and adds nothing to the degree.
   */
  readonly fixedWeights?: Float64Array;
}

/**
 * y = W x (+ b) for each example: W is outputs×inputs, row-major, followed by b where there is one. Trained
 * weights add 1 to the degree and fixed ones nothing; with a bias there is no degree but in the first
 * trained layer. Throws where a size is not a whole positive number, or fixed weights have another size or
 * come with a bias.
 */
export function dense(inputs: number, outputs: number, options: DenseOptions = {}): Layer {
  const { bias = false, name = 'dense', fixedWeights: fixed } = options;
  requireSizes(inputs, outputs, options);
  const size: Size = { inputs, outputs, weights: inputs * outputs };
  const trained = fixed === undefined;
  const blocks: Block[] = trained ? [{ name, rows: outputs, columns: inputs, offset: 0 }] : [];
  if (bias)
    blocks.push({
      name: `${name} bias`,
      rows: outputs,
      columns: 1,
      offset: size.weights,
      initially: 0,
    });
  return {
    kind: 'dense',
    affine: true,
    inputs,
    outputs,
    parameters: (trained ? size.weights : 0) + (bias ? outputs : 0),
    blocks,
    degree: (input) => denseDegree(input, trained, bias, name),
    forward(batch, theta, at, x, y) {
      apply(size, batch, x, fixed ?? theta, trained ? at : 0, 0, y);
      if (bias) addBias(size, batch, theta, at, y);
    },
    inputGradient(batch, theta, at, _x, gy, gx) {
      applyTransposed(size, batch, gy, fixed ?? theta, trained ? at : 0, 0, gx);
    },
    parameterGradient(first, last, x, gy, into, intoAt) {
      if (trained) addOuter(size, first, last, x, gy, into, intoAt);
      if (bias) sumBias(size, first, last, gy, into, intoAt);
    },
    parameterProduct(batch, x, gy, direction, at, into) {
      if (trained) addRowProducts(inputs, outputs, batch, x, gy, direction, at, into);
      if (bias) addBiasProducts(size, batch, gy, direction, at, into);
    },
    tangentKernel(batch, x, gy, into) {
      if (trained) addHadamardOfGrams(inputs, outputs, batch, x, gy, into);
      if (bias) addHadamardOfGrams(0, outputs, batch, x, gy, into);
    },
    tangentKernelChange(batch, x, dx, gy, dgy, into) {
      if (trained) {
        addHadamardOfProducts(batch, inputs, x, x, outputs, dgy, gy, into);
        if (dx) addHadamardOfProducts(batch, inputs, dx, x, outputs, gy, gy, into);
      }
      if (bias) addHadamardOfProducts(batch, 0, x, x, outputs, dgy, gy, into);
    },
    forwardTangent(batch, theta, dTheta, at, x, dx, dy) {
      apply(size, batch, dx, fixed ?? theta, trained ? at : 0, 0, dy);
      if (trained) apply(size, batch, x, dTheta, at, 1, dy);
      if (bias) addBias(size, batch, dTheta, at, dy);
    },
    inputGradientTangent(batch, theta, dTheta, at, _x, _dx, gy, dgy, dgx) {
      applyTransposed(size, batch, dgy, fixed ?? theta, trained ? at : 0, 0, dgx);
      if (trained) applyTransposed(size, batch, gy, dTheta, at, 1, dgx);
    },
    parameterGradientTangent(batch, x, dx, gy, dgy, into, intoAt) {
      if (trained) {
        addOuter(size, 0, batch, x, dgy, into, intoAt);
        addOuter(size, 0, batch, dx, gy, into, intoAt);
      }
      if (bias) sumBias(size, 0, batch, dgy, into, intoAt);
    },
  };
}

interface Size {
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: number;
}

type Vector = Float64Array;

/** y ← keep·y + x·Wᵀ for a batch, with W from `at` in `w`. */
function apply(
  size: Size,
  batch: number,
  x: Vector,
  w: Vector,
  at: number,
  keep: number,
  y: Vector,
) {
  const { inputs, outputs, weights } = size;
  // prettier-ignore
  algebraForProduct(batch * weights).gemm(
    false, true, batch, outputs, inputs, 1, x, 0, inputs, w, at, inputs, keep, y, 0, outputs,
  );
}

/** gx ← keep·gx + gy·W for a batch. */
function applyTransposed(
  { inputs, outputs, weights }: Size,
  batch: number,
  gy: Vector,
  w: Vector,
  at: number,
  keep: number,
  gx: Vector,
): void {
  // prettier-ignore
  algebraForProduct(batch * weights).gemm(
    false, false, batch, inputs, outputs, 1, gy, 0, outputs, w, at, inputs, keep, gx, 0, inputs,
  );
}

/** into += gyᵀ·x over examples first ≤ i < last. */
function addOuter(
  { inputs, outputs, weights }: Size,
  first: number,
  last: number,
  x: Vector,
  gy: Vector,
  into: Vector,
  at: number,
): void {
  const batch = last - first;
  // prettier-ignore
  algebraForProduct(batch * weights).gemm(
    true, false, outputs, inputs, batch, 1,
    gy, first * outputs, outputs, x, first * inputs, inputs, 1, into, at, inputs,
  );
}

function addBias({ outputs, weights }: Size, batch: number, vector: Vector, at: number, y: Vector) {
  for (let i = 0, p = 0; i < batch; i++) {
    for (let j = 0; j < outputs; j++) y[p++] += vector[at + weights + j];
  }
}

/** into[i] += gyᵢ·b for the bias b in `vector`. */
function addBiasProducts(
  { outputs, weights }: Size,
  batch: number,
  gy: Vector,
  vector: Vector,
  at: number,
  into: Vector,
): void {
  for (let i = 0, p = 0; i < batch; i++) {
    for (let j = 0; j < outputs; j++) into[i] += gy[p++] * vector[at + weights + j];
  }
}

function sumBias(
  { outputs, weights }: Size,
  first: number,
  last: number,
  gy: Vector,
  into: Vector,
  at: number,
): void {
  for (let i = first, p = first * outputs; i < last; i++) {
    for (let j = 0; j < outputs; j++) into[at + weights + j] += gy[p++];
  }
}

/** W x raises the degree by one; a bias has degree one, so the two agree only in the first layer. */
function denseDegree(input: Degree, trained: boolean, bias: boolean, name: string): Degree {
  const product = trained ? raiseDegree(input, 1) : input;
  if (!bias || !product.homogeneous) return product;
  if (product.degree === 1) return homogeneous(1);
  return notHomogeneous(
    `the bias of '${name}' has degree 1 and is added to a term of degree ${product.degree}`,
  );
}

function requireSizes(inputs: number, outputs: number, options: DenseOptions): void {
  if (!Number.isInteger(inputs) || inputs < 1 || !Number.isInteger(outputs) || outputs < 1) {
    throw new Error(
      `A dense layer needs whole positive sizes; got ${inputs} inputs and ${outputs} outputs.`,
    );
  }
  const fixed = options.fixedWeights;
  if (fixed !== undefined && fixed.length !== inputs * outputs) {
    throw new Error(
      `Fixed weights of a ${outputs}×${inputs} layer need ${inputs * outputs} numbers; got ${fixed.length}.`,
    );
  }
  if (fixed !== undefined && options.bias) {
    throw new Error('A dense layer with fixed weights cannot have a trained bias.');
  }
}
