import { requireSerial } from '../../networks/serial.js';
import type { Objective } from '../../losses/objective.js';
import { inExponentialTail, requireTail } from '../../losses/tail.js';
import { norm } from '../../numerics/vectors.js';
import { earlyLaw, tailLaw, type DualLaw } from './dual-law.js';
import { amplifiedError, cancellation, LARGEST_LAMBDA_ERROR } from './dual-error.js';
import { predictFrom } from './dual-prediction.js';
import { dualRadau, prepareStep } from './dual-radau.js';
import type { DualRadau } from './dual-attempt.js';
import type { DualStage, StepStart } from './dual-stage.js';
import {
  fillGates,
  gatedLayers,
  gatesFor,
  kinkModesAt,
  kinkRows,
  refreshSlopes,
  type KinkModes,
} from '../kinks/kink-modes.js';
import { marginRowSets } from '../rows/margin-rows.js';
import type { KinkRow } from '../rows/row-choice.js';
import type { Counts } from '../stepper.js';

/** Pairs come in where log q exceeds log(tolerance) minus this, and leave below it minus `LEAVING`. */
const ENTERING = 6;
const LEAVING = 4;
/** A pair that comes in this far above its threshold has been missed: the step was too long. */
const MISSED = 4;

/** How far q·λ is in doubt, in tolerances: seen at loose ones, where pairs have left within a step. */
const DOUBT = 1e3;

/** The run's own state between steps, in dual variables. */
export interface DualState {
  readonly objective: Objective;
  readonly degree: number;
  readonly tolerance: number;
  readonly counts: Counts;
  /** Undefined for a smooth network. */
  readonly modes: KinkModes | undefined;
  logNorm: number;
  alpha: number;
  /** Active pairs, increasing; their examples; λ of each. */
  pairs: readonly number[];
  examples: readonly number[];
  lambda: Float64Array;
  /** True from where λ is known better than the margins at w tell. */
  fromDuals: boolean;
  /** True from where w is to follow it: not before the loss has its tail, where the tolerance of w serves. */
  leads: boolean;
  kinks: readonly KinkRow[];
  /** Slopes of the kinked layers for the rows in use. */
  gates: readonly Float64Array[];
  stepper: DualRadau;
  /** What tells the stepper's rows apart: the pairs, then the kinks as negative numbers. */
  keys: readonly number[];
}

/** The state at direction w and log-norm. */
export function dualStateAt(
  objective: Objective,
  degree: number,
  direction: Float64Array,
  logNorm: number,
  tolerance: number,
  counts: Counts,
  modes = kinkModesAt(objective, direction),
): DualState {
  const beta = Math.exp(degree * logNorm);
  const { alpha, margins } = objective.dual(direction, beta);
  if (inTail(objective, alpha)) lookAtTail(objective, beta, margins);
  const pairs = pairsAtWork(objective, alpha, beta, margins, tolerance);
  const state: Omit<DualState, 'examples' | 'kinks' | 'gates' | 'stepper' | 'keys'> = {
    objective,
    degree,
    tolerance,
    counts,
    modes,
    logNorm,
    alpha,
    pairs,
    lambda: Float64Array.from(pairs, (i) => alpha - beta * margins[i]),
    fromDuals: false,
    leads: false,
  };
  const built = state as DualState;
  rebuild(built, direction);
  return built;
}

/** Throws where the loss is not the exponential one, as it says. */
function lookAtTail({ loss, pairs }: Objective, beta: number, margins: Float64Array): void {
  requireTail(
    loss,
    margins.map((margin) => beta * margin),
    pairs,
  );
}

/** The pairs that take part, from the margins of all: before the loss has its tail, every one. */
export function pairsAtWork(
  objective: Objective,
  alpha: number,
  beta: number,
  margins: Float64Array,
  tolerance: number,
): number[] {
  const all = [...margins.keys()];
  if (!inTail(objective, alpha)) return all;
  return all.filter((i) => alpha - beta * margins[i] > threshold(tolerance));
}

function threshold(tolerance: number): number {
  return Math.log(tolerance) - ENTERING;
}

function inTail({ loss }: Objective, alpha: number): boolean {
  return inExponentialTail(loss, alpha);
}

/**
 * A new stepper for the state's pairs and sliding kinks, prepared at the given direction. Where the
 * flow `goesOn` smoothly, the last step still predicts the next one.
 */
export function rebuild(state: DualState, direction: Float64Array, goesOn = false): void {
  const { objective, modes, pairs, counts, tolerance } = state;
  const { stepper: last, keys: lastKeys } = state;
  const before = new Set<number>(state.examples);
  state.examples = pairs.map((pair) => Math.floor(pair / objective.pairs));
  const entering = new Set(state.examples.filter((example) => !before.has(example)));
  if (modes && before.size > 0) refreshSlopes(modes, objective, direction, entering);
  state.kinks = modes ? kinkRows(modes.sliding, state.examples, modes.layers) : [];
  const { kinks } = state;
  let { layers } = requireSerial(objective.network, 'The late flow');
  if (modes) {
    state.gates = gatesFor(modes, pairs.length + kinks.length);
    fillGates(modes, examplesOfRows(state), state.gates);
    layers = gatedLayers(layers, modes.layers, state.gates);
  }
  const rows = marginRowSets(objective, { pairs, kinks, layers }, 4);
  const { parameters } = objective;
  const system = { parameters, rows, kinks, smooth: !modes, tolerance, counts };
  state.stepper = dualRadau(system, stepStart(state, direction));
  state.keys = rowKeys(state);
  if (goesOn) {
    const lastRows = state.keys.map((key) => lastKeys.indexOf(key));
    predictFrom(state.stepper, last, lastRows);
  }
}

/** The examples of all rows: of the pairs, then of the kinks. */
function examplesOfRows({ examples, kinks }: DualState): number[] {
  return [...examples, ...kinks.map(({ row }) => examples[row])];
}

function rowKeys({ pairs, examples, kinks, modes }: DualState): number[] {
  const units = modes?.units ?? 0;
  return [...pairs, ...kinks.map(({ row, unit }) => -1 - examples[row] * units - unit)];
}

/** Goes on with the same pairs and kinks from the given direction. */
export function goOn(state: DualState, direction: Float64Array): void {
  if (state.modes) fillGates(state.modes, examplesOfRows(state), state.gates);
  prepareStep(state.stepper, stepStart(state, direction));
}

function stepStart(state: DualState, direction: Float64Array): StepStart {
  const { alpha, lambda, degree, logNorm } = state;
  const beta = Math.exp(degree * logNorm);
  const law = lawOf(state);
  return { direction, alpha, lambda, law, leads: state.leads, beta, degree };
}

function lawOf({ objective, alpha, lambda }: DualState): DualLaw {
  return inTail(objective, alpha)
    ? tailLaw
    : earlyLaw(objective.loss, alpha, objective.pairs, lambda.length);
}

/** The pairs that matter from here on; the same array where they are the same as before. */
function pairsFromHere(
  { pairs: before, tolerance }: DualState,
  count: number,
  lambdaOf: (pair: number) => number,
  tail: boolean,
): readonly number[] {
  const all = Array.from({ length: count }, (_, i) => i);
  if (!tail) return before.length === count ? before : all;
  const enters = threshold(tolerance);
  const active = new Set(before);
  const needed = all.filter((i) => lambdaOf(i) > (active.has(i) ? enters - LEAVING : enters));
  return needed.length === before.length && needed.every((i) => active.has(i)) ? before : needed;
}

/**
 * Takes in pairs that press at w but were held off where the step ended: where w follows λ, its error of a
 * tolerance is that times ‖θ‖^L in their λ, and they would be missed in every step from here. They come in
 * as any do, at the threshold, and w follows. True where there are any: the stepper has to be rebuilt.
 */
export function takeInPressing(state: DualState, direction: Float64Array): boolean {
  const { objective, alpha, degree, logNorm, tolerance, pairs, lambda } = state;
  if (pairs.length === objective.examples * objective.pairs) return false;
  const margins = objective.margins(direction);
  const pressing = pairsAtWork(objective, alpha, Math.exp(degree * logNorm), margins, tolerance);
  const known = new Map(pairs.map((pair, r) => [pair, lambda[r]]));
  if (pressing.every((pair) => known.has(pair))) return false;
  state.pairs = [...new Set([...pairs, ...pressing])].sort((a, b) => a - b);
  state.lambda = Float64Array.from(state.pairs, (pair) => known.get(pair) ?? threshold(tolerance));
  return true;
}

/** What a stage would be as the next point. */
export interface StepEnd {
  readonly alpha: number;
  readonly logNorm: number;
  /** Of unit norm. */
  readonly direction: Float64Array;
  /** Unscaled margins of every pair. */
  readonly margins: Float64Array;
}

export function stepEndAt(state: DualState, stage: DualStage): StepEnd {
  const { objective, degree, pairs, stepper } = state;
  const length = norm(stage.direction);
  const direction = stage.direction.map((value) => value / length);
  const logNorm = state.logNorm + stage.logNormChange;
  const beta = Math.exp(degree * logNorm);
  const { law } = stepper.step;
  if (!state.fromDuals) {
    const { alpha, margins } = objective.dual(direction, beta);
    return { alpha, logNorm, direction, margins: margins.slice() };
  }
  const margins = objective.margins(direction).slice();
  if (law.common === 0) {
    const scaled = stage.lambda.map((value) => stepper.step.alpha - value);
    const alpha = objective.loss.dual(scaled, objective.pairs, stage.q);
    return { alpha, logNorm, direction, margins };
  }
  // α = Σ q (σ + log q): exact for q = softmax(−σ), and blind to errors of the single margins.
  law.weights(stage.lambda, stage.q);
  let alpha = 0;
  for (let r = 0; r < pairs.length; r++) {
    const q = stage.q[r];
    if (q > 0) alpha += q * (beta * margins[pairs[r]] + Math.log(q));
  }
  return { alpha, logNorm, direction, margins };
}

/** True where a pair outside the active ones would have come in unnoticed. */
export function missesPairs(state: DualState, stepEnd: StepEnd): boolean {
  const { pairs, degree, tolerance, stepper } = state;
  if (stepper.step.law.common === 0) return false;
  const beta = Math.exp(degree * stepEnd.logNorm);
  const limit = threshold(tolerance) + MISSED;
  let next = 0;
  for (let i = 0; i < stepEnd.margins.length; i++) {
    if (pairs[next] === i) next++;
    else if (stepEnd.alpha - beta * stepEnd.margins[i] > limit) return true;
  }
  return false;
}

/**
 * Takes the end of a step as the new state, with the pairs that matter there. True where they differ from
 * those before, so that the stepper has to be rebuilt.
 */
export function moveState(state: DualState, stepEnd: StepEnd, lambdaEnd: Float64Array): boolean {
  const { objective, degree, tolerance, stepper, pairs: before } = state;
  const { alpha, logNorm, margins } = stepEnd;
  const beta = Math.exp(degree * logNorm);
  const known = new Map<number, number>();
  const { law } = stepper.step;
  if (law.common === 0 && inTail(objective, alpha)) lookAtTail(objective, beta, margins);
  const error = amplifiedError(stepper);
  const amplified = error * cancellation(stepper);
  state.fromDuals = amplified > LARGEST_LAMBDA_ERROR;
  state.leads = law.common === 1 && error > LARGEST_LAMBDA_ERROR;
  if (state.fromDuals) {
    const q = new Float64Array(lambdaEnd.length);
    law.weights(lambdaEnd, q);
    const largest = q.indexOf(q.reduce((most, value) => Math.max(most, value), 0));
    const shift =
      law.common === 1 ? Math.log(q[largest]) - lambdaEnd[largest] : alpha - stepper.step.alpha;
    // λ is controlled only as far as its q matters. Where the margin's own error would matter less,
    // the margin tells: w would otherwise follow a λ that may be wrong by much.
    const doubt = Math.min(LARGEST_LAMBDA_ERROR, DOUBT * tolerance);
    const matters = doubt / Math.expm1(amplified);
    before.forEach((pair, r) =>
      known.set(pair, q[r] > matters ? lambdaEnd[r] + shift : alpha - beta * margins[pair]),
    );
  }
  const lambdaOf = (i: number) => known.get(i) ?? alpha - beta * margins[i];
  const pairs = pairsFromHere(state, margins.length, lambdaOf, inTail(objective, alpha));
  state.alpha = alpha;
  state.logNorm = logNorm;
  state.pairs = pairs;
  state.lambda = Float64Array.from(pairs, lambdaOf);
  return pairs !== before;
}
