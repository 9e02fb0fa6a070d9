import type { ImageMoment, ImageRun } from '../../src/experiments/index.js';
import { imageNetwork, parts } from '../../src/networks/index.js';
import type { TrainingRow } from '../../src/training/index.js';
import { threeClassData } from './small-trainings.js';

/** What a made-up run shows; every list has an entry for each moment, α doubling in between. */
export interface MadeUp {
  readonly name: ImageRun['name'];
  readonly alphas: readonly number[];
  /** Smallest margins divided by the first normaliser. */
  readonly smallest: readonly number[];
  /** Angles between θ and the mean step, radians; that of the first moment is not read. */
  readonly angles: readonly number[];
  readonly trainingError: number;
  readonly halved: ImageRun['halved'];
  readonly kkt: ImageRun['kkt'];
}

const asClaimed: MadeUp = {
  name: 'h-alexnet',
  alphas: [2, 4, 8, 16],
  smallest: [0.1, 0.12, 0.13, 0.14],
  angles: [NaN, 1.2, 1.1, 1],
  trainingError: 0,
  halved: { alpha: 8, angle: 0.01, distance: 0.1 },
  kkt: undefined,
};

/** A record of an image claim without any training, which supports the claim but for what is given. */
export function madeUpImageRun(part: Partial<MadeUp> = {}): ImageRun {
  const run = { ...asClaimed, ...part };
  const { alphas } = run;
  const image = { channels: 3, height: 1, width: 1 };
  const moments = alphas.map((_, k) => madeUpMoment(run, k));
  const lengths = alphas.slice(1).map((to, k) => ({ from: alphas[k], to, length: 0.1 / (k + 1) }));
  return {
    name: run.name,
    network: imageNetwork('small', image, [parts.dense(8), parts.relu, parts.dense(3)]),
    data: threeClassData('train', 10),
    test: threeClassData('test', 4),
    engine: 'made up',
    message: 'Nothing was trained.',
    rows: [...fittingRows(), ...moments.map(({ row }) => row)],
    growth: 1.5,
    moments,
    sampledLengths: lengths,
    rawLengths: lengths.map((decade) => ({ ...decade, length: 1.2 * decade.length })),
    kkt: run.kkt,
    halved: run.halved,
  };
}

function fittingRows(): TrainingRow[] {
  return [0, 1].map((k) => ({
    ...madeUpRow(k === 0 ? -3 : 0.5, k),
    phase: 0,
    trainingError: k === 0 ? 0.6 : 0,
    testError: 0.5 - 0.25 * k,
    averagedAlignment: k === 0 ? NaN : 0.1,
  }));
}

function madeUpRow(alpha: number, step: number): TrainingRow {
  return {
    phase: 1,
    epoch: step,
    step,
    alpha,
    logRisk: -alpha,
    logNorm: 1 + 0.1 * step,
    smallestMargin: alpha + 1,
    trainingError: 0,
    testError: 0.125,
    pathLength: 0.1 * step,
    averagedAlignment: 0.5,
  };
}

function madeUpMoment({ alphas, smallest, angles, trainingError }: MadeUp, k: number): ImageMoment {
  const spread = Array.from({ length: 30 }, (_, i) => 1 + i / 30);
  const names = ['norm', 'frobenius', 'spectral', 'median'];
  return {
    row: { ...madeUpRow(alphas[k], k + 2), trainingError },
    alignment: 0.1,
    averagedAlignment: Math.cos(angles[k]),
    angleToEnd: 0.1 * (alphas.length - 1 - k),
    distributions: names.map((normaliser) => ({
      normaliser,
      why: `Divided by ${normaliser}.`,
      margins: Float64Array.from(spread, (each) => smallest[k] * each),
    })),
    degrees: [1.9, 2, 2.1],
    weightedDegree: 2,
    nearHomogeneity: { median: 0.01 / (k + 1), largest: 0.1 / (k + 1) },
    layers: ['convolution 1', 'dense 1', 'dense 1 bias'].map((name, place) => ({
      name,
      weights: place < 2,
      share: 0.6 - 0.01 * k,
      rankOneness: 0.5 + 0.01 * (k + place),
    })),
  };
}
