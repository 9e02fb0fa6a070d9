import { minimum } from '../../numerics/vectors.js';
import { logTimeOf } from '../direct/direction-system.js';
import type { DualPhase } from './dual-phase.js';
import type { DualState, Landing } from './dual-state.js';
import type { DualStage } from './dual-stage.js';
import { kinkStrength } from '../kinks/kink-modes.js';
import { carryPassengers, type Passengers } from './quadratures.js';
import type { Run } from '../run.js';
import type { FlowPoint, PointKink } from '../trajectory.js';

/** What a stage tells of its velocity. */
export function velocityOf(
  { direction, velocity, radial, q }: DualStage,
  pairs: readonly number[],
): Required<Pick<FlowPoint, 'alignmentAngle' | 'duals'>> {
  let across = 0;
  for (let i = 0; i < direction.length; i++) {
    across += (velocity[i] - radial * direction[i]) ** 2;
  }
  const alignmentAngle = Math.atan2(Math.sqrt(across), radial);
  return { alignmentAngle, duals: { pairs, q: q.slice() } };
}

export function passengersAfter(phase: DualPhase, h: number): Passengers {
  const { state, passengers } = phase;
  const { loss } = state.objective;
  return carryPassengers(passengers, state.stepper.stages, h, {
    degree: state.degree,
    beta: state.stepper.step.beta,
    alpha: state.alpha,
    slopeDecay: (alpha) => loss.slopeDecay(alpha),
  });
}

/** A landing as a point, before the step to it is taken. */
export function pointOf(run: Run, phase: DualPhase, landing: Landing, h: number): FlowPoint {
  return assemble(run, phase, landing, passengersAfter(phase, h));
}

/** The point at which the state now is, with its kinks. */
export function pointHere(run: Run, phase: DualPhase, landing: Landing): FlowPoint {
  const { state, passengers } = phase;
  const { start } = state.stepper;
  const direction = start.direction.slice();
  const stays = direction.every((value, i) => value === landing.direction[i]);
  const margins = stays ? landing.margins : state.objective.margins(direction);
  const point = assemble(run, phase, { ...landing, direction, margins }, passengers);
  return { ...point, kinks: kinksHere(state) };
}

function assemble(
  run: Run,
  { state }: DualPhase,
  landing: Landing,
  passengers: Passengers,
): FlowPoint {
  const { alpha, logNorm, direction, margins } = landing;
  const rate = -state.objective.loss.logSlope(alpha) + (2 - state.degree) * logNorm;
  return {
    clock: passengers.clock,
    logTime: logTimeOf(rate, passengers.time, run.logShift),
    logNorm,
    alpha,
    smallestMargin: minimum(margins),
    pathLength: passengers.pathLength,
    direction,
  };
}

function kinksHere(state: DualState): PointKink[] | undefined {
  const { modes, kinks, examples, stepper } = state;
  if (!modes) return undefined;
  const { start } = stepper;
  return kinks.map(({ row, unit }, k) => {
    const kink = { example: examples[row], unit };
    const strength = kinkStrength(modes, start, examples, kinks, kink);
    const fraction = start.unknowns[start.rows.margins + k] / strength;
    const slope = modes.low + fraction * (modes.high - modes.low);
    return { ...kink, slope };
  });
}
