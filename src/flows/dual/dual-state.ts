import type { SerialObjective } from '../../losses/objective.js';
import { inExponentialTail } from '../../losses/tail.js';
import { entryThreshold, pairsAtWork } from './active-pairs.js';
import { earlyLaw, tailLaw, type DualLaw } from './dual-law.js';
import { predictFrom } from './dual-prediction.js';
import { requireTailAt } from './tail-check.js';
import { dualRadau, isReduced, prepareStep } from './dual-radau.js';
import type { DualRadau } from './dual-attempt.js';
import type { StepStart } from './dual-stage.js';
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
import { hasLinearScores } from '../rows/linear-scores.js';
import { scoreRowSets } from '../rows/score-rows.js';
import type { KinkRow } from '../rows/row-choice.js';
import type { Counts } from '../stepper.js';
import type { FlowPoint } from '../trajectory.js';

/** The run's own state between steps, in dual variables. */
export interface DualState {
  readonly objective: SerialObjective;
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
  objective: SerialObjective,
  degree: number,
  direction: Float64Array,
  logNorm: number,
  tolerance: number,
  counts: Counts,
  modes = kinkModesAt(objective, direction),
): DualState {
  const beta = Math.exp(degree * logNorm);
  const { alpha, margins } = objective.dual(direction, beta);
  if (inExponentialTail(objective.loss, alpha)) requireTailAt(objective, beta, margins);
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

/**
 * Goes on from dual variables that are known better than the margins at the state's direction tell them: late,
 * rounding of that is more than the differences of margins that they stand for. The kinks are those of `modes`.
 */
export function adoptDuals(state: DualState, { pairs, q }: NonNullable<FlowPoint['duals']>): void {
  const enters = entryThreshold(state.tolerance);
  const known = [...q.keys()].filter((k) => Math.log(q[k]) > enters);
  if (known.length === 0) return;
  known.sort((a, b) => pairs[a] - pairs[b]);
  state.pairs = known.map((k) => pairs[k]);
  // None of them enters here: their slopes are known.
  state.examples = state.pairs.map((pair) => Math.floor(pair / state.objective.pairs));
  state.lambda = Float64Array.from(known, (k) => Math.log(q[k]));
  state.fromDuals = true;
  state.leads = true;
  rebuild(state, state.stepper.start.direction.slice());
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
  let { layers } = objective.network;
  if (modes) {
    state.gates = gatesFor(modes, pairs.length + kinks.length);
    fillGates(modes, examplesOfRows(state), state.gates);
    layers = gatedLayers(layers, modes.layers, state.gates);
  }
  const { parameters } = objective;
  const shares = isReduced(!modes, parameters, pairs.length) && hasLinearScores(objective);
  const rows = (shares ? scoreRowSets : marginRowSets)(objective, { pairs, kinks, layers }, 4);
  const system = { parameters, rows, kinks, smooth: !modes, tolerance, counts };
  state.stepper = dualRadau(system, stepStart(state, direction));
  state.keys = rowKeys(state);
  if (goesOn) {
    const places = new Map(lastKeys.map((key, row) => [key, row]));
    const lastRows = state.keys.map((key) => places.get(key) ?? -1);
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
  return inExponentialTail(objective.loss, alpha)
    ? tailLaw
    : earlyLaw(objective.loss, alpha, objective.pairs, lambda.length);
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
  state.lambda = Float64Array.from(
    state.pairs,
    (pair) => known.get(pair) ?? entryThreshold(tolerance),
  );
  return true;
}
