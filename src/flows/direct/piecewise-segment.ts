import type { SerialObjective } from '../../losses/objective.js';
import type { FlowStart } from '../flow-options.js';
import { slopeIndexOf, type KinkModes } from '../kinks/kink-modes.js';
import { keepInside, recordSliding, weightsInside } from '../kinks/sliding.js';
import type { Counts } from '../stepper.js';
import type { FlowPoint } from '../trajectory.js';
import { directSegment, pointFrom, type DirectSegment } from './direct-segment.js';
import { stateIndices } from './direction-system.js';
import { dormandPrince, type DenseStepper } from './dormand-prince.js';
import { heun } from './heun.js';
import { fractionAt } from './piecewise-boundary.js';
import { piecewiseSystem, type PiecewiseSystem } from './piecewise-system.js';

/**
 * Of the tolerance, what the explicit steps are held to: slopes on kinks answer to errors of the
 * direction many times over, and nothing in a step damps these as an implicit one does.
 */
const SHARE = 0.2;
/** … but to no less than this on that account: by then slopes are known well, and rounding is near. */
const STRICT = 1e-9;

/** The explicit segment of a network with kinks: its steps end at them. */
export interface PiecewiseSegment extends DirectSegment {
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
  /** Whether stability limited an attempt since the last accepted step. */
  stiff: boolean;
}

/** The segment at a start, on the piece that the signs there tell, and on the start's kinks where it can stay on them. */
export function piecewiseSegment(
  objective: SerialObjective,
  start: FlowStart,
  tolerance: number,
  counts: Counts,
  modes: KinkModes,
): PiecewiseSegment {
  const piecewise = piecewiseSystem(objective, modes);
  const { system } = piecewise;
  const held = Math.min(tolerance, Math.max(SHARE * tolerance, STRICT));
  const direct = directSegment(objective, start, held, 'explicit', counts, system);
  const fine = dormandPrince(system, direct.tolerances, counts);
  const coarse = heun(system, direct.tolerances, counts);
  const segment: PiecewiseSegment = {
    ...direct,
    piecewise,
    stepper: fine,
    fine,
    coarse,
    otherwise: 0,
    fineStep: 0,
    stiff: false,
  };
  const { kinks = [] } = start;
  if (kinks.length > 0) {
    modes.sliding = kinks.map(({ example, unit }) => ({ example, unit }));
    for (const kink of kinks) modes.slopes[slopeIndexOf(modes, kink)] = modes.low;
    chooseSliding(segment, counts);
    system.field(segment.y, segment.slope);
    recordSliding(modes, [], pointFrom(segment, segment.y, 0).alpha);
  }
  return segment;
}

/** As for the implicit method: of the candidates, those that the least velocity keeps on their kink. */
export function chooseSliding({ piecewise, y, slope }: PiecewiseSegment, counts: Counts): void {
  const { modes, system } = piecewise;
  if (modes.sliding.length === 0) {
    piecewise.refresh();
    return;
  }
  const { objective, degree } = system;
  const at = stateIndices(objective.parameters);
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
export function whatIsKnown({
  piecewise,
  slope,
}: PiecewiseSegment): Pick<FlowPoint, 'alignmentAngle' | 'kinks'> {
  const { modes, system } = piecewise;
  const at = stateIndices(system.objective.parameters);
  const { low, high } = modes;
  return {
    alignmentAngle: Math.atan2(slope[at.pathLength], slope[at.logNorm]),
    kinks: piecewise.sliding.map((kink, k) => ({
      ...kink,
      slope: low + fractionAt(piecewise, k) * (high - low),
    })),
  };
}

/** The segment's point at its start. */
export function firstPoint(segment: PiecewiseSegment): FlowPoint {
  return { ...pointFrom(segment, segment.y, 0), ...whatIsKnown(segment) };
}
