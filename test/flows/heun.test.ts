import { expect } from 'chai';
import { noCounts } from '../../src/flows/index.js';
import { heun } from '../../src/flows/heun.js';
import { relativeError } from '../helpers/finite-differences.js';
import { integrate, ordersOf, smoothSolution, smoothSystem } from '../helpers/fixed-steps.js';

describe('heun', () => {
  const sizes = [0.2, 0.1, 0.05, 0.025];

  it('is of order 2, with two evaluations for each attempt', () => {
    const errors = [16, 32, 64, 128].map((steps) => {
      const { y } = integrate(heun, smoothSystem, smoothSolution(0), 3, steps);
      return relativeError(y, smoothSolution(3));
    });
    for (const order of ordersOf(errors).slice(1)) expect(order).to.be.within(1.8, 2.2);
  });

  it('estimates an error of order 3 per step, far above the actual one', () => {
    const runs = sizes.map((h) => integrate(heun, smoothSystem, smoothSolution(0.4), h, 1));
    const estimates = runs.map(({ error }) => error);
    for (const order of ordersOf(estimates).slice(1)) expect(order).to.be.within(2.7, 3.3);
    runs.forEach(({ y }, k) => {
      expect(relativeError(y, smoothSolution(0.4 + sizes[k]))).to.be.below(0.2 * estimates[k]);
    });
  });

  it('knows the solution inside a step, to the order of its end', () => {
    const counts = noCounts();
    const errors = sizes.map((h) => {
      const tolerances = new Float64Array(smoothSystem.size).fill(1);
      const stepper = heun(smoothSystem, tolerances, counts);
      const y = Float64Array.from(smoothSolution(0.4));
      const slope = new Float64Array(y.length);
      smoothSystem.field(y, slope);
      const end = stepper.attempt(y, slope, h).y.slice();
      const inside = new Float64Array(y.length);
      stepper.interpolate(0, inside);
      expect([...inside]).to.deep.equal([...y]);
      stepper.interpolate(1, inside);
      expect(relativeError(inside, end)).to.be.below(1e-15);
      stepper.interpolate(0.6, inside);
      return relativeError(inside, smoothSolution(0.4 + 0.6 * h));
    });
    for (const order of ordersOf(errors).slice(1)) expect(order).to.be.within(2.6, 3.5);
    expect(counts.evaluations).to.equal(2 * sizes.length);
  });
});
