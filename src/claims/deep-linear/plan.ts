import type { RecordsOf } from '../../records/index.js';
import type { DeepLinearExperiment } from '../../specs/experiments/deep-linear.js';
import type { PlanSettings, Scale } from '../../specs/scale.js';

/** Layers of the networks that are compared. */
const DEPTHS = [1, 2, 3, 4, 5, 6] as const;
/** Layers of the network on data whose support vectors do not span the space. */
export const NOT_SPANNING_DEPTH = 6;

const DECADES = 8;
/** Units of each hidden layer. */
const WIDTH: Record<Scale, number> = { smoke: 6, standard: 8, full: 16 };
const DATA = { examples: 16, dimension: 3, margin: 0.5, gap: 0.2, spread: 2 } as const;
/**
 * Multiplies He's start. What the start leaves in the layers fades like α^(−2/L), which for six layers is a
 * factor of 464 by α = 10⁸: a start of a thirtieth of the usual leaves about a millionth then.
 */
const START = 0.03;

/** The largest difference of margin / γ from L^(−L/2) at the end. */
export const MARGIN_ERROR = 1e-6;
/** Where 1 − |⟨v, u⟩| is held against its first-order value, and how near it has to be. */
export const FIRST_ORDER_AT = 1e6;
/** The largest relative difference from the first-order value. */
export const FIRST_ORDER_ERROR = 0.01;
/** A stretch of α on which an exponent is measured. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}
/** That of the layers' alignment: C is conserved to enough digits there. */
export const ALIGNMENT_STRETCH: Stretch = { from: 1e3, to: 1e6 };
/** That of the product's angle, which is late: the steps forget last what few support vectors hold. */
export const PRODUCT_STRETCH: Stretch = { from: 1e5, to: 1e8 };
/**
 * The rate of the product sets in where α is far above L(σ_max/σ_min)², with the singular values of the support
 * vectors: a stretch that begins before so many times that speaks for the claim at most, not against it.
 */
export const WELL_SPANNED = 100;
/** The largest relative difference of an exponent from the predicted one. */
export const EXPONENT_ERROR = 0.05;
/** The largest 1 − |⟨v, u⟩| and 1 − ‖W‖₂/‖W‖_F at the end. */
export const ALIGNED = 1e-3;
/** The largest change of what is conserved, as a share of it, up to `FIRST_ORDER_AT`. */
export const DRIFT = 1e-3;

/** The experiments of `deep-linear` for a scale and a seed. */
export function deepLinearPlan(settings: PlanSettings) {
  return {
    /** One to six layers on data whose support vectors span the space. */
    networks: DEPTHS.map((depth) => deepLinearSpec(depth, settings)),
    /** Two support vectors in three dimensions: the directions across them are never pulled at. */
    notSpanning: deepLinearSpec(NOT_SPANNING_DEPTH, settings, 2),
  };
}

/** The flow of a linear network of so many layers, on Gaussian data with a planted margin. */
export function deepLinearSpec(
  depth: number,
  { scale, seed }: PlanSettings,
  supportVectors: number = DATA.dimension,
): DeepLinearExperiment {
  const hidden = Array.from({ length: depth - 1 }, () => WIDTH[scale]);
  const layers = depth === 1 ? '1 layer' : `${depth} layers`;
  return {
    kind: 'deep-linear',
    problem: {
      name: supportVectors < DATA.dimension ? `${layers}, support not spanning` : layers,
      data: { kind: 'separable-gaussian', ...DATA, supportVectors, seed },
      network: { kind: 'deep', widths: [DATA.dimension, ...hidden, 1], activation: 'linear' },
      loss: 'exponential',
      start: { kind: 'he', scale: START, seed },
    },
    decades: DECADES,
  };
}

/** What the claim is judged by. */
export type DeepLinearRecords = RecordsOf<ReturnType<typeof deepLinearPlan>>;
