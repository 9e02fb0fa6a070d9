import type { DualRadau, DualSystem } from './dual-attempt.js';
import { addCombination, addInto, combine, polynomialWeights } from './collocation.js';
import { projectOntoConstraints } from './constraint-projection.js';
import { LARGEST_LAMBDA_ERROR, localError } from './dual-error.js';
import { balanceKinks } from './kink-balance.js';
import { fillJacobian, newtonMatrices, takeGram } from './dual-newton.js';
import { factorShifted, newtonStep } from './newton-step.js';
import { incrementsOf, predict } from './dual-prediction.js';
import { reducedRows } from './dual-reduced.js';
import { scoreReduced } from './score-reduced.js';
import { findSlope, findVelocity, stageOf, type DualStage, type StepStart } from './dual-stage.js';
import { radauTableau } from '../radau-tableau.js';

const NEWTON_ITERATIONS = 12;
/** From so many pairs for each parameter on, the linear algebra is that of the parameters. */
const REDUCED_FROM = 2;

/** Whether the linear algebra of so many pairs is that of so many parameters. */
export function isReduced(smooth: boolean, parameters: number, pairs: number): boolean {
  return smooth && pairs >= REDUCED_FROM * parameters;
}
/** Newton stops when the remaining error is this fraction of the step tolerance. */
const NEWTON_TOLERANCE = 1e-2;

/** A stepper at its first point, with the memory that all of its steps use. */
export function dualRadau(system: DualSystem, first: StepStart): DualRadau {
  const { parameters: n, rows } = system;
  const { count: size, margins } = rows[0];
  const reduced = isReduced(system.smooth, n, margins)
    ? rows[0].scores
      ? scoreReduced(rows[0], rows[0].scores, first.law)
      : reducedRows(margins, n, first.law)
    : undefined;
  const stepper: DualRadau = {
    system,
    start: stageOf(rows[0], n),
    stages: rows.slice(1, 4).map((stageRows) => stageOf(stageRows, n)),
    matrices: newtonMatrices(size, reduced),
    increments: incrementsOf(n, size),
    estimate: {
      direction: new Float64Array(n),
      unknowns: new Float64Array(size),
      pull: new Float64Array(n),
      weights: new Float64Array(size),
    },
    // Its rows are those of the first stage, which is done with by then.
    shifted: stageOf(rows[1], n),
    step: first,
    hasJacobian: false,
    h: NaN,
    lastStep: 0,
    solved: 0,
  };
  prepareStep(stepper, first);
  return stepper;
}

/** Begins a step: its start is projected onto the constraints, and the velocity there is found. */
export function prepareStep(stepper: DualRadau, step: StepStart): void {
  const { system, start, matrices } = stepper;
  const { rows } = start;
  stepper.step = step;
  start.direction.set(step.direction);
  start.unknowns.fill(0);
  start.lambda.set(step.lambda);
  rows.moveTo(start.direction);
  takeGram(matrices, rows);
  projectOntoConstraints(start, system.kinks, matrices, step);
  start.unknowns.fill(0, rows.margins);
  findSlope(start, step);
  if (system.kinks.length > 0) {
    balanceKinks(start, matrices.gram);
    findSlope(start, step);
  }
  system.counts.evaluations++;
  stepper.hasJacobian = false;
  stepper.solved = 0;
}

/** Tries a step of size h; the result is in the last stage. Returns the error, or NaN if unsolved. */
export function attemptStep(stepper: DualRadau, h: number): number {
  stepper.h = h;
  const solved = solve(stepper);
  stepper.solved = solved ? h : 0;
  // Much shorter steps may follow, for which other rows matter.
  stepper.hasJacobian = solved;
  if (!solved) return NaN;
  const error = localError(stepper, stepper.start);
  return error > 1 ? filteredError(stepper, error) : error;
}

function solve(stepper: DualRadau): boolean {
  const { matrices, start, system, h } = stepper;
  // Formed by the first attempt only: where a boundary is met, starts come and go without one.
  if (!stepper.hasJacobian) {
    fillJacobian(matrices, start, stepper.step, h);
    system.counts.jacobians++;
    stepper.hasJacobian = true;
  }
  system.counts.factorizations += 2;
  if (!factorShifted(matrices, start.rows.margins, h)) return false;
  predict(stepper);
  return solveStages(stepper);
}

/** A second filtering keeps the estimate from overreacting to stiff components, as in RADAU5. */
function filteredError(stepper: DualRadau, error: number): number {
  const { start, shifted, estimate, step, system } = stepper;
  addInto(start.direction, estimate.direction, shifted.direction);
  addInto(start.unknowns, estimate.unknowns, shifted.unknowns);
  shifted.rows.moveTo(shifted.direction);
  findSlope(shifted, step);
  system.counts.evaluations++;
  const filtered = localError(stepper, shifted);
  return Number.isFinite(filtered) ? Math.min(error, filtered) : error;
}

/**
 * Moves the end of the last attempt by so little that its collocation polynomial, which is smooth where
 * the slope of λ is stiff, is exact enough.
 */
export function nudgeEnd(stepper: DualRadau, change: number): void {
  interpolateStep(stepper, 1 + change / stepper.h, stepper.stages[2]);
  stepper.h += change;
}

/** Makes `into` the point of the last attempt's collocation polynomial at the fraction x of its step. */
export function interpolateStep(stepper: DualRadau, x: number, into: DualStage): void {
  const { increments, start, stages } = stepper;
  const weights = polynomialWeights(x);
  addCombination(start.direction, increments.direction, weights, into.direction);
  addCombination(start.unknowns, increments.unknowns, weights, into.unknowns);
  let logNormChange = 0;
  for (let s = 0; s < 3; s++) logNormChange += weights[s] * stages[s].logNormChange;
  into.logNormChange = logNormChange;
}

function solveStages(stepper: DualRadau): boolean {
  let previous = NaN;
  for (let iteration = 0; iteration < NEWTON_ITERATIONS; iteration++) {
    const moved = iterate(stepper);
    if (!Number.isFinite(moved)) return false;
    // A first iteration may find that the guess was good enough.
    if (moved === 0 || (iteration === 0 && moved < NEWTON_TOLERANCE)) return true;
    if (iteration > 0) {
      const rate = moved / previous;
      const remaining = rate < 1 ? (rate / (1 - rate)) * moved : Infinity;
      if (remaining < NEWTON_TOLERANCE) return true;
      // The first iteration also corrects the predicted w, so that the second may well move more.
      if (iteration > 1) {
        // Rounding alone can stop the contraction; by then the residue is far below tolerance.
        if (rate >= 1) return moved < NEWTON_TOLERANCE;
        const left = NEWTON_ITERATIONS - 1 - iteration;
        if (remaining * rate ** left > NEWTON_TOLERANCE) return false;
      }
    }
    previous = moved;
  }
  return false;
}

/**
 * A Newton step for λ and y at fixed w; then w and s from the new velocities. Returns its size: in
 * short steps w says nothing of λ, which has to converge as well.
 */
function iterate(stepper: DualRadau): number {
  const { system, step, start, stages, matrices, increments, h } = stepper;
  for (const stage of stages) {
    stage.rows.moveTo(stage.direction);
    findSlope(stage, step);
  }
  const before = increments.unknowns[2].slice();
  newtonStep(matrices, stages, increments.unknowns, increments.transformed, h, step.degree);
  for (let s = 0; s < 3; s++) {
    combine(increments.transformed, radauTableau.t[s], increments.unknowns[s]);
    addInto(start.unknowns, increments.unknowns[s], stages[s].unknowns);
    findVelocity(stages[s], step.law);
  }
  system.counts.evaluations += 3;
  const movedDuals = lambdaChange(stages[2], before, increments.unknowns[2]) / LARGEST_LAMBDA_ERROR;
  return Math.max(moveDirections(stepper) / system.tolerance, movedDuals);
}

/** Root mean square of the change of λ between two increments, weighted with q. */
function lambdaChange({ q }: DualStage, before: Float64Array, after: Float64Array): number {
  let squares = 0;
  for (let r = 0; r < q.length; r++) squares += (q[r] * (after[r] - before[r])) ** 2;
  return Math.sqrt(squares / q.length);
}

/** w and s of every stage from the stages' velocities; returns the root mean square of the change. */
function moveDirections({ stages, increments, start, h }: DualRadau): number {
  const [first, second, third] = stages;
  const from = start.direction;
  const n = from.length;
  const [a0, a1, a2] = radauTableau.a;
  const [z0, z1, z2] = increments.direction;
  const [r0, r1, r2] = stages.map(({ radial }) => radial);
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const d0 = h * (first.velocity[i] - r0 * first.direction[i]);
    const d1 = h * (second.velocity[i] - r1 * second.direction[i]);
    const d2 = h * (third.velocity[i] - r2 * third.direction[i]);
    const v0 = a0[0] * d0 + a0[1] * d1 + a0[2] * d2;
    const v1 = a1[0] * d0 + a1[1] * d1 + a1[2] * d2;
    const v2 = a2[0] * d0 + a2[1] * d1 + a2[2] * d2;
    squares += (v0 - z0[i]) ** 2 + (v1 - z1[i]) ** 2 + (v2 - z2[i]) ** 2;
    first.direction[i] = from[i] + (z0[i] = v0);
    second.direction[i] = from[i] + (z1[i] = v1);
    third.direction[i] = from[i] + (z2[i] = v2);
  }
  for (let s = 0; s < 3; s++) {
    const [a, b, c] = radauTableau.a[s];
    stages[s].logNormChange = h * (a * r0 + b * r1 + c * r2);
  }
  return Math.sqrt(squares / (3 * n));
}
