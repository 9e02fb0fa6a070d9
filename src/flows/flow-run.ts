import { requireSerial } from '../networks/serial.js';
import type { Objective } from '../losses/objective.js';
import {
  advanceDirect,
  directPhase,
  firstStep,
  makeImplicit,
  passengersOf,
  pointFrom,
  type DirectPhase,
} from './direct-phase.js';
import { advanceDual, dualPhaseAt, type DualPhase } from './dual-phase.js';
import { pairsAtWork } from './dual-state.js';
import type { GradientFlowOptions } from './flow-options.js';
import { meetsKinks } from './kink-modes.js';
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

/** A run with the method at work. */
export interface FlowRun {
  readonly objective: Objective;
  readonly run: Run;
  readonly direct: DirectPhase;
  dual: DualPhase | undefined;
}

/** The run at θ₀, before its first step. */
export function startRun(
  objective: Objective,
  theta0: Float64Array,
  options: GradientFlowOptions,
): FlowRun {
  const counts = noCounts();
  const { method = 'auto', tolerance } = options;
  const full = method === 'full-implicit' ? 'implicit' : 'explicit';
  const direct = directPhase(objective, theta0, tolerance, full, counts);
  const point = pointFrom(direct, direct.y, 0);
  const step = firstStep(direct, tolerance);
  const run = runFrom(point, direct.logShift, step, counts, options);
  const flow: FlowRun = { objective, run, direct, dual: undefined };
  // A network with kinks has no explicit phase: its steps end at every kink from the start.
  if (method === 'implicit' || (method === 'auto' && meetsKinks(objective.network)))
    startDual(flow, options);
  return flow;
}

/** Takes one accepted step, or says why none can be taken. */
export function advance(flow: FlowRun, options: GradientFlowOptions): Ending | undefined {
  if (flow.dual) return advanceDual(flow.run, flow.dual, options);
  const ending = advanceDirect(flow.run, flow.direct, options);
  if (ending === undefined) switchWhenStiff(flow, options);
  return ending;
}

function switchWhenStiff(flow: FlowRun, options: GradientFlowOptions): void {
  const { run, direct, objective } = flow;
  const { method = 'auto' } = options;
  if (direct.stepper.name === 'radau' || method !== 'auto') return;
  const attempts = run.counts.accepted + run.counts.rejected;
  if (direct.stiffSteps < STIFF_STEPS && attempts < EXPLICIT_ATTEMPTS) return;
  if (hasRamps(objective)) {
    makeImplicit(direct, run.counts);
  } else {
    // Counted only where it may matter: it takes another evaluation.
    const all = objective.examples * objective.pairs;
    if (all > MOST_PAIRS && pairsAt(flow, options) > MOST_PAIRS) return;
    startDual(flow, options);
  }
  run.marks.push({ name: 'implicit from here', point: run.point });
}

function pairsAt({ objective, direct, run }: FlowRun, { tolerance }: GradientFlowOptions): number {
  const { alpha, direction, logNorm } = run.point;
  const beta = Math.exp(direct.system.degree * logNorm);
  const margins = objective.margins(direction);
  return pairsAtWork(objective, alpha, beta, margins, tolerance).length;
}

function startDual(flow: FlowRun, { tolerance }: GradientFlowOptions): void {
  const { run, direct, objective } = flow;
  const passengers = passengersOf(direct, run.point.clock);
  flow.dual = dualPhaseAt(run, objective, direct.system.degree, tolerance, passengers);
}

/** Ramps curve so much that w itself has to take part in Newton's method. */
function hasRamps(objective: Objective): boolean {
  return requireSerial(objective.network, 'The flow').layers.some((layer) => layer.steep === true);
}
