import type { LimitCertificate } from '../flows/index.js';
import type { ProblemRecord } from './problem.js';

/** One descent with steps of relative length c/α, its rows in columns. */
export interface ThresholdDescent {
  /** c as a share of the threshold C*. */
  readonly factor: number;
  readonly c: number;
  /** True where it came to its goal, or took all its steps. */
  readonly complete: boolean;
  readonly message: string;
  /** Steps since its start. */
  readonly steps: Float64Array;
  readonly alpha: Float64Array;
  /** Cosine between θ and −∇𝓛. */
  readonly alignment: Float64Array;
  /** The angle between them, radians. */
  readonly alignmentAngle: Float64Array;
  /** α/‖θ‖^L. */
  readonly smoothedMargin: Float64Array;
}

/** Descents below and above the threshold of a limit that was certified before. */
export interface StepThresholdRecord {
  readonly kind: 'step-threshold';
  readonly problem: ProblemRecord;
  /** How the flow ended, in a sentence. */
  readonly message: string;
  readonly certificate: LimitCertificate;
  /** C* of the limit; see `stepThreshold`. */
  readonly threshold: number;
  /** The same along the flow, with the direction and the dual variables of its point at each α = 10^k. */
  readonly along: { readonly alpha: Float64Array; readonly threshold: Float64Array };
  /** α of the last of these points, where the late descents begin, and the cosine between θ and −∇𝓛 there. */
  readonly alpha: number;
  readonly alignment: number;
  /** Descents from that point. */
  readonly late: readonly ThresholdDescent[];
  /** Descents from the problem's own start. */
  readonly early: readonly ThresholdDescent[];
  /** The flow from that start. */
  readonly flow: Pick<
    ThresholdDescent,
    'alpha' | 'alignment' | 'alignmentAngle' | 'smoothedMargin'
  >;
}
