import { expect } from 'chai';
import { noCounts } from '../../../src/flows/index.js';
import { heun } from '../../../src/flows/direct/heun.js';
import { relativeError } from '../../helpers/finite-differences.js';
import { integrate, ordersOf, smoothSolution, smoothSystem } from '../../helpers/fixed-steps.js';
import { errorInside } from '../../helpers/inside-a-step.js';

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
    const errors = sizes.map((h) => errorInside(heun, 0.6, h, counts));
    for (const order of ordersOf(errors).slice(1)) expect(order).to.be.within(2.6, 3.5);
    expect(counts.evaluations).to.equal(2 * sizes.length);
  });
});
