import { boxLeastSquares } from '../../numerics/box-constrained-qp.js';
import { bracketedRoot } from '../../numerics/roots.js';
import { attemptStep, interpolateStep } from '../dual/dual-radau.js';
import { findSlope, stageOf, type DualStage } from '../dual/dual-stage.js';
import { rebuild, type DualState } from '../dual/dual-state.js';
import { kinkBlock } from '../dual/kink-balance.js';
import { kinkStrength, placeOf, type KinkModes, type SlidingKink } from './kink-modes.js';
import { violations, type Violation } from '../dual/kink-violations.js';

/** Amounts up to this count as lying on a boundary, once the step ends there. */
export const ON_BOUNDARY = 10;
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

/** What decides at a boundary: the jump's strength `c` (see `kinkStrength`), and the slope in use. */
export interface AtKinks {
  strength(kink: SlidingKink): number;
  /** Where it slides: its slope as a fraction of the jump. */
  fraction(kink: SlidingKink): number;
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
 * What the met boundaries ask for, decided where the flow lies on them: slopes are flipped where it
 * crosses, or leaves a kink it was sliding on; the kinks it can stay on become candidates.
 */
export function takeBoundaries(modes: KinkModes, met: readonly Violation[], at: AtKinks): void {
  const candidates = modes.sliding.filter(
    (kink) => !met.some((boundary) => boundary.slide >= 0 && sameKink(boundary, kink)),
  );
  for (const boundary of met) {
    const { example, unit, slide } = boundary;
    const key = placeOf(modes, boundary);
    if (slide >= 0) {
      modes.slopes[key] = at.fraction(boundary) >= 0.5 ? modes.high : modes.low;
    } else if (at.strength(boundary) < 0) {
      candidates.push({ example, unit });
      modes.slopes[key] = modes.low;
    } else {
      flip(modes, boundary);
    }
  }
  // The same array where they are the same as before.
  const before = modes.sliding;
  const same =
    candidates.length === before.length && candidates.every((kink, k) => kink === before[k]);
  if (!same) modes.sliding = candidates;
}

/** Of the candidates with the given weights and strengths, those whose slope lies inside the jump. */
export function keepInside(
  modes: KinkModes,
  candidates: readonly SlidingKink[],
  weights: Float64Array,
  strengths: readonly number[],
): SlidingKink[] {
  return candidates.filter((kink, k) => {
    const fraction = weights[k] / strengths[k];
    if (fraction > 1e-9 && fraction < 1 - 1e-9) return true;
    modes.slopes[placeOf(modes, kink)] = fraction >= 0.5 ? modes.high : modes.low;
    return false;
  });
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

/** The weights of least norm of v, for the products ∇z·v without them and the Gram matrix of the ∇z. */
export function weightsInside(
  gram: Float64Array,
  products: Float64Array,
  strengths: readonly number[],
): Float64Array {
  const lower = Float64Array.from(strengths, (strength) => Math.min(0, strength));
  const upper = Float64Array.from(strengths, (strength) => Math.max(0, strength));
  return boxLeastSquares(gram, products, lower, upper);
}

/** Goes over to the other side of a kink. */
export function flip(modes: KinkModes, kink: SlidingKink): void {
  const key = placeOf(modes, kink);
  modes.slopes[key] = modes.slopes[key] === modes.high ? modes.low : modes.high;
}

export function sameKink(a: SlidingKink, b: SlidingKink): boolean {
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
    flip(modes, crossed);
  }
}
