import { acceptStep } from '../../src/flows/dual/dual-prediction.js';
import { attemptStep } from '../../src/flows/dual/dual-radau.js';
import { dualStateAt, goOn, rebuild, type DualState } from '../../src/flows/dual/dual-state.js';
import { stepEndAt, moveState } from '../../src/flows/dual/step-end.js';
import { noCounts } from '../../src/flows/index.js';
import type { SerialObjective } from '../../src/losses/index.js';
import { requireDegree } from '../../src/networks/degree.js';
import { norm } from '../../src/numerics/vectors.js';
import type { Problem } from './small-problems.js';

/** The implicit method's state at θ. */
export function stateOf(at: SerialObjective, theta: Float64Array, tolerance: number): DualState {
  const length = norm(theta);
  const direction = theta.map((value) => value / length);
  const degree = requireDegree(at.network.degree, 'The test');
  return dualStateAt(at, degree, direction, Math.log(length), tolerance, noCounts());
}

/** θ₀ stretched until α has at least the given value; the start has to separate its data. */
export function stretched({ at, theta0 }: Problem, alpha: number): Float64Array {
  let theta = theta0;
  while (at.alpha(theta, 1) < alpha) theta = theta.map((value) => 1.05 * value);
  return theta;
}

/** Takes `count` steps of size h, with neither error control nor events. */
export function fixedSteps(state: DualState, h: number, count: number): void {
  for (let step = 0; step < count; step++) {
    const error = attemptStep(state.stepper, h);
    if (Number.isNaN(error)) throw new Error(`Step ${step} of size ${h} was not solved.`);
    const end = state.stepper.stages[2];
    const landing = stepEndAt(state, end);
    acceptStep(state.stepper);
    if (moveState(state, landing, end.lambda.slice())) rebuild(state, landing.direction);
    else goOn(state, landing.direction);
  }
}
