import { pointAt, type KinkPlace, type PointKink } from '../flows/index.js';
import type { Objective } from '../losses/index.js';
import {
  alignmentAngle,
  kinksNear,
  kktResidual,
  shortestSlopes,
  snapshot,
  withSlopes,
} from '../metrics/index.js';
import type { FlowRecord, KinkedDecade, KinkMeasures } from '../records/index.js';

/** Targets of α are met to this share, and better. */
const NEAR = 1e-6;
/** The flow takes a preactivation of θ/‖θ‖ this near to 0 for one on its kink. */
const ON_KINK = 1e-9;
/** Margins this near to the smallest one, as a share of it, may carry a KKT multiplier. */
export const KKT_SLACK = 1e-3;

/** What is known of a flow before its kinks are looked at. */
type Known = Pick<
  FlowRecord,
  'result' | 'measurements' | 'kinks' | 'decades' | 'decadePoints' | 'decadeMeasures'
>;

/** The angle between weights and gradient without the flow's slopes, and with slopes found afresh. */
export function measureKinks(objective: Objective, run: Known): KinkMeasures {
  const { trajectory } = run.result;
  const oneSided = run.kinks.map((_, row) => {
    const { direction, logNorm } = pointAt(trajectory, row);
    const at = snapshot(objective, direction, logNorm);
    return alignmentAngle(withSlopes(at, off(kinksNear(at, ON_KINK))));
  });
  return {
    oneSided: Float64Array.from(oneSided),
    decades: run.decadePoints.map((_, k) => decadeAt(objective, run, k)),
  };
}

function decadeAt(objective: Objective, run: Known, k: number): KinkedDecade {
  const point = run.decadePoints[k];
  const { kinks = [], alpha } = point;
  const at = snapshot(objective, point.direction, point.logNorm);
  const near = kinksNear(at, ON_KINK);
  const { measurements } = run;
  const inDecade = measurements.alignmentAngle.filter((_, row) => {
    const share = measurements.alpha[row] / alpha;
    return share > 0.1 * (1 + NEAR) && share <= 1 + NEAR;
  });
  const ending = run.decades.find(({ to }) => Math.abs(to / alpha - 1) < NEAR);
  return {
    alpha,
    angle: point.alignmentAngle ?? NaN,
    largest: ending ? Math.max(...inDecade) : NaN,
    oneSided: alignmentAngle(withSlopes(at, off(near))),
    recomputed: alignmentAngle(withSlopes(at, shortestSlopes(at, near))),
    kinks,
    length: ending?.length ?? NaN,
    kktResidual: kktResidual(at, KKT_SLACK, near).stationarity,
    lambda: run.decadeMeasures[k].lambda,
  };
}

/** The convention of most libraries: a unit on its kink is off. */
function off(places: readonly KinkPlace[]): PointKink[] {
  return places.map((place) => ({ ...place, slope: 0 }));
}
