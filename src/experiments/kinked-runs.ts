import {
  pointAt,
  type FlowPoint,
  type KinkPlace,
  type LimitCertificate,
  type PointKink,
  type SaddleVisit,
} from '../flows/index.js';
import {
  alignmentAngle,
  kinksNear,
  kktResidual,
  shortestSlopes,
  snapshot,
  withSlopes,
} from '../metrics/index.js';
import { highestMargin, type FlowRun } from './flow-runs.js';

/**
 * What a flow of a ReLU network says about alignment on kinks: its own velocity, the same found afresh
 * from the points alone, and the gradient that takes no notice of the slopes.
 */
export interface KinkedRun {
  readonly name: string;
  readonly seed: number;
  readonly loss: string;
  /** One row for each saved point of the flow. */
  readonly alpha: Float64Array;
  /** Angle between θ and the flow's velocity, radians. */
  readonly angle: Float64Array;
  /** The same with slope 0 on every kink. */
  readonly oneSided: Float64Array;
  /** Those that the flow slides on, with its slopes. */
  readonly kinks: readonly (readonly PointKink[])[];
  /** Number of stretches in which an example stayed on a unit's kink. */
  readonly phases: number;
  /** The points at α = 10^k. */
  readonly decades: readonly KinkedDecade[];
  readonly certificate: LimitCertificate;
  /** As those of the flow. */
  readonly visits: readonly SaddleVisit[];
  readonly highestMargin: number;
}

/** A flow at α = 10^k. */
export interface KinkedDecade {
  readonly alpha: number;
  readonly angle: number;
  /** The largest angle in the decade that ends here; NaN where none does. */
  readonly largest: number;
  readonly oneSided: number;
  /**
   * The same for the shortest element of the Clarke subdifferential, found afresh from direction and
   * norm alone, to be held against the flow's own.
   */
  readonly recomputed: number;
  readonly kinks: readonly PointKink[];
  /** Length swept by θ/‖θ‖ in the decade that ends here, radians; NaN where none does. */
  readonly length: number;
  /** Stationarity with a multiplier for each kink (see `kktResidual`). */
  readonly kktResidual: number;
  /** λ as it is there; the flow turns away from where it is above 1. */
  readonly lambda: number;
}

/** Targets of α are met to this share, and better. */
const NEAR = 1e-6;
/** The flow takes a preactivation of θ/‖θ‖ this near to 0 for one on its kink. */
const ON_KINK = 1e-9;
/** Margins this near to the smallest one, as a share of it, may carry a KKT multiplier. */
const KKT_SLACK = 1e-3;

/** The run's numbers about alignment, without the directions, so that many runs can be kept. */
export function kinkedRun(run: FlowRun, seed: number): KinkedRun {
  const { problem, result, measurements, kinks, certificate, visits } = run;
  const { trajectory } = result;
  const oneSided = kinks.map((_, row) => {
    const { direction, logNorm } = pointAt(trajectory, row);
    const at = snapshot(problem.objective, direction, logNorm);
    return alignmentAngle(withSlopes(at, off(kinksNear(at, ON_KINK))));
  });
  return {
    name: problem.name,
    seed,
    loss: problem.objective.loss.name,
    alpha: measurements.alpha,
    angle: measurements.alignmentAngle,
    oneSided: Float64Array.from(oneSided),
    kinks,
    phases: result.slides?.length ?? 0,
    decades: run.decadePoints.map((point, k) => decadeAt(run, point, run.lambdas[k])),
    certificate,
    visits,
    highestMargin: highestMargin(run),
  };
}

function decadeAt(run: FlowRun, point: FlowPoint, lambda: number): KinkedDecade {
  const { kinks = [], alpha } = point;
  const at = snapshot(run.problem.objective, point.direction, point.logNorm);
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
    lambda,
  };
}

/** The convention of most libraries: a unit on its kink is off. */
function off(places: readonly KinkPlace[]): PointKink[] {
  return places.map((place) => ({ ...place, slope: 0 }));
}
