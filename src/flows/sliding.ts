import { boxLeastSquares } from '../numerics/box-least-squares.js';
import { bracketedRoot } from '../numerics/roots.js';
import { attemptStep, interpolateStep } from './dual-radau.js';
import { findSlope, findVelocity, stageOf, type DualStage } from './dual-stage.js';
import { goOn, rebuild, type DualState } from './dual-state.js';
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
    findVelocity(stage, stepper.step.law);
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
 * Chooses the piece, or the boundaries to slide along, on which the flow goes on from `direction`: at
 * boundaries it can stay on, the velocity is the least-norm element of the Clarke subdifferential, with
 * one fraction of the jump in slope in [0, 1] for each of them; at the others it crosses.
 */
export function resolveModes(
  state: DualState,
  modes: KinkModes,
  met: readonly Violation[],
  direction: Float64Array,
): void {
  const before = modes.sliding;
  const { units } = modes;
  const candidates: SlidingKink[] = before.filter(
    (kink) => !met.some(({ slide, ...at }) => slide >= 0 && same(at, kink)),
  );
  const { start } = state.stepper;
  for (const { example, unit, slide } of met) {
    const row = state.examples.indexOf(example);
    const key = example * units + unit;
    if (slide >= 0) {
      modes.slopes[key] = nearerSide(state, modes, { example, unit });
      continue;
    }
    const attracting = row >= 0 && kinkStrength(modes, start, state.examples, row, unit) < 0;
    if (attracting) {
      candidates.push({ example, unit });
      modes.slopes[key] = modes.low;
    } else {
      modes.slopes[key] = modes.slopes[key] === modes.high ? modes.low : modes.high;
    }
  }
  modes.sliding = candidates;
  rebuild(state, direction);
  if (candidates.length > 0) {
    const staying = leastNormChoice(state, modes);
    const fewer = staying.length < candidates.length;
    modes.sliding = staying;
    if (fewer) rebuild(state, direction);
    else goOn(state, direction);
  }
  recordPhases(modes, before, state.alpha);
}

function same(a: SlidingKink, b: SlidingKink): boolean {
  return a.example === b.example && a.unit === b.unit;
}

/** The slope at the end of [low, high] that a sliding kink has come to. */
function nearerSide(state: DualState, modes: KinkModes, kink: SlidingKink): number {
  const { stepper, kinks, examples } = state;
  const { start } = stepper;
  const k = kinks.findIndex(({ row, unit }) => same({ example: examples[row], unit }, kink));
  if (k < 0) return modes.low;
  const strength = kinkStrength(modes, start, examples, kinks[k].row, kink.unit);
  return start.unknowns[start.rows.margins + k] / strength >= 0.5 ? modes.high : modes.low;
}

/** The kinks that keep sliding; the slopes of the others are set to the side that they leave to. */
function leastNormChoice(state: DualState, modes: KinkModes): SlidingKink[] {
  const { stepper, kinks, examples } = state;
  const { start, matrices, step } = stepper;
  const { margins, count } = start.rows;
  const size = kinks.length;
  start.unknowns.fill(0, margins);
  findSlope(start, step);
  const gram = new Float64Array(size * size);
  const pull = new Float64Array(size);
  const lower = new Float64Array(size);
  const upper = new Float64Array(size);
  const strengths = kinks.map(({ row, unit }) => kinkStrength(modes, start, examples, row, unit));
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      gram[i * size + j] = matrices.gram[(margins + i) * count + margins + j];
    }
    pull[i] = start.products[margins + i];
    lower[i] = Math.min(0, strengths[i]);
    upper[i] = Math.max(0, strengths[i]);
  }
  const y = boxLeastSquares(gram, pull, lower, upper);
  const staying: SlidingKink[] = [];
  kinks.forEach(({ row, unit }, k) => {
    const fraction = y[k] / strengths[k];
    const kink = { example: examples[row], unit };
    const key = kink.example * modes.units + unit;
    if (fraction > 1e-9 && fraction < 1 - 1e-9) staying.push(kink);
    else modes.slopes[key] = fraction >= 0.5 ? modes.high : modes.low;
  });
  return staying;
}

/** Opens a phase for every kink that begins to slide, and closes those of the ones that stopped. */
export function recordPhases(
  modes: KinkModes,
  before: readonly SlidingKink[],
  alpha: number,
): void {
  for (const kink of modes.sliding) {
    if (!before.some((other) => same(kink, other))) {
      modes.phases.push({ ...kink, fromAlpha: alpha, toAlpha: undefined });
    }
  }
  for (const kink of before) {
    if (modes.sliding.some((other) => same(kink, other))) continue;
    const open = modes.phases.find((phase) => same(phase, kink) && phase.toAlpha === undefined);
    if (open) open.toAlpha = alpha;
  }
}

/** Flips the slopes of units whose crossing was too weak to end a step, and lets go of lost examples. */
export function settleModes(state: DualState, modes: KinkModes): boolean {
  const { stepper, examples, kinks, tolerance } = state;
  const end = stepper.stages[2];
  end.rows.moveTo(end.direction);
  const weak = violations(modes, end, examples, kinks, tolerance, stepper.h);
  for (const { example, unit, slide } of weak) {
    if (slide >= 0) continue;
    const key = example * modes.units + unit;
    modes.slopes[key] = modes.slopes[key] === modes.high ? modes.low : modes.high;
  }
  return weak.length > 0;
}
