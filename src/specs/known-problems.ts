import type { LossName } from '../losses/index.js';
import type { DatasetSpec, ProblemSpec } from './spec-types.js';

/** Activations that the problems of the claims have. */
export type KnownActivation = 'squared-relu' | 'relu';

const PLANAR = {
  'squared-relu': { examples: 42, margin: 0.01, teacherWidth: 4, scale: 0.1 },
  relu: { examples: 20, margin: 0.12, teacherWidth: 2, scale: 0.3 },
} as const;

/** What one may vary of a problem on the plane; left out, it is what the claims look at. */
export interface PlanarChoice {
  /** Hidden units. */
  readonly width?: number;
  /** Points. */
  readonly examples?: number;
  /** Which points: 'teacher', 'xor' or 'circles'. */
  readonly dataset?: string;
}

type PlanarData = (activation: KnownActivation, seed: number, examples?: number) => DatasetSpec;

const PLANAR_DATA: Readonly<Record<string, PlanarData>> = {
  teacher(activation, seed, examples = PLANAR[activation].examples) {
    const { margin, teacherWidth } = PLANAR[activation];
    return { kind: 'planar-teacher', activation, examples, margin, teacherWidth, seed };
  },
  xor(activation, seed, examples = PLANAR[activation].examples) {
    const examplesPerBlob = Math.max(1, Math.round(examples / 4));
    return { kind: 'xor-blobs', examplesPerBlob, spread: 0.2, seed };
  },
  circles(activation, seed, examples = PLANAR[activation].examples) {
    return {
      kind: 'circles',
      examples: 2 * Math.max(1, Math.round(examples / 2)),
      spread: 0.05,
      seed,
    };
  },
};

/**
 * Points of [−1, 1]² (42, or 20 for ReLU), labelled ±1 by a teacher, with a constant third input, and a two-layer
 * network with that activation, of 16 hidden units; `choice` may ask for others. The seed, a whole number, draws data
 * and start. Throws a sentence for a data set that it does not know.
 */
export function planarSpec(
  activation: KnownActivation,
  seed: number,
  loss: LossName = 'exponential',
  { width = 16, examples, dataset = 'teacher' }: PlanarChoice = {},
): ProblemSpec {
  const { scale } = PLANAR[activation];
  if (!Object.hasOwn(PLANAR_DATA, dataset)) {
    const known = Object.keys(PLANAR_DATA).join(', ');
    throw new Error(`The data set of the plane is '${dataset}'; expected one of ${known}.`);
  }
  return {
    name: `planar ${activation}${loss === 'exponential' ? '' : ` ${loss}`}`,
    data: PLANAR_DATA[dataset](activation, seed, examples),
    network: { kind: 'two-layer', width, activation },
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
