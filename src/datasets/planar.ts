import { makeDataset, type Dataset } from './dataset.js';
import {
  requireCount,
  requireNonNegative,
  seedWords,
  toStream,
  type Randomness,
} from './generation.js';
import { appendConstant } from './transforms.js';

/** Options that all planar sets share. */
export interface PlanarOptions {
  /** Append a third coordinate that is 1 (default true): it takes the place of biases. */
  readonly constant?: boolean;
}

/** How many points `xorBlobs` draws, and how far apart. */
export interface XorOptions extends PlanarOptions {
  /** n = 4 × this, at least 1. */
  readonly examplesPerBlob: number;
  /** Standard deviation of each blob, ≥ 0; the centres are (±1, ±1). */
  readonly spread: number;
}

/**
 * Four Gaussian blobs around (±1, ±1), labelled by the product of the two signs: the smallest set that no
 * linear classifier separates. Inputs n×2, or n×3 with the constant; blobs in turn, so every prefix is
 * balanced. With a large `spread` blobs overlap and the set may not be separable at all. `random`: a seed
 * (an integer) or a stream; the same seed gives the same bytes. Throws an Error of one sentence when an
 * option is out of range.
 */
export function xorBlobs(options: XorOptions, random: Randomness): Dataset {
  const { examplesPerBlob, spread, constant = true } = options;
  requireCount('xorBlobs', 'examplesPerBlob', examplesPerBlob);
  requireNonNegative('xorBlobs', 'spread', spread);
  const stream = toStream('xorBlobs', random);
  const inputs: number[] = [];
  const labels: number[] = [];
  for (let i = 0; i < 4 * examplesPerBlob; i++) {
    const horizontal = i % 4 < 2 ? 1 : -1;
    const vertical = i % 4 === 0 || i % 4 === 3 ? 1 : -1;
    inputs.push(horizontal + spread * stream.normal(), vertical + spread * stream.normal());
    labels.push(horizontal * vertical);
  }
  const source = `generated: four Gaussian blobs of spread ${spread} around (±1, ±1)${seedWords(random)}`;
  return planar('xor-blobs', source, inputs, labels, constant);
}

/** How many points `circles` draws, and on which rings. */
export interface CirclesOptions extends PlanarOptions {
  /** Number of points, even, half on each ring. */
  readonly examples: number;
  /** Radii, 0 < inner < outer. Defaults 0.5 and 1. */
  readonly innerRadius?: number;
  readonly outerRadius?: number;
  /** Standard deviation of the radius, ≥ 0. */
  readonly spread: number;
}

/**
 * Two rings around the origin, angles uniform: the inner one is labelled +1, the outer one −1, in turn.
 * Inputs n×2, or n×3 with the constant. A bias-free ReLU network without the constant cannot separate
 * points on one ray, so keep the constant. `random`: a seed (an integer) or a stream; the same seed gives
 * the same bytes. Throws an Error of one sentence when an option is out of range.
 */
export function circles(options: CirclesOptions, random: Randomness): Dataset {
  const { examples, innerRadius = 0.5, outerRadius = 1, spread, constant = true } = options;
  requireCount('circles', 'examples', examples);
  requireNonNegative('circles', 'spread', spread);
  if (examples % 2 !== 0) {
    throw new Error(`circles: expected an even number of examples, found ${examples}.`);
  }
  if (!(innerRadius > 0 && innerRadius < outerRadius)) {
    throw new Error(
      `circles: expected 0 < innerRadius < outerRadius, found ${innerRadius} and ${outerRadius}.`,
    );
  }
  const stream = toStream('circles', random);
  const inputs: number[] = [];
  const labels: number[] = [];
  for (let i = 0; i < examples; i++) {
    const inner = i % 2 === 0;
    const radius = (inner ? innerRadius : outerRadius) + spread * stream.normal();
    const angle = 2 * Math.PI * stream.uniform();
    inputs.push(radius * Math.cos(angle), radius * Math.sin(angle));
    labels.push(inner ? 1 : -1);
  }
  const source = `generated: rings of radius ${innerRadius} and ${outerRadius}, spread ${spread}${seedWords(random)}`;
  return planar('circles', source, inputs, labels, constant);
}

/** A planar data set from row-major n×2 numbers, with the constant coordinate on request. */
export function planar(
  name: string,
  source: string,
  inputs: readonly number[],
  labels: readonly number[],
  constant: boolean,
): Dataset {
  const dataset = makeDataset({ name, source, dimension: 2, classes: 2, inputs, labels });
  return constant ? appendConstant(dataset) : dataset;
}
