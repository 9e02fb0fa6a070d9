import { expect } from 'chai';
import { acceptStep } from '../../../src/flows/dual/dual-prediction.js';
import { attemptStep } from '../../../src/flows/dual/dual-radau.js';
import { rebuild, type DualState } from '../../../src/flows/dual/dual-state.js';
import { stepEndAt, moveState } from '../../../src/flows/dual/step-end.js';
import { norm } from '../../../src/numerics/vectors.js';
import { stateOf } from '../../helpers/dual-steps.js';
import { arcs } from '../../helpers/small-problems.js';

const TOLERANCE = 1e-9;

function start(): DualState {
  const { at, theta0 } = arcs();
  return stateOf(at, theta0, TOLERANCE);
}

/** Evaluations that an attempt takes, with the direction at its end. */
function attempt({ stepper, counts }: DualState, h: number) {
  const before = counts.evaluations;
  expect(attemptStep(stepper, h)).to.be.above(0);
  return { evaluations: counts.evaluations - before, end: stepper.stages[2].direction.slice() };
}

function distance(a: Float64Array, b: Float64Array): number {
  return norm(a.map((value, i) => value - b[i]));
}

/** Takes a step, and has a new stepper built where it ends. */
function stepAndRebuild(state: DualState, h: number, goesOn: boolean, reorder = false): void {
  attempt(state, h);
  const end = state.stepper.stages[2];
  const landing = stepEndAt(state, end);
  acceptStep(state.stepper);
  moveState(state, landing, end.lambda.slice());
  if (reorder) {
    state.pairs = [...state.pairs].reverse();
    state.lambda = state.lambda.slice().reverse();
  }
  rebuild(state, landing.direction, goesOn);
}

describe('the first guess of an attempt', () => {
  const h = 0.02;

  it('is the polynomial of a longer attempt from the same start', () => {
    const fresh = attempt(start(), 0.7 * h);
    const state = start();
    attempt(state, h);
    const again = attempt(state, 0.7 * h);
    expect(again.evaluations).to.be.below(fresh.evaluations);
    expect(distance(again.end, fresh.end)).to.be.below(TOLERANCE);
  });

  it('is the last step’s polynomial, extended, also by a new stepper', () => {
    const results = [true, false].map((goesOn) => {
      const state = start();
      stepAndRebuild(state, h, goesOn);
      return attempt(state, h);
    });
    const [guessed, fresh] = results;
    expect(guessed.evaluations).to.be.below(fresh.evaluations);
    expect(distance(guessed.end, fresh.end)).to.be.below(TOLERANCE);
  });

  it('finds the rows of pairs that have changed their places', () => {
    const moves = [false, true].map((reorder) => {
      const state = start();
      stepAndRebuild(state, h, true, reorder);
      return attempt(state, h);
    });
    expect(moves[1].evaluations).to.equal(moves[0].evaluations);
    expect(distance(moves[0].end, moves[1].end)).to.be.below(1e-13);
  });
});
