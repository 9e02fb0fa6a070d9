import { expect } from 'chai';
import { noCounts, type Counts, type OdeSystem } from '../../src/flows/index.js';
import type { DenseStepper } from '../../src/flows/direct/dormand-prince.js';
import { relativeError } from './finite-differences.js';
import { smoothSolution, smoothSystem } from './fixed-steps.js';

type DenseMethod = (system: OdeSystem, tolerances: Float64Array, counts: Counts) => DenseStepper;

/**
 * Relative error of what a method makes of the smooth system's solution at a fraction of one step of
 * size h. Throws where it does not begin and end with the step.
 */
export function errorInside(
  method: DenseMethod,
  fraction: number,
  h: number,
  counts: Counts = noCounts(),
): number {
  const stepper = method(smoothSystem, new Float64Array(smoothSystem.size).fill(1), counts);
  const y = Float64Array.from(smoothSolution(0.4));
  const slope = new Float64Array(y.length);
  smoothSystem.field(y, slope);
  const end = stepper.attempt(y, slope, h).y.slice();
  const inside = new Float64Array(y.length);
  stepper.interpolate(0, inside);
  expect([...inside]).to.deep.equal([...y]);
  stepper.interpolate(1, inside);
  expect(relativeError(inside, end)).to.be.below(1e-15);
  stepper.interpolate(fraction, inside);
  return relativeError(inside, smoothSolution(0.4 + fraction * h));
}
