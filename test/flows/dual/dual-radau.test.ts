import { expect } from 'chai';
import { attemptStep, interpolateStep, nudgeEnd } from '../../../src/flows/dual/dual-radau.js';
import { findSlope, stageOf } from '../../../src/flows/dual/dual-stage.js';
import { rebuild, type DualState } from '../../../src/flows/dual/dual-state.js';
import { radauTableau } from '../../../src/flows/radau-tableau.js';
import { exponentialLoss, logisticLoss, objective } from '../../../src/losses/index.js';
import { deepLinear, relu, twoLayer } from '../../../src/networks/index.js';
import { norm } from '../../../src/numerics/vectors.js';
import { randomStream } from '../../../src/numerics/random.js';
import { fixedSteps, stateOf, stretched } from '../../helpers/dual-steps.js';
import { ordersOf } from '../../helpers/fixed-steps.js';
import { normals } from '../../helpers/small-networks.js';
import { arcs, threeClasses, type Problem } from '../../helpers/small-problems.js';

function deepProblem(): Problem {
  const stream = randomStream('deep linear steps');
  const inputs = normals(stream, 12).map((value, i) => (i % 2 === 0 ? value + 3 : value));
  const labels = new Float64Array(6).fill(1);
  const at = objective(deepLinear([2, 3, 3, 1]), inputs, labels, exponentialLoss);
  return { at, theta0: normals(stream, at.parameters, 0.7) };
}

/** A ReLU network that slides along a kink from a start on it, with a slope inside (0, 1). */
function sliding(): DualState {
  const at = objective(
    twoLayer(2, 2, relu),
    Float64Array.of(1, 0, 1, 1),
    Float64Array.of(1, -1),
    exponentialLoss,
  );
  const state = stateOf(at, Float64Array.of(1.5, -1.5, 0.5, 0.4, 2, -0.5), 1e-11);
  state.modes!.sliding = [{ example: 1, unit: 0 }];
  state.modes!.slopes[1 * 2] = 0;
  rebuild(state, state.stepper.start.direction.slice());
  return state;
}

/** Directions, log-norms and λ after the same clock in 2, 4, 8, … steps. */
function errorsOf(make: () => DualState, time: number, counts: readonly number[]): number[][] {
  const endOf = (count: number) => {
    const state = make();
    fixedSteps(state, time / count, count);
    return state;
  };
  const exact = endOf(counts[counts.length - 1] * 8);
  const exactDirection = exact.stepper.start.direction;
  return counts.map((count) => {
    const { stepper, logNorm } = endOf(count);
    const off = stepper.start.direction.map((value, i) => value - exactDirection[i]);
    return [norm(off), Math.abs(logNorm - exact.logNorm)];
  });
}

describe('fixed steps in dual variables', () => {
  const problems: [string, () => Problem, number, number][] = [
    ['a deep linear network', deepProblem, 5, 0.2],
    ['squared ReLU, exponential', () => arcs(), 3, 0.2],
    ['squared ReLU, logistic before its tail', () => arcs(logisticLoss), 1, 0.1],
    ['cross-entropy over three classes', () => threeClasses(logisticLoss), 2, 0.1],
  ];
  for (const [title, problem, alpha, time] of problems) {
    it(`are of order 5: ${title}`, () => {
      const at = problem();
      const theta = at.at.margins(at.theta0).every((p) => p > 0) ? stretched(at, alpha) : at.theta0;
      const errors = errorsOf(() => stateOf(at.at, theta, 1e-12), time, [2, 4, 8]);
      for (const part of [0, 1]) {
        const orders = ordersOf(errors.map((both) => both[part]));
        expect(orders[0], errors.join()).to.be.within(4.2, 6);
        expect(orders[1], errors.join()).to.be.within(4.2, 6);
      }
    });
  }

  it('are of order 5 along a kink', () => {
    const errors = errorsOf(sliding, 0.2, [2, 4, 8]);
    const orders = ordersOf(errors.map(([direction]) => direction));
    expect(Math.min(...orders), errors.join()).to.be.above(4.2);
  });
});

describe('a step', () => {
  const cases: [string, () => DualState, number][] = [
    ['squared ReLU, exponential', () => stateOf(arcs().at, arcs().theta0, 1e-11), 0.01],
    [
      'cross-entropy, early',
      () => {
        const { at, theta0 } = threeClasses(logisticLoss);
        return stateOf(at, theta0, 1e-11);
      },
      0.02,
    ],
    ['a kink', sliding, 0.05],
  ];
  for (const [title, make, h] of cases) {
    it(`meets the equations of its three stages: ${title}`, () => {
      const { stepper } = make();
      expect(attemptStep(stepper, h)).to.be.above(0);
      const { start, stages, step } = stepper;
      const { margins, count } = start.rows;
      for (const stage of stages) {
        stage.rows.moveTo(stage.direction);
        findSlope(stage, step);
      }
      stages.forEach((stage, s) => {
        const a = radauTableau.a[s];
        const sum = (of: (stage: (typeof stages)[number]) => number) =>
          h * (a[0] * of(stages[0]) + a[1] * of(stages[1]) + a[2] * of(stages[2]));
        stage.direction.forEach((value, i) => {
          const drift = sum(
            ({ velocity, radial, direction }) => velocity[i] - radial * direction[i],
          );
          expect(value - start.direction[i]).to.be.closeTo(drift, 1e-12);
        });
        expect(stage.logNormChange).to.be.closeTo(
          sum(({ radial }) => radial),
          1e-12,
        );
        for (let r = 0; r < margins; r++) {
          const rise = sum(({ slope }) => slope[r]);
          expect(stage.lambda[r] - start.lambda[r]).to.be.closeTo(rise, 1e-9);
        }
        for (let r = margins; r < count; r++) expect(stage.slope[r]).to.be.closeTo(0, 1e-10);
      });
    });

    it(`is interpolated from its start through its stages: ${title}`, () => {
      const { stepper } = make();
      attemptStep(stepper, h);
      const { start, stages } = stepper;
      const probe = stageOf(start.rows, start.direction.length);
      [0, ...radauTableau.c].forEach((x, s) => {
        interpolateStep(stepper, x, probe);
        const expected = s === 0 ? start : stages[s - 1];
        probe.direction.forEach((value, i) => {
          expect(value).to.be.closeTo(expected.direction[i], 1e-13);
        });
        probe.unknowns.forEach((value, i) => {
          expect(value).to.be.closeTo(expected.unknowns[i], 1e-12);
        });
        expect(probe.logNormChange).to.be.closeTo(expected.logNormChange, 1e-13);
      });
    });
  }

  it('has an error estimate of order 4 in its size', () => {
    const { at, theta0 } = arcs();
    const errors = [0.004, 0.002, 0.001].map((h) =>
      attemptStep(stateOf(at, theta0, 1e-11).stepper, h),
    );
    for (const order of ordersOf(errors)) expect(order, errors.join()).to.be.within(3.3, 4.7);
  });

  it('is NaN where its equations cannot be solved', () => {
    const { at, theta0 } = arcs();
    const state = stateOf(at, theta0, 1e-9);
    expect(attemptStep(state.stepper, 1e9)).to.satisfy(
      (error: number) => Number.isNaN(error) || error > 1,
    );
    expect(attemptStep(state.stepper, NaN)).to.be.NaN;
    // What failed leaves nothing behind.
    const fresh = attemptStep(stateOf(at, theta0, 1e-9).stepper, 1e-3);
    expect(attemptStep(state.stepper, 1e-3)).to.equal(fresh);
  });
});

describe('a nudge of the end of a step', () => {
  it('equals a step that is longer by as much, to second order', () => {
    const problem = arcs();
    const state = stateOf(problem.at, problem.theta0, 1e-9);
    const endAfter = (h: number, nudge: number) => {
      expect(attemptStep(state.stepper, h)).to.be.above(0);
      nudgeEnd(state.stepper, nudge);
      const { direction, logNormChange } = state.stepper.stages[2];
      return Float64Array.of(...direction, logNormChange);
    };
    const error = (nudge: number) => {
      const exact = endAfter(0.02 + nudge, 0);
      return norm(endAfter(0.02, nudge).map((value, i) => value - exact[i]));
    };
    expect(error(1e-3) / error(1e-4)).to.be.within(80, 120);
    attemptStep(state.stepper, 0.02);
    nudgeEnd(state.stepper, 1e-3);
    expect(state.stepper.h).to.equal(0.02 + 1e-3);
  });
});
