import type { LimitCertificate, PointKink, SaddleVisit } from '../flows/index.js';
import type { FlowRecord, KinkedDecade } from './flow.js';

/**
 * What a flow of a ReLU network says about alignment on kinks: its own velocity, the same found afresh
 * from the points alone, and the gradient that takes no notice of the slopes. Without the directions, so
 * that many runs can be kept.
 */
export interface KinkedFlowRecord {
  readonly kind: 'kinked-flow';
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
  readonly stretches: number;
  /** The points at α = 10^k. */
  readonly decades: readonly KinkedDecade[];
  readonly certificate: LimitCertificate;
  /** As those of the flow. */
  readonly visits: readonly SaddleVisit[];
  readonly highestMargin: number;
}

/**
 * The flow's numbers about alignment on kinks, one for each row of the flow where they are columns. Throws a sentence
 * for a network without kinks.
 */
export function kinkedFlowRecord(flow: FlowRecord): KinkedFlowRecord {
  const { problem, result, measurements, onKinks, kinks, certificate, visits } = flow;
  if (onKinks === undefined) {
    throw new Error(`${problem.name} has no kinks: expected a network with ReLU or the like.`);
  }
  return {
    kind: 'kinked-flow',
    name: problem.name,
    seed: problem.seed,
    loss: problem.loss,
    alpha: measurements.alpha,
    angle: measurements.alignmentAngle,
    oneSided: onKinks.oneSided,
    kinks,
    stretches: result.slides?.length ?? 0,
    decades: onKinks.decades,
    certificate,
    visits,
    highestMargin: flow.highestMargin,
  };
}
