import type {
  Deviation,
  FlowPoint,
  FlowResult,
  LimitCertificate,
  PointKink,
  SaddleVisit,
} from '../flows/index.js';
import type { Decade, Measurements, PlaneScores } from '../metrics/index.js';
import type { ProblemRecord } from './problem.js';

/** One flow with everything that claims and figures read from it. */
export interface FlowRecord {
  readonly kind: 'flow';
  readonly problem: ProblemRecord;
  readonly result: FlowResult;
  /** One row for each row of the trajectory. */
  readonly measurements: Measurements;
  /** For each row the kinks that the flow slides on there; empty for a smooth network. */
  readonly kinks: readonly (readonly PointKink[])[];
  /** Path length over each decade of α from 1 on. */
  readonly decades: readonly Decade[];
  /** The points at α = 10^k, from 1 on. */
  readonly decadePoints: readonly FlowPoint[];
  /** What was measured at each of them. */
  readonly decadeMeasures: readonly DecadeMeasure[];
  /** Limit found from the last three of them. */
  readonly certificate: LimitCertificate;
  /** Stretches of them near KKT points that are not stable, which the flow leaves. */
  readonly visits: readonly SaddleVisit[];
  /** Angle from every row's direction to the limit, radians. */
  readonly angleToLimit: Float64Array;
  /** The largest smoothed margin α/‖θ‖^L at the decade points: it only rises, to the margin of the limit. */
  readonly highestMargin: number;
  /** ‖θ − Σ λ∇p‖/‖θ‖ at the last of them, over the margins within 0.1 % of the smallest. */
  readonly kktResidual: number;
  /** Margins of every example at ‖θ‖ = 1: rows × examples, row-major. */
  readonly margins: Float64Array;
  /** The same at the limit, examples. */
  readonly limitMargins: Float64Array;
  /** The same where the last example is classified; undefined where the run began there. */
  readonly separationMargins?: Float64Array;
  /** Share of the test data that are misclassified, one number for each row; undefined without any. */
  readonly testError?: Float64Array;
  /** Scores over the plane, for data that lie in it; undefined for others. */
  readonly surfaces?: PlaneScores;
  /** What a network with kinks says about alignment on them; undefined for a smooth one. */
  readonly onKinks?: KinkMeasures;
}

/** A flow at α = 10^k. */
export interface DecadeMeasure {
  /** λ as it is at the point itself; the flow turns away from where it is above 1. */
  readonly lambda: number;
  /** max |Φ(x; w) − Φ(x; limit)| / γ over inputs that were not trained on. */
  readonly predictionDistance: number;
  /** Mean difference of the sorted normalized margins from those at the limit, as a share of γ. */
  readonly marginDistance: number;
  /** Margins of every example at ‖θ‖ = 1. */
  readonly margins: Float64Array;
  /** As that of the run, at this point; undefined in records that were made before it was measured. */
  readonly kktResidual?: number;
  /** What its deviation from the limit consists of; undefined too far from it, or where that is not stable. */
  readonly deviation?: Deviation;
}

/** Alignment on kinks, measured from the points alone. */
export interface KinkMeasures {
  /** Angle between θ and the gradient with slope 0 on every kink, for each row, radians. */
  readonly oneSided: Float64Array;
  /** The points at α = 10^k. */
  readonly decades: readonly KinkedDecade[];
}

/** A flow of a network with kinks at α = 10^k. */
export interface KinkedDecade {
  readonly alpha: number;
  /** Angle between θ and the flow's velocity, radians. */
  readonly angle: number;
  /** The largest angle in the decade that ends here; NaN where none does. */
  readonly largest: number;
  /** The same with slope 0 on every kink. */
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
  /** λ as it is there. */
  readonly lambda: number;
}
