import { bracketedRoot } from '../../numerics/roots.js';
import { ON_BOUNDARY, type Meeting, type Violation } from '../kinks/boundary.js';
import type { KinkModes, SlidingKink } from '../kinks/kink-modes.js';
import { flip, keepInside, sameKink, weightsInside, type AtKinks } from '../kinks/sliding.js';
import { attemptStep, interpolateStep } from './dual-radau.js';
import { findSlope, stageOf, type DualStage } from './dual-stage.js';
import { rebuild, type DualState } from './dual-state.js';
import { kinkBlock } from './kink-balance.js';
import { kinkStrength } from './kink-strength.js';
import { violations } from './kink-violations.js';

const CORRECTIONS = 4;

/**
 * Where the last attempt first leaves the linear piece it was computed on, with the attempt repeated
 * up to there; undefined where it does not. NaN for h where the repeated attempt failed.
 */
export function meetBoundary(state: DualState, modes: KinkModes): Meeting | undefined {
  const { stepper, examples, kinks, tolerance } = state;
  const { h } = stepper;
  const end = stepper.stages[2];
  end.rows.moveTo(end.direction);
  const beyond = violations(modes, end, examples, kinks, tolerance, h).filter((v) => v.matters);
  if (beyond.length === 0) return undefined;
  const amountsAt = (stage: DualStage) => {
    stage.rows.moveTo(stage.direction);
    stepper.step.law.weights(stage.lambda, stage.q);
    return violations(modes, stage, examples, kinks, tolerance, h, beyond);
  };
  const worstAt = (stage: DualStage) =>
    amountsAt(stage).reduce((worst, { amount }) => Math.max(worst, amount), -Infinity);
  const probe = stageOf(stepper.stages[0].rows, end.direction.length);
  const along = (x: number) => {
    interpolateStep(stepper, x, probe);
    return worstAt(probe);
  };
  const first = along(0);
  const last = along(1);
  if (first >= 0) {
    along(0);
    return { h: 0, next: h, met: amountsAt(probe).filter(({ amount }) => amount >= 0) };
  }
  if (last <= 0) return undefined;
  const guess = bracketedRoot(along, 0, first, 1, last, 0.1);
  const [before, after] = [Math.max(0, guess.x - 1e-3), Math.min(1, guess.x + 1e-3)];
  const slope = (along(after) - along(before)) / (after - before);
  let shorter = guess.x * h;
  for (let correction = 0; correction < CORRECTIONS; correction++) {
    if (Number.isNaN(attemptStep(stepper, shorter))) return { h: NaN, next: h, met: [] };
    const amount = worstAt(end);
    if (Math.abs(amount) <= 1) break;
    const next = shorter - (amount / slope) * h;
    if (!(next > 0 && next < 1.5 * h)) break;
    if (correction < CORRECTIONS - 1) shorter = next;
  }
  // None where the step ends short of the boundary after all: the next one meets it.
  return { h: shorter, next: h, met: amountsAt(end).filter(({ amount }) => amount > -ON_BOUNDARY) };
}

/** What a stage of the implicit method tells about its kinks. */
export function kinksOfStage(state: DualState, modes: KinkModes, at: DualStage): AtKinks {
  const { examples, kinks } = state;
  const strength = (kink: SlidingKink) => kinkStrength(modes, at, examples, kinks, kink);
  return {
    strength,
    fraction(kink) {
      const k = kinks.findIndex(
        ({ row, unit }) => examples[row] === kink.example && unit === kink.unit,
      );
      return at.unknowns[at.rows.margins + k] / strength(kink);
    },
  };
}

/**
 * At boundaries that the flow can stay on, its velocity is the least-norm element of the Clarke
 * subdifferential, with one fraction of the jump in slope in [0, 1] for each of them. The stepper has
 * all candidates as its kinks; those with a fraction of 0 or 1 stop sliding.
 */
export function chooseSliding(state: DualState, modes: KinkModes, direction: Float64Array): void {
  if (modes.sliding.length === 0) return;
  const { start, step } = state.stepper;
  const { kinks, examples } = state;
  const candidates = kinks.map(({ row, unit }) => ({ example: examples[row], unit }));
  const strengths = candidates.map((kink) => kinkStrength(modes, start, examples, kinks, kink));
  const y = leastNormWeights(state, strengths);
  const staying = keepInside(modes, candidates, y, strengths);
  if (staying.length < modes.sliding.length) {
    modes.sliding = staying;
    rebuild(state, direction);
  } else {
    start.unknowns.set(y, start.rows.margins);
    findSlope(start, step);
  }
}

/** Least-norm weights of the kinks, each between 0 and what its jump in slope allows. */
function leastNormWeights({ stepper }: DualState, strengths: readonly number[]): Float64Array {
  const { start, matrices, step } = stepper;
  const { margins } = start.rows;
  start.unknowns.fill(0, margins);
  findSlope(start, step);
  return weightsInside(kinkBlock(start, matrices.gram), start.products.slice(margins), strengths);
}

/** Flips the slopes of units whose crossing was too weak to end a step; the met ones stay. */
export function settleModes(state: DualState, modes: KinkModes, met: readonly Violation[]): void {
  const { stepper, examples, kinks, tolerance } = state;
  const end = stepper.stages[2];
  end.rows.moveTo(end.direction);
  for (const crossed of violations(modes, end, examples, kinks, tolerance, stepper.h)) {
    if (crossed.slide >= 0 || met.some((boundary) => sameKink(boundary, crossed))) continue;
    flip(modes, crossed);
  }
}
