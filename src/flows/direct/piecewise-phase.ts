import type { Objective } from '../../losses/objective.js';
import {
  directPhase,
  firstLanding,
  pointFrom,
  steadyGrowth,
  type DirectPhase,
} from './direct-phase.js';
import { places, renormalize } from './direction-system.js';
import { dormandPrince, type DenseStepper } from './dormand-prince.js';
import { heun } from './heun.js';
import type { FlowStart, GradientFlowOptions } from '../flow-options.js';
import { placeOf, type KinkModes } from '../kinks/kink-modes.js';
import type { Violation } from '../dual/kink-violations.js';
import { crossed, EXACT, excess, fractionAt, meetBoundary } from './piecewise-boundary.js';
import { piecewiseSystem, type PiecewiseSystem } from './piecewise-system.js';
import { notFinite, record, shrinkage, stepUnderflow, type Ending, type Run } from '../run.js';
import {
  flip,
  keepInside,
  recordPhases,
  sameKink,
  takeBoundaries,
  weightsInside,
} from '../kinks/sliding.js';
import type { Counts } from '../stepper.js';
import type { FlowPoint } from '../trajectory.js';

/**
 * Of the tolerance, what the explicit steps are held to: slopes on kinks answer to errors of the
 * direction many times over, and nothing in a step damps these as an implicit one does.
 */
const SHARE = 0.2;
/** … but to no less than this on that account: by then slopes are known well, and rounding is near. */
const STRICT = 1e-9;
/** A step of this share of another has an error of `EXACT` of the other's. */
const EXACT_SHARE = EXACT ** (1 / 5);
/** So many steps in a row decide for the other explicit method; where it fails, so many more. */
const PERSISTENCE = 3;
const IN_VAIN = -8;
/** A step cut to less than this share is much shorter than accuracy asks for. */
const CUT_SHORT = 0.1;
/** Boundaries met without the clock moving, before the run is given up. */
const MEETINGS_AT_ONCE = 50;

/** The explicit phase of a network with kinks: its steps end at them. */
export interface PiecewisePhase extends DirectPhase {
  readonly piecewise: PiecewiseSystem;
  /** One of the two below. */
  stepper: DenseStepper;
  readonly fine: DenseStepper;
  /** For steps much shorter than accuracy asks for, as kinks that come often make them. */
  readonly coarse: DenseStepper;
  /** Steps in a row that speak for the other of the two; below 0 it has just been tried in vain. */
  otherwise: number;
  /** Size of the step after the last one with `fine`. */
  fineStep: number;
}

/** The phase at a start, on the piece that the signs there tell, and on the start's kinks where it can stay on them. */
export function piecewisePhase(
  objective: Objective,
  start: FlowStart,
  tolerance: number,
  counts: Counts,
  modes: KinkModes,
): PiecewisePhase {
  const piecewise = piecewiseSystem(objective, modes);
  const { system } = piecewise;
  const held = Math.min(tolerance, Math.max(SHARE * tolerance, STRICT));
  const direct = directPhase(objective, start, held, 'explicit', counts, system);
  const fine = dormandPrince(system, direct.tolerances, counts);
  const coarse = heun(system, direct.tolerances, counts);
  const phase: PiecewisePhase = {
    ...direct,
    piecewise,
    stepper: fine,
    fine,
    coarse,
    otherwise: 0,
    fineStep: 0,
  };
  const { kinks = [] } = start;
  if (kinks.length > 0) {
    modes.sliding = kinks.map(({ example, unit }) => ({ example, unit }));
    for (const kink of kinks) modes.slopes[placeOf(modes, kink)] = modes.low;
    chooseSliding(phase, counts);
    system.field(phase.y, phase.slope);
    recordPhases(modes, [], pointFrom(phase, phase.y, 0).alpha);
  }
  return phase;
}

/** Takes one accepted step, or says why none can be taken. `slope` is f at `y` throughout. */
export function advancePiecewise(
  run: Run,
  phase: PiecewisePhase,
  options: GradientFlowOptions,
): Ending | undefined {
  const { piecewise, y, slope } = phase;
  const { counts } = run;
  const { tolerance } = options;
  const { objective } = piecewise.system;
  let rejected = false;
  let stiff = false;
  for (let meetings = 0; ;) {
    if (!slope.every(Number.isFinite)) return notFinite(run);
    const underflow = stepUnderflow(run);
    if (underflow) return underflow;
    const h = run.step;
    const { stepper } = phase;
    const attempt = stepper.attempt(y, slope, h);
    const { y: end, error } = attempt;
    stiff ||= stepper.stiffness() > 1;
    if (!(error <= 1) || !end.every(Number.isFinite)) {
      counts.rejected++;
      rejected = true;
      run.step = h * shrinkage(error, stepper.errorOrder);
      if (stepper === phase.coarse) takeFine(run, phase, IN_VAIN);
      continue;
    }
    let next = h * steadyGrowth(error, stepper.errorOrder, rejected);
    const meeting = meetBoundary(piecewise, phase, tolerance, h, attempt);
    if (meeting?.h === 0) {
      if (++meetings > MEETINGS_AT_ONCE) return stepUnderflow({ ...run, step: 0 });
      turn(phase, meeting.met, run.point.alpha, counts);
      // A unit may rise from its kink and come back within the step, which a shorter one tells.
      if (meetings > 1) run.step = h / 4;
      continue;
    }
    // Where kinks come often, shorter steps meet them with fewer attempts.
    if (meeting) next = error <= EXACT ? h : EXACT_SHARE * h;
    const step = meeting?.h ?? h;
    const landed = firstLanding(run, phase, options, step, end);
    if (!landed) {
      counts.rejected++;
      run.step = h / 2;
      continue;
    }
    // Where a boundary cut the step short, stability did not.
    if (stiff) phase.stiffSteps++;
    else if (!meeting) phase.stiffSteps = 0;
    y.set(end);
    renormalize(y, objective.parameters);
    const met = meeting && landed.step === step ? meeting.met : [];
    settle(phase, met, step, landed.point.alpha, run, tolerance);
    const direction = y.slice(0, objective.parameters);
    record(run, { ...landed.point, direction, ...whatIsKnown(phase) }, options);
    run.step = next;
    chooseStepper(run, phase, step, h, meeting !== undefined);
    return undefined;
  }
}

/** Takes the coarse method where steps end at kinks long before accuracy asks for it, and gives it up where they do not. */
function chooseStepper(
  run: Run,
  phase: PiecewisePhase,
  step: number,
  tried: number,
  cut: boolean,
): void {
  const isFine = phase.stepper === phase.fine;
  const against = isFine ? cut && step < CUT_SHORT * tried : !cut;
  if (isFine) phase.fineStep = run.step;
  phase.otherwise = against ? phase.otherwise + 1 : Math.min(0, phase.otherwise);
  if (phase.otherwise < PERSISTENCE) return;
  if (!isFine) {
    takeFine(run, phase, 0);
    return;
  }
  phase.stepper = phase.coarse;
  phase.otherwise = 0;
  run.step = Math.min(run.step, 2 * step);
}

function takeFine(run: Run, phase: PiecewisePhase, otherwise: number): void {
  phase.stepper = phase.fine;
  phase.otherwise = otherwise;
  run.step = phase.fineStep;
}

/** Takes the boundaries that ended a step, and flips what it crossed too weakly to end there. */
function settle(
  phase: PiecewisePhase,
  met: readonly Violation[],
  h: number,
  alpha: number,
  { counts }: Run,
  tolerance: number,
): void {
  const { piecewise, y, slope } = phase;
  const { modes, system } = piecewise;
  if (met.length > 0) {
    turn(phase, met, alpha, counts);
  } else {
    // Behind the first layer z is not linear in w, so that a step does not keep it at zero.
    if (modes.layers.length > 1) piecewise.restore(y.subarray(0, system.objective.parameters));
    system.field(y, slope);
    counts.evaluations++;
  }
  for (const kink of crossed(piecewise, tolerance, h)) {
    // What this changes in the slope is less than what matters.
    if (kink.slide < 0 && !met.some((boundary) => sameKink(boundary, kink))) flip(modes, kink);
  }
}

/** Takes boundaries on which the phase lies: afterwards `slope` is that of the piece it goes on along. */
function turn(
  phase: PiecewisePhase,
  met: readonly Violation[],
  alpha: number,
  counts: Counts,
): void {
  const { piecewise, y, slope } = phase;
  const { modes, system } = piecewise;
  const before = modes.sliding;
  takeBoundaries(modes, met, {
    strength: piecewise.strength,
    fraction: (kink) =>
      fractionAt(
        piecewise,
        piecewise.sliding.findIndex((other) => sameKink(other, kink)),
      ),
  });
  const changed = modes.sliding !== before;
  if (changed) chooseSliding(phase, counts);
  system.field(y, slope);
  counts.evaluations++;
  if (!changed && piecewise.sliding.some((_, k) => excess(piecewise, k) > 1)) {
    chooseSliding(phase, counts);
    system.field(y, slope);
    counts.evaluations++;
  }
  recordPhases(modes, before, alpha);
}

/** As for the implicit method: of the candidates, those that the least velocity keeps on their kink. */
function chooseSliding({ piecewise, y, slope }: PiecewisePhase, counts: Counts): void {
  const { modes, system } = piecewise;
  if (modes.sliding.length === 0) {
    piecewise.refresh();
    return;
  }
  const { objective, degree } = system;
  const at = places(objective.parameters);
  const w = y.slice(0, objective.parameters);
  piecewise.refresh();
  const candidates = piecewise.sliding;
  // What kinks of a later layer add to the strength of others follows from their own weights.
  if (modes.layers.length > 1) system.field(y, slope);
  const { products, gram } = piecewise.pulls(w, Math.exp(degree * y[at.logNorm]), candidates);
  const strengths = candidates.map(piecewise.strength);
  const weights = weightsInside(gram, products, strengths);
  const staying = keepInside(modes, candidates, weights, strengths);
  modes.sliding = staying;
  piecewise.refresh();
  piecewise.restore(y.subarray(0, objective.parameters));
  counts.evaluations++;
}

/** What the last evaluation of the field tells about a point, besides what is seen from outside. */
function whatIsKnown({
  piecewise,
  slope,
}: PiecewisePhase): Pick<FlowPoint, 'alignmentAngle' | 'kinks'> {
  const { modes, system } = piecewise;
  const at = places(system.objective.parameters);
  const { low, high } = modes;
  return {
    alignmentAngle: Math.atan2(slope[at.pathLength], slope[at.logNorm]),
    kinks: piecewise.sliding.map((kink, k) => ({
      ...kink,
      slope: low + fractionAt(piecewise, k) * (high - low),
    })),
  };
}

/** The phase's point at its start. */
export function firstPoint(phase: PiecewisePhase): FlowPoint {
  return { ...pointFrom(phase, phase.y, 0), ...whatIsKnown(phase) };
}
