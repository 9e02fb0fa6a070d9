import type {
  ActiveKktResidual,
  LayerNorm,
  MetricValue,
  NearHomogeneity,
} from '../../metrics/index.js';

/** What was measured, in the form of the result file. */
export interface MeasureRecord {
  readonly network: {
    readonly name: string;
    readonly parameters: number;
    /** In words. */
    readonly degree: string;
  };
  /** [array, place] for every array of the weights. */
  readonly mapping: readonly (readonly [string, string])[];
  readonly data: { readonly train: DataEntry; readonly test: DataEntry | null };
  readonly loss: string;
  /** What did the arithmetic. */
  readonly engine: string;
  /** ‖θ‖. */
  readonly norm: number;
  /** ℓ⁻¹ of the risk, summed over the training images. */
  readonly alpha: number;
  readonly logRisk: number;
  /** Share of the images whose smallest margin is not positive. */
  readonly trainingError: number;
  readonly testError: number | null;
  /** Of θ with −∇𝓛, batch norms frozen; the angle in radians. */
  readonly alignment: { readonly cosine: number; readonly angle: number };
  readonly kkt: KktEntry;
  readonly effectiveDegree: {
    readonly weighted: number;
    readonly fractions: readonly number[];
    readonly quantiles: readonly number[];
  };
  readonly nearHomogeneity: Omit<NearHomogeneity, 'residuals' | 'relative'>;
  readonly layers: readonly LayerEntry[];
  readonly margins: readonly MarginEntry[];
  /** Every metric that is a column along runs and has a value at one point. */
  readonly metrics: readonly MetricValue[];
}

export interface DataEntry {
  readonly name: string;
  readonly source: string;
  readonly examples: number;
}

export interface KktEntry {
  /** Null where the training data are not separated. */
  readonly residual:
    | (Omit<ActiveKktResidual, 'multipliers'> & {
        /** Number of positive multipliers. */
        readonly support: number;
        /** Share of the largest dual variable from which on pairs enter. */
        readonly threshold: number;
      })
    | null;
  /** What there is to say of it; empty for nothing. */
  readonly message: string;
}

export interface LayerEntry extends Pick<LayerNorm, 'name' | 'share'> {
  readonly norm: number;
  /** ‖W‖₂/‖W‖_F; null for biases and batch norms. */
  readonly spectralShare: number | null;
}

/** Quantiles of each image's smallest margin, divided by a normaliser. */
export interface MarginEntry {
  readonly normaliser: string;
  readonly why: string;
  readonly logValue: number;
  readonly fractions: readonly number[];
  readonly training: readonly number[];
  /** Divided by the same number. */
  readonly test: readonly number[] | null;
}
