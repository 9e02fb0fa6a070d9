import type { RecordsOf } from '../../records/index.js';
import type { SurfaceCourseExperiment } from '../../specs/experiments/surface-course.js';
import type { DatasetSpec } from '../../specs/spec-types.js';
import type { PlanSettings, Scale } from '../../specs/scale.js';

/** Angles between surfaces from here on can be seen: a tenth of a radian turns 10 % of a surface. */
export const SEEN = 0.1;
/** Up to this angle two surfaces are one to the eye. */
export const UNSEEN = 0.01;
/** Long after, the surface and the kernel's predictor lie this far apart or more … */
export const FAR = 0.05;
/** … and are one up to here. */
export const NEAR = 0.005;
/** A lazy start has to come as near to the kernel's predictor as this, or the ruler is wrong. */
export const LAZY = 0.01;

const WIDTHS: Record<Scale, readonly number[]> = {
  smoke: [16, 64],
  standard: [16, 64, 256, 1024, 4096],
  full: [8, 16, 64, 256, 1024, 4096],
};
const DECADES: Record<Scale, number> = { smoke: 3, standard: 4, full: 5 };
/** The width of the lazy network, the scale of its start, and the decades until it leaves the kernel again. */
const LAZY_START = { width: 64, scale: 100, decades: 6 } as const;

function dataOf(seed: number): Readonly<Record<'circles' | 'xor', DatasetSpec>> {
  return {
    circles: { kind: 'circles', examples: 24, spread: 0.05, seed },
    xor: { kind: 'xor-blobs', examplesPerBlob: 6, spread: 0.3, seed },
  };
}

/** The experiments of `prediction-surfaces` for a scale and a seed. */
export function predictionSurfacesPlan({ scale, seed }: PlanSettings) {
  const course = (
    name: 'circles' | 'xor',
    width: number,
    size: number,
    decades: number,
    opposed: boolean,
  ): SurfaceCourseExperiment => ({
    kind: 'surface-course',
    problem: {
      name,
      data: dataOf(seed)[name],
      network: { kind: 'two-layer', width, activation: 'squared-relu' },
      loss: 'logistic',
      start: { kind: 'he', scale: size, seed },
    },
    decades,
    opposed,
  });
  const { width, scale: size, decades } = LAZY_START;
  const names = ['circles', 'xor'] as const;
  return {
    /** Networks as one starts them, the narrowest first. */
    courses: names.flatMap((name) =>
      WIDTHS[scale].map((each) => course(name, each, 1, DECADES[scale], false)),
    ),
    /** Starts so large that training hardly moves the weights: the control. */
    lazy: names.map((name) => course(name, width, size, decades, true)),
  };
}

/** What the claim is judged by. */
export type PredictionSurfacesRecord = RecordsOf<ReturnType<typeof predictionSurfacesPlan>>;
