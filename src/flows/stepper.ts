/** An autonomous system y′ = f(y), with its Jacobian for implicit methods. */
export interface OdeSystem {
  readonly size: number;
  /** into ← f(y). */
  field(y: Float64Array, into: Float64Array): void;
  /** into ← ∂f/∂y, size×size row-major. */
  jacobian(y: Float64Array, into: Float64Array): void;
}

/** What one attempted step found. `y` is a buffer that the next attempt overwrites. */
export interface Attempt {
  readonly y: Float64Array;
  /** Estimated local error divided by the tolerance: the step is good where it is at most 1. */
  readonly error: number;
  /** False where the implicit equations could not be solved: try a smaller step. */
  readonly solved: boolean;
}

/** Work done so far. */
export interface Counts {
  accepted: number;
  rejected: number;
  evaluations: number;
  jacobians: number;
  factorizations: number;
}

/** Counts from 0. */
export function noCounts(): Counts {
  return { accepted: 0, rejected: 0, evaluations: 0, jacobians: 0, factorizations: 0 };
}

/** A one-step method with an error estimate. */
export interface Stepper {
  readonly implicit: boolean;
  /** Order of the solution that is carried on. */
  readonly order: number;
  /** The step size is multiplied by at most error^(−1/errorOrder). */
  readonly errorOrder: number;
  /** Tries a step of size h from y, where f(y) = slope. */
  attempt(y: Float64Array, slope: Float64Array, h: number): Attempt;
  /** Tells the method that the last attempt was taken, so that it may reuse what it learnt. */
  accept(h: number): void;
  /** How many times longer than its stable step the last step was; 0 for implicit methods. */
  stiffness(): number;
}

/**
 * Root mean square of the components, each divided by its tolerance: a step is good where its error has at
 * most 1. NaN for no components.
 */
export function weightedNorm(values: Float64Array, tolerances: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] / tolerances[i]) ** 2;
  return Math.sqrt(sum / values.length);
}
