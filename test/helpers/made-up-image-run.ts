import type { ImageCheckpoint, ImageTrainingRecord } from '../../src/records/index.js';
import type { TrainingRow } from '../../src/training/index.js';

/** What a made-up run shows; every list has an entry for each checkpoint, α doubling in between. */
export interface MadeUp {
  readonly name: ImageTrainingRecord['name'];
  readonly alphas: readonly number[];
  /** Smallest margins divided by the first normaliser. */
  readonly smallest: readonly number[];
  /** Angles between θ and the mean step, radians; that of the first checkpoint is not read. */
  readonly angles: readonly number[];
  /** Largest margin over the smallest, less 1. */
  readonly spreads: readonly number[];
  /** Lengths of the path over each doubling; one fewer than checkpoints. */
  readonly lengths: readonly number[];
  readonly trainingError: number;
  readonly halved: ImageTrainingRecord['halved'];
  readonly kkt: ImageTrainingRecord['kkt'];
}

const asClaimed: MadeUp = {
  name: 'h-alexnet',
  alphas: [2, 4, 8, 16],
  smallest: [0.1, 0.12, 0.13, 0.14],
  angles: [NaN, 1.2, 1.1, 1],
  spreads: Array<number>(4).fill(29 / 30),
  lengths: [0.1, 0.1 / 2, 0.1 / 3],
  trainingError: 0,
  halved: { alpha: 8, angle: 0.01, distance: 0.1 },
  kkt: undefined,
};

/** A record of an image claim without any training, which supports the claim but for what is given. */
export function madeUpImageRun(part: Partial<MadeUp> = {}): ImageTrainingRecord {
  const run = { ...asClaimed, ...part };
  const { alphas } = run;
  const checkpoints = alphas.map((_, k) => madeUpCheckpoint(run, k));
  const data = { source: 'drawn', dimension: 3, classes: 3, sha256: '0'.repeat(64) };
  const lengths = alphas.slice(1).map((to, k) => ({ from: alphas[k], to, length: run.lengths[k] }));
  return {
    kind: 'image-training',
    name: run.name,
    network: { name: 'small', parameters: 59 },
    data: { ...data, name: 'train', examples: 30 },
    test: { ...data, name: 'test', examples: 12 },
    engine: 'made up',
    message: 'Nothing was trained.',
    rows: [...fittingRows(), ...checkpoints.map(({ row }) => row)],
    growth: 1.5,
    checkpoints,
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

function madeUpCheckpoint(
  { alphas, smallest, spreads, angles, trainingError }: MadeUp,
  k: number,
): ImageCheckpoint {
  const spread = Array.from({ length: 30 }, (_, i) => 1 + (spreads[k] * i) / 29);
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
    nearHomogeneity: { degree: 2, median: 0.01 / (k + 1), largest: 0.1 / (k + 1) },
    layers: ['convolution 1', 'dense 1', 'dense 1 bias'].map((name, place) => ({
      name,
      weights: place < 2,
      share: 0.6 - 0.1 * place - 0.01 * k,
      spectralShare: 0.5 + 0.01 * (k + place),
    })),
  };
}
