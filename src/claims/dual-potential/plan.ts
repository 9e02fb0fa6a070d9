import type { RecordsOf } from '../../records/index.js';
import type { DualPotentialExperiment } from '../../specs/experiments/dual-potential.js';
import { planarSpec } from '../../specs/known-problems.js';
import type { PlanSettings, Scale } from '../../specs/scale.js';
import type { DenseNetworkSpec } from '../../specs/spec-types.js';

const DECADES: Record<Scale, number> = { smoke: 6, standard: 8, full: 8 };
/** A gap that small keeps examples beside the support vectors in the game until α is a hundred or so. */
const DATA = { examples: 20, dimension: 5, margin: 0.3, gap: 0.05 } as const;

/** The largest relative error of the identity: some hundred roundings. */
export const IDENTITY = 1e-12;
/** From here on, so that α + H is not a difference of almost equal numbers. */
export const IDENTITY_FROM = 0.1;
/** A relative error that no rounding explains. */
export const BROKEN = 1e-6;
/** The largest relative rise of a potential that falls. */
export const MONOTONE = 1e-9;
/**
 * It is judged up to here: 𝒥 has come to ½γ² in all its digits by then, while errors of the margins, and with
 * them of the dual variables, grow like α.
 */
export const MONOTONE_TO = 1e4;
/** A relative rise of a potential that may not rise. */
export const RISEN = 1e-4;
/** How near 𝒥/½(Lγ̃)² has to come to 1. */
export const NEAR_ONE = 0.05;
/** A relative rise by as much is one, far above the identity's errors. */
export const RISE = 0.01;

/** The experiments of `dual-potential` for a scale and a seed. */
export function dualPotentialPlan(settings: PlanSettings) {
  const { scale, seed } = settings;
  return {
    /** One layer: mirror descent of the dual variables. */
    linear: dualPotentialSpec(1, settings),
    /** Three linear layers on the same data. */
    deep: dualPotentialSpec(3, settings),
    /** Squared ReLU on the plane, of degree 3. */
    squared: {
      kind: 'dual-potential',
      problem: { ...planarSpec('squared-relu', seed), name: 'squared ReLU, plane' },
      decades: DECADES[scale],
    } satisfies DualPotentialExperiment,
  };
}

/** The flow of a linear network of so many layers on Gaussian data with a planted margin. */
export function dualPotentialSpec(
  layers: number,
  { scale, seed }: PlanSettings,
): DualPotentialExperiment {
  const { dimension } = DATA;
  const widths = [...Array.from({ length: layers }, () => dimension), 1];
  const network: DenseNetworkSpec =
    layers === 1 ? { kind: 'linear' } : { kind: 'deep', widths, activation: 'linear' };
  return {
    kind: 'dual-potential',
    problem: {
      name: layers === 1 ? 'linear, 1 layer' : `linear, ${layers} layers`,
      data: { kind: 'separable-gaussian', ...DATA, seed },
      network,
      loss: 'exponential',
      start: { kind: 'he', scale: 0.5, seed },
    },
    decades: DECADES[scale],
  };
}

/** What the claim is judged by. */
export type DualPotentialRecords = RecordsOf<ReturnType<typeof dualPotentialPlan>>;
