import type { SerialObjective } from '../losses/objective.js';
import { requireCurved } from '../losses/loss.js';
import { requireLoss } from '../losses/loss-checks.js';
import { inExponentialTail, tailRefusal } from '../losses/tail.js';
import {
  alignmentAngleOf,
  directSegment,
  firstStep,
  makeImplicit,
  quadraturesOf,
  pointFrom,
  type DirectSegment,
} from './direct/direct-segment.js';
import { advanceDirect } from './direct/direct-steps.js';
import { dualSegmentAt, type DualSegment } from './dual/dual-segment.js';
import { advanceDual } from './dual/dual-steps.js';
import { isReduced } from './dual/dual-radau.js';
import { adoptDuals } from './dual/dual-state.js';
import { countAtWork } from './dual/active-pairs.js';
import { hasLinearScores } from './rows/linear-scores.js';
import { startFrom, type FlowStart, type GradientFlowOptions } from './flow-options.js';
import { chooseSliding } from './dual/dual-kinks.js';
import { kinkModesAt, slopeIndexOf, type KinkModes } from './kinks/kink-modes.js';
import { recordSliding } from './kinks/sliding.js';
import { firstPoint, piecewiseSegment, type PiecewiseSegment } from './direct/piecewise-segment.js';
import { advancePiecewise } from './direct/piecewise-steps.js';
import { runFrom, type Ending, type Run } from './run.js';
import { noCounts } from './stepper.js';

/** The explicit method gives way after this many steps in a row that stability limits … */
const STIFF_STEPS = 4;
/** … or after this many attempts, as where a kink makes it chatter without looking stiff. */
const EXPLICIT_ATTEMPTS = 400;
/**
 * With more pairs at work than this the explicit method goes on: an implicit step factors matrices of
 * their number. In the loss's exponential tail ever fewer are.
 */
const MOST_PAIRS = 1_500;
/**
 * … or of the parameters, where these are far fewer: what it then keeps of every pair and parameter is
 * at most so many numbers.
 */
const MOST_NUMBERS = 5e6;

/** A run that goes on from here or later is stiff from its first step. */
const LATE = 40;

/** A run with the method at work. */
export interface RunningFlow {
  readonly objective: SerialObjective;
  readonly run: Run;
  readonly direct: DirectSegment;
  /** `direct` for a network with kinks: its steps end at them. */
  readonly kinked: PiecewiseSegment | undefined;
  readonly modes: KinkModes | undefined;
  dual: DualSegment | undefined;
}

/** The run at its start, before its first step. */
export function startRun(
  objective: SerialObjective,
  from: Float64Array | FlowStart,
  options: GradientFlowOptions,
): RunningFlow {
  const counts = noCounts();
  const { method = 'auto', tolerance } = options;
  if (method === 'auto' || method === 'implicit') requireLateFlow(objective);
  const full = method === 'full-implicit' ? 'implicit' : 'explicit';
  if (full === 'implicit') requireCurved(objective.loss, "The method 'full-implicit'");
  const start = startFrom(objective, from);
  requireLossAt(objective, start);
  const modes = full === 'explicit' ? kinkModesAt(objective, start.direction) : undefined;
  const kinked = modes && piecewiseSegment(objective, start, tolerance, counts, modes);
  const direct = kinked ?? directSegment(objective, start, tolerance, full, counts);
  const plain = () => ({
    ...pointFrom(direct, direct.y, 0),
    alignmentAngle: alignmentAngleOf(direct),
  });
  const point = kinked ? firstPoint(kinked) : plain();
  const step = firstStep(direct, tolerance);
  const run = runFrom(point, direct.logShift, step, counts, options);
  const flow: RunningFlow = { objective, run, direct, kinked, modes, dual: undefined };
  const late = !(from instanceof Float64Array) && point.alpha >= LATE;
  if (method === 'implicit') startDual(flow, options);
  else if (method === 'auto' && late) goImplicit(flow, options);
  const { dual } = flow;
  const knowsDuals = late && inExponentialTail(objective.loss, point.alpha);
  if (dual && knowsDuals && start.duals) resumeDuals(dual, start.duals, start.kinks);
  return flow;
}

/** The dual variables and kinks of the point where another run ended, which margins can no longer tell. */
function resumeDuals(
  { state }: DualSegment,
  duals: NonNullable<FlowStart['duals']>,
  kinks: NonNullable<FlowStart['kinks']> = [],
): void {
  const { modes } = state;
  const before = modes?.sliding ?? [];
  if (modes) {
    modes.sliding = kinks.map(({ example, unit }) => ({ example, unit }));
    for (const kink of kinks) modes.slopes[slopeIndexOf(modes, kink)] = modes.low;
  }
  adoptDuals(state, duals);
  if (!modes) return;
  chooseSliding(state, modes, state.stepper.start.direction.slice());
  recordSliding(modes, before, state.alpha);
}

/** Throws a sentence where the implicit segment would rest on a tail that the loss has not. */
function requireLateFlow({ loss }: SerialObjective): void {
  const refusal = tailRefusal(loss);
  if (refusal === undefined) return;
  throw new Error(
    `The late flow is not there: ${refusal}; expected a number there, or method 'explicit'.`,
  );
}

/** Throws a sentence where the loss is not what it says at the start's margins. */
function requireLossAt(objective: SerialObjective, { direction, logNorm }: FlowStart): void {
  const { degree } = objective.network;
  // Where there is none, the flow says so itself.
  const beta = degree.homogeneous ? Math.exp(degree.degree * logNorm) : 1;
  const margins = objective.margins(direction).map((margin) => beta * margin);
  requireLoss(objective.loss, margins, objective.pairs);
}

/** Takes one accepted step, or says why none can be taken. */
export function advance(flow: RunningFlow, options: GradientFlowOptions): Ending | undefined {
  if (flow.dual) return advanceDual(flow.run, flow.dual, options);
  const ending = flow.kinked
    ? advancePiecewise(flow.run, flow.kinked, options)
    : advanceDirect(flow.run, flow.direct, options);
  if (ending === undefined) switchWhenStiff(flow, options);
  return ending;
}

function switchWhenStiff(flow: RunningFlow, options: GradientFlowOptions): void {
  const { run, direct } = flow;
  const { method = 'auto' } = options;
  if (direct.stepper.implicit || method !== 'auto') return;
  const attempts = run.counts.accepted + run.counts.rejected;
  // Steps that end at kinks are many, and none the worse.
  const enough = attempts >= EXPLICIT_ATTEMPTS && !flow.kinked;
  if (direct.stiffSteps < STIFF_STEPS && !enough) return;
  if (goImplicit(flow, options)) run.marks.push({ name: 'implicit from here', point: run.point });
}

/** Goes on with the implicit method that the network asks for; false where pairs are too many. */
function goImplicit(flow: RunningFlow, options: GradientFlowOptions): boolean {
  const { run, direct, objective } = flow;
  if (hasRamps(objective)) {
    makeImplicit(direct, run.counts);
    return true;
  }
  // Counted only where it may matter: it takes another evaluation.
  const all = objective.examples * objective.pairs;
  if (all > MOST_PAIRS && tooMany(flow, pairsAt(flow, options))) return false;
  startDual(flow, options);
  return true;
}

function tooMany({ objective, modes }: RunningFlow, pairs: number): boolean {
  const { parameters } = objective;
  // Of rows that are never formed only matrices of the parameters are kept.
  const kept = (hasLinearScores(objective) ? parameters : pairs) * parameters;
  const few = isReduced(modes === undefined, parameters, pairs) && kept <= MOST_NUMBERS;
  return pairs > MOST_PAIRS && !few;
}

function pairsAt(
  { objective, direct, run }: RunningFlow,
  { tolerance }: GradientFlowOptions,
): number {
  const { alpha, direction, logNorm } = run.point;
  const beta = Math.exp(direct.system.degree * logNorm);
  const margins = objective.margins(direction);
  return countAtWork(objective, alpha, beta, margins, tolerance);
}

function startDual(flow: RunningFlow, { tolerance }: GradientFlowOptions): void {
  const { run, direct, objective, modes } = flow;
  const quadratures = quadraturesOf(direct, run.point.clock);
  flow.dual = dualSegmentAt(run, objective, direct.system.degree, tolerance, quadratures, modes);
}

/** Ramps curve so much that w itself has to take part in Newton's method. */
function hasRamps(objective: SerialObjective): boolean {
  return objective.network.layers.some((layer) => layer.steep === true);
}
