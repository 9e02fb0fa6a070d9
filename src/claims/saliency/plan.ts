import type { RecordsOf } from '../../records/index.js';
import { imageSpec } from '../../specs/known-problems.js';
import type { SaliencyExperiment } from '../../specs/experiments/saliency.js';
import type { PlanSettings, Scale } from '../../specs/scale.js';

/** How near every map has to come to its limit, in radians: about 1°, which no eye tells from nothing. */
export const SETTLED = 0.02;
/** A map that ends as far away as this, a quarter of a right angle, has not settled. */
export const UNSETTLED = 0.4;
/** How near the map of a linear network has to come to the maximum-margin weights, radians. */
export const MAX_MARGIN = 0.02;
/** One that ends as far away as this, ten times as far, goes somewhere else. */
export const NOT_MAX_MARGIN = 0.2;

const WIDTH = 12;
/** Units of each hidden layer of the linear network: its product is one row, whatever their number. */
const LINEAR_WIDTH = 4;
const SIZES: Record<Scale, { perClass: number; decades: number }> = {
  smoke: { perClass: 10, decades: 7 },
  standard: { perClass: 20, decades: 7 },
  full: { perClass: 50, decades: 8 },
};

/** The experiments of `saliency` for a scale and a seed. */
export function saliencyPlan({ scale, seed }: PlanSettings) {
  return saliencyExperiments(SIZES[scale], seed);
}

/** Trousers against ankle boots, so many of each, and three networks. */
export function saliencyExperiments(
  { perClass, decades }: { readonly perClass: number; readonly decades: number },
  seed: number,
) {
  const size = { perClass, width: WIDTH };
  const smooth: SaliencyExperiment = {
    kind: 'saliency',
    problem: imageSpec('squared-relu', size, seed),
    decades,
  };
  const linear: SaliencyExperiment = {
    kind: 'saliency',
    problem: {
      ...imageSpec('relu', size, seed),
      name: 'images three linear layers',
      // In the span of their images there are as many coordinates as images.
      network: {
        kind: 'deep',
        widths: [2 * perClass, LINEAR_WIDTH, LINEAR_WIDTH, 1],
        activation: 'linear',
      },
      start: { kind: 'he', scale: 0.5, seed },
    },
    decades,
  };
  const kinked: SaliencyExperiment = {
    kind: 'saliency',
    problem: imageSpec('relu', size, seed),
    decades,
  };
  return {
    /** Inside the theorem, whose gradients are locally Lipschitz: squared ReLU, and three linear layers. */
    inside: [smooth, linear],
    /** Beyond: the input gradient of ReLU jumps where an image crosses a unit's kink. */
    beyond: kinked,
  };
}

/** What the claim is judged by. */
export type SaliencyClaimRecord = RecordsOf<ReturnType<typeof saliencyPlan>>;
