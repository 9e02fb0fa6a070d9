import {
  addInto,
  columnsOf,
  combine,
  combineAll,
  polynomialWeights,
  type Columns,
} from './collocation.js';
import type { DualRadau, Increments } from './dual-attempt.js';
import { radauTableau } from '../radau-tableau.js';

/** Increments of zero, for directions of `parameters` and unknowns of `size` numbers. */
export function incrementsOf(parameters: number, size: number): Increments {
  return {
    direction: columnsOf(parameters),
    unknowns: columnsOf(size),
    transformed: columnsOf(size),
    lastDirection: columnsOf(parameters),
    lastUnknowns: columnsOf(size),
    lastLogNormChange: [0, 0, 0],
  };
}

/** Takes the last attempt: its increments predict the next step's. */
export function acceptStep(stepper: DualRadau): void {
  const { increments, stages } = stepper;
  stepper.lastStep = stepper.h;
  for (let s = 0; s < 3; s++) {
    increments.lastDirection[s].set(increments.direction[s]);
    increments.lastUnknowns[s].set(increments.unknowns[s]);
    increments.lastLogNormChange[s] = stages[s].logNormChange;
  }
}

/**
 * The last step of another stepper predicts the next one. `lastRows` has the row there of every row
 * here, −1 for one that is new and stays where it begins.
 */
export function predictFrom(
  stepper: DualRadau,
  last: DualRadau,
  lastRows: readonly number[],
): void {
  const { increments } = stepper;
  const { lastDirection, lastUnknowns, lastLogNormChange } = last.increments;
  stepper.lastStep = last.lastStep;
  for (let s = 0; s < 3; s++) {
    increments.lastDirection[s].set(lastDirection[s]);
    lastRows.forEach((from, row) => {
      if (from >= 0) increments.lastUnknowns[s][row] = lastUnknowns[s][from];
    });
    increments.lastLogNormChange[s] = lastLogNormChange[s];
  }
}

/**
 * First guess of the stages: the polynomial of the last attempt from the same start where that was
 * solved, or the last step's, extended.
 */
export function predict(stepper: DualRadau): void {
  const { increments, start, stages } = stepper;
  const { direction, unknowns, transformed } = increments;
  if (stepper.solved > 0) interpolate(stepper);
  else extrapolate(stepper);
  for (let s = 0; s < 3; s++) {
    addInto(start.direction, direction[s], stages[s].direction);
    addInto(start.unknowns, unknowns[s], stages[s].unknowns);
    combine(unknowns, radauTableau.tInverse[s], transformed[s]);
  }
}

function interpolate(stepper: DualRadau): void {
  const { increments, stages, h, solved } = stepper;
  const weights = radauTableau.c.map((c) => polynomialWeights((c * h) / solved));
  const logNormChange = stages.map((stage) => stage.logNormChange);
  guess(stepper, increments.direction, increments.unknowns, logNormChange, weights);
}

function extrapolate(stepper: DualRadau): void {
  const { increments, h, lastStep } = stepper;
  const { lastDirection, lastUnknowns, lastLogNormChange } = increments;
  const ratio = lastStep === 0 ? 0 : h / lastStep;
  const weights = radauTableau.c.map((c) => {
    const [p, q, r] = polynomialWeights(1 + c * ratio);
    return lastStep === 0 ? [0, 0, 0] : [p, q, r - 1];
  });
  guess(stepper, lastDirection, lastUnknowns, lastLogNormChange, weights);
}

/** Combinations of increments, with one row of weights for each stage. */
function guess(
  { increments, stages }: DualRadau,
  direction: Columns,
  unknowns: Columns,
  logNormChange: readonly number[],
  weights: readonly (readonly number[])[],
): void {
  combineAll(direction, weights, increments.direction);
  combineAll(unknowns, weights, increments.unknowns);
  for (let s = 0; s < 3; s++) {
    const [p, q, r] = weights[s];
    stages[s].logNormChange = p * logNormChange[0] + q * logNormChange[1] + r * logNormChange[2];
  }
}
