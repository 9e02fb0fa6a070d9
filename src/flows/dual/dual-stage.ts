import { dot } from '../../numerics/vectors.js';
import type { DualLaw } from './dual-law.js';
import type { MarginRows } from '../rows/margin-rows.js';

/** Where a step starts; log ‖θ‖ counts from here. */
export interface StepStart {
  /** w, of unit norm. */
  readonly direction: Float64Array;
  readonly alpha: number;
  readonly lambda: Float64Array;
  readonly law: DualLaw;
  /** True where λ is known so much better than the margins at w tell that w is to follow λ. */
  readonly leads: boolean;
  /** β at the start, and L. */
  readonly beta: number;
  readonly degree: number;
}

/** The start of a step, or one of its stages. */
export interface DualStage {
  readonly rows: MarginRows;
  readonly direction: Float64Array;
  /** Change of log ‖θ‖ since the start of the step. */
  logNormChange: number;
  /** λ, then y. */
  readonly unknowns: Float64Array;
  /** q, then y. */
  readonly weights: Float64Array;
  /** v. */
  readonly velocity: Float64Array;
  /** w·v. */
  radial: number;
  /** ∇p·v, then ∇z·v. */
  readonly products: Float64Array;
  /** λ′, then minus the constraints ∇z·v. */
  readonly slope: Float64Array;
  /** Views on the parts of `unknowns` and `weights` that belong to margins. */
  readonly lambda: Float64Array;
  readonly q: Float64Array;
}

/** A stage of zeros with memory of its own, for those rows. */
export function stageOf(rows: MarginRows, parameters: number): DualStage {
  const size = rows.count;
  const unknowns = new Float64Array(size);
  const weights = new Float64Array(size);
  return {
    rows,
    direction: new Float64Array(parameters),
    logNormChange: 0,
    unknowns,
    weights,
    velocity: new Float64Array(parameters),
    radial: 0,
    products: new Float64Array(size),
    slope: new Float64Array(size),
    lambda: unknowns.subarray(0, rows.margins),
    q: weights.subarray(0, rows.margins),
  };
}

/** v from the stage's unknowns, with the rows where they are. */
export function findVelocity(stage: DualStage, law: DualLaw): void {
  const { rows, unknowns, weights, velocity } = stage;
  law.weights(stage.lambda, stage.q);
  for (let i = rows.margins; i < rows.count; i++) weights[i] = unknowns[i];
  rows.pullback(weights, velocity);
  stage.radial = dot(stage.direction, velocity);
}

/** The right-hand sides at the stage: v, then λ′ and the constraints. */
export function findSlope(stage: DualStage, { law, beta, degree }: StepStart): void {
  findVelocity(stage, law);
  const { rows, velocity, products, slope } = stage;
  rows.products(velocity, products);
  const scale = beta * Math.exp(degree * stage.logNormChange);
  const common = law.common === 1 ? dot(velocity, velocity) : 0;
  for (let i = 0; i < rows.margins; i++) slope[i] = scale * (common - products[i]);
  for (let i = rows.margins; i < rows.count; i++) slope[i] = -products[i];
}
