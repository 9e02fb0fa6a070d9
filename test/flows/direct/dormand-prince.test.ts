import { expect } from 'chai';
import { dormandPrince, dormandPrinceTableau, noCounts } from '../../../src/flows/index.js';
import { relativeError } from '../../helpers/finite-differences.js';
import {
  complexLinear,
  integrate,
  ordersOf,
  smoothSolution,
  smoothSystem,
} from '../../helpers/fixed-steps.js';
import { errorInside } from '../../helpers/inside-a-step.js';

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

describe('the tableau of Dormand and Prince', () => {
  const { a, c, error } = dormandPrinceTableau;
  const weights = [...a[5], 0];
  const times = [0, ...c];

  it('has rows that sum to the times of their stages', () => {
    a.forEach((row, stage) => {
      expect(sum(row)).to.be.closeTo(c[stage], 1e-14);
    });
  });

  it('integrates powers of t up to the fourth, as order 5 needs', () => {
    for (let power = 0; power <= 4; power++) {
      const value = sum(weights.map((weight, i) => weight * times[i] ** power));
      expect(value).to.be.closeTo(1 / (power + 1), 1e-14);
    }
  });

  it('estimates no error for powers up to the third, and some for the fourth', () => {
    for (let power = 0; power <= 3; power++) {
      const value = sum(error.map((weight, i) => weight * times[i] ** power));
      expect(value).to.be.closeTo(0, 1e-15);
    }
    expect(Math.abs(sum(error.map((weight, i) => weight * times[i] ** 4)))).to.be.above(1e-4);
  });
});

describe('dormandPrince', () => {
  it('is of order 5', () => {
    const errors = [8, 16, 32, 64].map((steps) => {
      const { y } = integrate(dormandPrince, smoothSystem, smoothSolution(0), 3, steps);
      return relativeError(y, smoothSolution(3));
    });
    for (const order of ordersOf(errors).slice(1)) expect(order).to.be.within(4.7, 5.3);
  });

  it('estimates a local error of order 5 per step, one more than the embedded order', () => {
    const estimates = [0.2, 0.1, 0.05, 0.025].map(
      (h) => integrate(dormandPrince, smoothSystem, smoothSolution(0.4), h, 1).error,
    );
    for (const order of ordersOf(estimates).slice(1)) expect(order).to.be.within(4.7, 5.3);
  });

  it('knows the solution inside a step, to order 4', () => {
    const errors = [0.4, 0.2, 0.1, 0.05].map((h) => errorInside(dormandPrince, 0.3, h));
    for (const order of ordersOf(errors)) expect(order).to.be.within(4.5, 6);
  });

  it('multiplies a linear equation by its polynomial of stability', () => {
    const [x, y] = integrate(dormandPrince, complexLinear(-0.7, 1.3), [1, 0], 1, 1).y;
    let [re, im] = [1, 0];
    let [powerRe, powerIm] = [1, 0];
    for (const coefficient of [1, 1 / 2, 1 / 6, 1 / 24, 1 / 120, 1 / 600]) {
      [powerRe, powerIm] = [-0.7 * powerRe - 1.3 * powerIm, 1.3 * powerRe - 0.7 * powerIm];
      re += coefficient * powerRe;
      im += coefficient * powerIm;
    }
    expect(x).to.be.closeTo(re, 1e-14);
    expect(y).to.be.closeTo(im, 1e-14);
  });

  it('measures its stiffness as h·|λ| over the interval of stability', () => {
    const system = complexLinear(-50, 0);
    const stepper = dormandPrince(system, new Float64Array(2).fill(1e-6), noCounts());
    const y = Float64Array.of(1, 0.5);
    const slope = y.map((value) => -50 * value);
    stepper.attempt(y, slope, 0.066);
    expect(stepper.stiffness()).to.be.closeTo(1, 1e-10);
    stepper.attempt(y, slope, 0.0066);
    expect(stepper.stiffness()).to.be.closeTo(0.1, 1e-10);
  });

  it('counts six evaluations per attempt', () => {
    const counts = noCounts();
    const stepper = dormandPrince(smoothSystem, new Float64Array(3).fill(1e-6), counts);
    stepper.attempt(Float64Array.of(0, 1, 1), Float64Array.of(1, 0, 1), 0.1);
    expect(counts.evaluations).to.equal(6);
  });
});
