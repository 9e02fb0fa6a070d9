import { expect } from 'chai';
import { noCounts, radau, radauTableau, type OdeSystem } from '../../../src/flows/index.js';
import { relativeError } from '../../helpers/finite-differences.js';
import {
  complexLinear,
  integrate,
  odeSystem,
  ordersOf,
  smoothSolution,
  smoothSystem,
} from '../../helpers/fixed-steps.js';

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
type Matrix = readonly (readonly number[])[];
const times = (a: Matrix, b: Matrix) =>
  a.map((row) => b[0].map((_, j) => sum(row.map((value, k) => value * b[k][j]))));

function expectClose(actual: Matrix, expected: Matrix, tolerance: number): void {
  actual.forEach((row, i) => {
    row.forEach((value, j) => expect(value).to.be.closeTo(expected[i][j], tolerance));
  });
}

const unit: Matrix = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

describe('the tableau of Radau IIA', () => {
  const { a, c, error, t, tInverse, real, complexRe, complexIm, dense } = radauTableau;

  it('has rows that sum to the times of their stages', () => {
    a.forEach((row, stage) => expect(sum(row)).to.be.closeTo(c[stage], 1e-15));
  });

  it('collocates: every stage integrates powers up to the second, the last up to the fourth', () => {
    for (let power = 0; power <= 4; power++) {
      a.forEach((row, stage) => {
        if (power > 2 && stage < 2) return;
        const value = sum(row.map((weight, j) => weight * c[j] ** power));
        expect(value).to.be.closeTo(c[stage] ** (power + 1) / (power + 1), 1e-15);
      });
    }
  });

  it('is decoupled by T: T⁻¹ A⁻¹ T has one real eigenvalue and one complex pair', () => {
    const blocks: Matrix = [
      [real, 0, 0],
      [0, complexRe, -complexIm],
      [0, complexIm, complexRe],
    ];
    expectClose(times(t, tInverse), unit, 1e-14);
    expectClose(times(times(tInverse, a), times(t, blocks)), unit, 1e-13);
  });

  it('estimates no error for solutions of degree 3 or less, and some for degree 4', () => {
    // y = t^k: increments c^k, slope 1 at the start for k = 1 and 0 for k > 1.
    const estimate = (k: number) => sum(error.map((weight, i) => weight * c[i] ** k));
    expect(estimate(1)).to.be.closeTo(-1, 1e-14);
    expect(estimate(2)).to.be.closeTo(0, 1e-14);
    expect(estimate(3)).to.be.closeTo(0, 1e-14);
    expect(Math.abs(estimate(4))).to.be.above(0.01);
  });

  it('has a dense output that passes through its own stages', () => {
    const values = c.map((x) => dense.map(([p, q, r]) => p * x + q * x ** 2 + r * x ** 3));
    expectClose(values, unit, 1e-13);
  });
});

describe('radau', () => {
  it('is of order 5', () => {
    const errors = [16, 32, 64].map((steps) => {
      const { y } = integrate(radau, smoothSystem, smoothSolution(0), 3, steps);
      return relativeError(y, smoothSolution(3));
    });
    for (const order of ordersOf(errors)) expect(order).to.be.within(4.7, 5.3);
  });

  it('estimates a local error of order 4 per step', () => {
    const estimates = [0.1, 0.05, 0.025, 0.0125].map(
      (h) => integrate(radau, smoothSystem, smoothSolution(0.4), h, 1).error,
    );
    for (const order of ordersOf(estimates)) expect(order).to.be.within(3.7, 4.3);
  });

  for (const [re, im] of [
    [-1, 0],
    [-30, 0],
    [-1e6, 0],
    [-2, 5],
    [0, 1],
    [0, 100],
    [1, 0],
  ]) {
    it(`multiplies z′ = λz by its stability function at hλ = ${re} + ${im}i`, () => {
      const [x, y] = integrate(radau, complexLinear(re, im), [1, 0], 1, 1).y;
      const z: Complex = [re, im];
      const numerator = polynomial([1, 2 / 5, 1 / 20], z);
      const denominator = polynomial([1, -3 / 5, 3 / 20, -1 / 60], z);
      const [expectedRe, expectedIm] = quotient(numerator, denominator);
      expect(x).to.be.closeTo(expectedRe, 1e-12);
      expect(y).to.be.closeTo(expectedIm, 1e-12);
      if (re <= 0) expect(Math.hypot(x, y)).to.be.at.most(1);
    });
  }

  it('follows a solution past a transient a million times faster than its step', () => {
    // y′ = −10⁶ (y − cos t), from far off the slow solution y ≈ cos t.
    const rate = -1e6;
    const system = odeSystem(
      2,
      ([y, t]) => [rate * (y - Math.cos(t)), 1],
      ([, t]) => [
        [rate, rate * Math.sin(t)],
        [0, 0],
      ],
    );
    const { y } = integrate(radau, system, [5, 0], 2, 20);
    const slow = (rate * (rate * Math.cos(2) - Math.sin(2))) / (rate * rate + 1);
    expect(y[0]).to.be.closeTo(slow, 1e-9);
  });

  it('keeps its Jacobian while Newton converges fast, and its factors while the step stays', () => {
    const counts = noCounts();
    const system = complexLinear(-2, 1);
    const stepper = radau(system, new Float64Array(2).fill(1e-8), counts);
    const y = Float64Array.of(1, 0);
    const slope = new Float64Array(2);
    for (let step = 0; step < 10; step++) {
      system.field(y, slope);
      y.set(stepper.attempt(y, slope, 0.1).y);
      stepper.accept(0.1);
    }
    expect(counts.jacobians).to.equal(1);
    expect(counts.factorizations).to.equal(2);
  });

  it('says that a step is not solved where the velocity is not finite', () => {
    const system: OdeSystem = {
      size: 1,
      field: (y, into) => into.fill(y[0] > 1 ? NaN : 1),
      jacobian: (_y, into) => into.fill(0),
    };
    const stepper = radau(system, Float64Array.of(1e-6), noCounts());
    expect(stepper.attempt(Float64Array.of(0), Float64Array.of(1), 5).solved).to.be.false;
    expect(stepper.attempt(Float64Array.of(0), Float64Array.of(1), 0.5).solved).to.be.true;
  });

  it('says so, too, where its matrix is singular', () => {
    // (γ/h) I − J = 0 for J = γ/h.
    const system = complexLinear(radauTableau.real, 0);
    const stepper = radau(system, new Float64Array(2).fill(1e-6), noCounts());
    expect(stepper.attempt(Float64Array.of(1, 0), Float64Array.of(1, 0), 1).solved).to.be.false;
  });
});

type Complex = readonly [number, number];

function polynomial(coefficients: readonly number[], [x, y]: Complex): Complex {
  let [re, im] = [0, 0];
  for (const coefficient of [...coefficients].reverse()) {
    [re, im] = [re * x - im * y + coefficient, re * y + im * x];
  }
  return [re, im];
}

function quotient([a, b]: Complex, [c, d]: Complex): Complex {
  const size = c * c + d * d;
  return [(a * c + b * d) / size, (b * c - a * d) / size];
}
