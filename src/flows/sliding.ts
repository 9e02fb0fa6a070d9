import { boxLeastSquares } from '../numerics/box-least-squares.js';
import { bracketedRoot } from '../numerics/roots.js';
import { attemptStep, interpolateStep } from './dual-radau.js';
import { findSlope, stageOf, type DualStage } from './dual-stage.js';
import { rebuild, type DualState } from './dual-state.js';
import { kinkBlock } from './kink-balance.js';
import {
  kinkStrength,
  violations,
  type KinkModes,
  type SlidingKink,
  type Violation,
} from './kink-modes.js';

/** Amounts up to this count as lying on a boundary, once the step ends there. */
const ON_BOUNDARY = 10;
const CORRECTIONS = 4;

/** A boundary that the flow met: at a shorter step than the one attempted. */
export interface Meeting {
  /** Step size to the boundary; 0 where it is met at once. */
  readonly h: number;
  readonly met: readonly Violation[];
}

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
    return { h: 0, met: amountsAt(probe).filter(({ amount }) => amount >= 0) };
  }
  if (last <= 0) return undefined;
  const guess = bracketedRoot(along, 0, first, 1, last, 0.1);
  const [before, after] = [Math.max(0, guess.x - 1e-3), Math.min(1, guess.x + 1e-3)];
  const slope = (along(after) - along(before)) / (after - before);
  let shorter = guess.x * h;
  for (let correction = 0; correction < CORRECTIONS; correction++) {
    if (Number.isNaN(attemptStep(stepper, shorter))) return { h: NaN, met: [] };
    const amount = worstAt(end);
    if (Math.abs(amount) <= 1) break;
    const next = shorter - (amount / slope) * h;
    if (!(next > 0 && next < 1.5 * h)) break;
    if (correction < CORRECTIONS - 1) shorter = next;
  }
  // None where the step ends short of the boundary after all: the next one meets it.
  return { h: shorter, met: amountsAt(end).filter(({ amount }) => amount > -ON_BOUNDARY) };
}

/**
 * What the met boundaries ask for, decided at a stage that lies on them: slopes are flipped where the
 * flow crosses, or leaves a kink it was sliding on; the kinks it can stay on become candidates.
 */
export function takeBoundaries(
  state: DualState,
  modes: KinkModes,
  met: readonly Violation[],
  at: DualStage,
): void {
  const { examples, kinks } = state;
  const candidates = modes.sliding.filter(
    (kink) => !met.some((boundary) => boundary.slide >= 0 && sameKink(boundary, kink)),
  );
  for (const { example, unit, slide } of met) {
    const row = examples.indexOf(example);
    const key = example * modes.units + unit;
    const strength = kinkStrength(modes, at, examples, row, unit);
    if (slide >= 0) {
      const k = kinks.findIndex((kink) => kink.row === row && kink.unit === unit);
      const fraction = at.unknowns[at.rows.margins + k] / strength;
      modes.slopes[key] = fraction >= 0.5 ? modes.high : modes.low;
    } else if (strength < 0) {
      candidates.push({ example, unit });
      modes.slopes[key] = modes.low;
    } else {
      flip(modes, key);
    }
  }
  // The same array where they are the same as before.
  const before = modes.sliding;
  const same =
    candidates.length === before.length && candidates.every((kink, k) => kink === before[k]);
  if (!same) modes.sliding = candidates;
}

/**
 * At boundaries that the flow can stay on, its velocity is the least-norm element of the Clarke
 * subdifferential, with one fraction of the jump in slope in [0, 1] for each of them. The stepper has
 * all candidates as its kinks; those with a fraction of 0 or 1 stop sliding.
 */
export function chooseSliding(state: DualState, modes: KinkModes, direction: Float64Array): void {
  if (modes.sliding.length === 0) return;
  const { start, step } = state.stepper;
  const y = leastNormWeights(state, modes);
  const { kinks, examples } = state;
  const staying: SlidingKink[] = [];
  kinks.forEach(({ row, unit }, k) => {
    const fraction = y[k] / kinkStrength(modes, start, examples, row, unit);
    const kink = { example: examples[row], unit };
    if (fraction > 1e-9 && fraction < 1 - 1e-9) staying.push(kink);
    else modes.slopes[kink.example * modes.units + unit] = fraction >= 0.5 ? modes.high : modes.low;
  });
  if (staying.length < modes.sliding.length) {
    modes.sliding = staying;
    rebuild(state, direction);
  } else {
    start.unknowns.set(y, start.rows.margins);
    findSlope(start, step);
  }
}

/** Least-norm weights of the kinks, each between 0 and what its jump in slope allows. */
function leastNormWeights(state: DualState, modes: KinkModes): Float64Array {
  const { stepper, kinks, examples } = state;
  const { start, matrices, step } = stepper;
  const { margins } = start.rows;
  const size = kinks.length;
  start.unknowns.fill(0, margins);
  findSlope(start, step);
  const pull = new Float64Array(size);
  const lower = new Float64Array(size);
  const upper = new Float64Array(size);
  const strengths = kinks.map(({ row, unit }) => kinkStrength(modes, start, examples, row, unit));
  for (let i = 0; i < size; i++) {
    pull[i] = start.products[margins + i];
    lower[i] = Math.min(0, strengths[i]);
    upper[i] = Math.max(0, strengths[i]);
  }
  return boxLeastSquares(kinkBlock(start, matrices.gram), pull, lower, upper);
}

/** Goes over to the other side of a kink. */
function flip(modes: KinkModes, key: number): void {
  modes.slopes[key] = modes.slopes[key] === modes.high ? modes.low : modes.high;
}

function sameKink(a: SlidingKink, b: SlidingKink): boolean {
  return a.example === b.example && a.unit === b.unit;
}

/** Opens a phase for every kink that begins to slide, and closes those of the ones that stopped. */
export function recordPhases(
  modes: KinkModes,
  before: readonly SlidingKink[],
  alpha: number,
): void {
  for (const kink of modes.sliding) {
    if (!before.some((other) => sameKink(kink, other))) {
      modes.phases.push({ ...kink, fromAlpha: alpha, toAlpha: undefined });
    }
  }
  for (const kink of before) {
    if (modes.sliding.some((other) => sameKink(kink, other))) continue;
    const open = modes.phases.find((phase) => sameKink(phase, kink) && phase.toAlpha === undefined);
    if (open) open.toAlpha = alpha;
  }
}

/** Flips the slopes of units whose crossing was too weak to end a step; the met ones stay. */
export function settleModes(state: DualState, modes: KinkModes, met: readonly Violation[]): void {
  const { stepper, examples, kinks, tolerance } = state;
  const end = stepper.stages[2];
  end.rows.moveTo(end.direction);
  for (const crossed of violations(modes, end, examples, kinks, tolerance, stepper.h)) {
    if (crossed.slide >= 0 || met.some((boundary) => sameKink(boundary, crossed))) continue;
    flip(modes, crossed.example * modes.units + crossed.unit);
  }
}
