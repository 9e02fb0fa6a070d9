import type { LimitCertificate, SaddleVisit } from '../flows/index.js';
import type { ProblemRecord } from './problem.js';

/** Saliency maps along a flow: gradients ∇ₓΦ(x; θ) of the score by the input. */
export interface SaliencyRecord {
  readonly kind: 'saliency';
  readonly problem: ProblemRecord;
  readonly certificate: LimitCertificate;
  readonly visits: readonly SaddleVisit[];
  /** The powers of ten of α at which maps were taken, and λ as it is there. */
  readonly alphas: readonly number[];
  readonly lambdas: readonly number[];
  /** Number of inputs whose maps were taken: the held-out ones, or the training inputs where there are none. */
  readonly inputs: number;
  /** Angle of each input's map to the map at the limit, radians: alphas × inputs, row-major. */
  readonly angles: Float64Array;
  /** The same where the last training example is classified; undefined where the run began there. */
  readonly separationAngles?: Float64Array;
  /** Angle of the weights to the limit, radians, one number for each α. */
  readonly weightAngles: Float64Array;
  /** Mean over the inputs of log ‖∇ₓΦ(x; θ)‖, one number for each α. */
  readonly logSizes: Float64Array;
  /** For linear networks: angle of the map, which all inputs share, to the maximum-margin weights, radians. */
  readonly maxMarginAngles?: Float64Array;
  /** Some inputs with their maps, where inputs are images. */
  readonly pictures?: SaliencyPictures;
}

/** Images with their maps at some moments. */
export interface SaliencyPictures {
  readonly height: number;
  readonly width: number;
  /** What the moments are called. */
  readonly moments: readonly string[];
  readonly images: readonly SaliencyPicture[];
}

/** One image, height×width numbers, and its map at each moment. */
export interface SaliencyPicture {
  readonly name: string;
  readonly pixels: Float64Array;
  readonly maps: readonly Float64Array[];
}
