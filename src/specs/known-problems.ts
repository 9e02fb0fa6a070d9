import type { LossName } from '../losses/index.js';
import type { ProblemSpec } from './spec-types.js';

/** Activations that the problems of the claims have. */
export type KnownActivation = 'squared-relu' | 'relu';

const PLANAR = {
  'squared-relu': { examples: 42, margin: 0.01, teacherWidth: 4, scale: 0.1 },
  relu: { examples: 20, margin: 0.12, teacherWidth: 2, scale: 0.3 },
} as const;

/**
 * Points of [−1, 1]² (42, or 20 for ReLU), labelled ±1 by a teacher, with a constant third input, and a two-layer
 * network with that activation. The seed, a whole number, draws data and start.
 */
export function planarSpec(
  activation: KnownActivation,
  seed: number,
  loss: LossName = 'exponential',
): ProblemSpec {
  const { scale, ...teacher } = PLANAR[activation];
  return {
    name: `planar ${activation}${loss === 'exponential' ? '' : ` ${loss}`}`,
    data: { kind: 'planar-teacher', activation, ...teacher, seed },
    network: { kind: 'two-layer', width: 16, activation },
    loss,
    // Small, so that the flow is past its early phase soon.
    start: { kind: 'he', scale, seed },
    probe: { kind: 'square-grid', count: 21 },
  };
}

/** Trousers against ankle boots of Fashion-MNIST, rotated into the span of the training images. */
export function imageSpec(
  activation: KnownActivation,
  { perClass, width }: { readonly perClass: number; readonly width: number },
  seed: number,
): ProblemSpec {
  return {
    name: `images ${activation}`,
    data: { kind: 'fashion-mnist-tiny', classes: [1, 9], perClass, span: true },
    network: { kind: 'two-layer', width, activation },
    loss: 'exponential',
    start: { kind: 'he', scale: 0.3, seed },
  };
}
