import { bracketedRoot } from '../../numerics/roots.js';
import type { GradientFlowOptions } from '../flow-options.js';
import { LANDING_TOLERANCE, type Run } from '../run.js';
import type { FlowPoint } from '../trajectory.js';
import { pointFrom, type DirectSegment } from './direct-segment.js';

/** Where a step ends. */
export interface LocatedPoint {
  readonly step: number;
  readonly point: FlowPoint;
}

/**
 * The first target or event inside the attempted step of size h, or its end, whose unknowns are in
 * the segment's `end` afterwards. Undefined where rounding, at very large α, keeps a shorter
 * step from being solved: the run has to come nearer first.
 */
export function locateFirst(
  run: Run,
  segment: DirectSegment,
  options: GradientFlowOptions,
  h: number,
): LocatedPoint | undefined {
  const { y, slope, stepper, end } = segment;
  const tau = run.point.clock;
  let step = h;
  let point = pointFrom(segment, end, tau + h);
  for (const crossing of crossings(run, options)) {
    const before = crossing.value(run.point);
    const after = crossing.value(point);
    if (!(before < 0 && after >= 0)) continue;
    let solved = true;
    const at = (shorter: number) => {
      solved = stepper.attempt(y, slope, shorter).solved;
      // A zero ends the search.
      return solved ? crossing.value(pointFrom(segment, end, tau + shorter)) : 0;
    };
    const root = bracketedRoot(at, 0, before, step, after, crossing.tolerance);
    if (root.x > 0) step = root.x;
    if (!solved || !stepper.attempt(y, slope, step).solved) return undefined;
    point = pointFrom(segment, end, tau + step);
  }
  return { step, point };
}

function crossings(run: Run, options: GradientFlowOptions): Crossing[] {
  const list = eventsAhead(run, options);
  if (run.nextTarget < options.targets.length) {
    const target = options.targets[run.nextTarget];
    const size = Math.max(1, Math.abs(target));
    const tolerance = LANDING_TOLERANCE;
    list.push({ tolerance, value: (point) => (point.alpha - target) / size });
  }
  return list;
}

/** Something whose zero crossing, upwards, ends a step. */
interface Crossing {
  readonly tolerance: number;
  value(point: FlowPoint): number;
}

/** The events still to come. */
function eventsAhead(run: Run, options: GradientFlowOptions): Crossing[] {
  return (options.events ?? [])
    .filter((event) => !run.passed.has(event.name))
    .map((event) => ({ tolerance: LANDING_TOLERANCE, value: (point) => event.value(point) }));
}
