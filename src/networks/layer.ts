import type { Degree } from './degree.js';

/** A named rows×columns block of the flat parameter vector, row-major, from `offset`. */
export interface Block {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly offset: number;
  /** What every entry starts from, where it is not drawn: biases and normalisations. */
  readonly initially?: number;
}

/**
 * One map of a network, with its first and second derivatives. Batches are row-major: examples ×
 * inputs. Every function writes into buffers it is given and allocates nothing. `theta` is the whole
 * flat parameter vector and `at` the place where this layer's own parameters begin. Names: `x`, `y`
 * input and output, `gy`, `gx` gradients of a scalar with respect to them; a leading `d` is the
 * derivative of that quantity along a parameter direction `dTheta`.
 */
export interface Layer {
  readonly kind: string;
  readonly inputs: number;
  readonly outputs: number;
  /** Number of trained parameters. */
  readonly parameters: number;
  /** Trained blocks, with offsets relative to the layer. */
  readonly blocks: readonly Block[];
  /**
   * True for y = W x + b. Its parameters are W (outputs×inputs, row-major) where that is trained, then
   * b where there is one.
   */
  readonly affine?: boolean;
  /** For a piecewise linear activation: its slopes below and above the kink at 0. */
  readonly slopes?: readonly [number, number];
  /** True where its second derivative is huge somewhere, as on a ramp that stands for a kink. */
  readonly steep?: boolean;
  /** Degree of the output in all trained parameters, from the degree of the input. */
  degree(input: Degree): Degree;

  forward(batch: number, theta: Float64Array, at: number, x: Float64Array, y: Float64Array): void;

  /** gx ← (∂y/∂x)ᵀ gy. */
  inputGradient(
    batch: number,
    theta: Float64Array,
    at: number,
    x: Float64Array,
    gy: Float64Array,
    gx: Float64Array,
  ): void;

  /** into[intoAt…] += Σ over examples first ≤ i < last of (∂yᵢ/∂θ)ᵀ gyᵢ. */
  parameterGradient(
    first: number,
    last: number,
    x: Float64Array,
    gy: Float64Array,
    into: Float64Array,
    intoAt: number,
  ): void;

  /** into[i] += ⟨direction, (∂yᵢ/∂θ)ᵀ gyᵢ⟩ for the examples i of a batch. */
  parameterProduct(
    batch: number,
    x: Float64Array,
    gy: Float64Array,
    direction: Float64Array,
    at: number,
    into: Float64Array,
  ): void;

  /**
   * into[i·batch + j] += ⟨(∂yᵢ/∂θ)ᵀ gyᵢ, (∂yⱼ/∂θ)ᵀ gyⱼ⟩: this layer's share of the empirical tangent
   * kernel, without forming the gradients themselves.
   */
  tangentKernel(batch: number, x: Float64Array, gy: Float64Array, into: Float64Array): void;

  /**
   * into[i·batch + j] += ⟨derivative of (∂yᵢ/∂θ)ᵀ gyᵢ along (dx, dgy), (∂yⱼ/∂θ)ᵀ gyⱼ⟩: half of how
   * the layer's tangent kernel changes. `dx` is undefined where the inputs do not move.
   */
  tangentKernelChange(
    batch: number,
    x: Float64Array,
    dx: Float64Array | undefined,
    gy: Float64Array,
    dgy: Float64Array,
    into: Float64Array,
  ): void;

  /** dy ← derivative of y along (dTheta, dx). */
  forwardTangent(
    batch: number,
    theta: Float64Array,
    dTheta: Float64Array,
    at: number,
    x: Float64Array,
    dx: Float64Array,
    dy: Float64Array,
  ): void;

  /** dgx ← derivative of gx = (∂y/∂x)ᵀ gy along (dTheta, dx, dgy). */
  inputGradientTangent(
    batch: number,
    theta: Float64Array,
    dTheta: Float64Array,
    at: number,
    x: Float64Array,
    dx: Float64Array,
    gy: Float64Array,
    dgy: Float64Array,
    dgx: Float64Array,
  ): void;

  /** into[intoAt…] += derivative of the batch's parameter gradient along (dx, dgy). */
  parameterGradientTangent(
    batch: number,
    x: Float64Array,
    dx: Float64Array,
    gy: Float64Array,
    dgy: Float64Array,
    into: Float64Array,
    intoAt: number,
  ): void;
}
