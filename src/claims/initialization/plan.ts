import { randomStream, type RandomStream } from '../../numerics/random.js';
import type { RecordsOf } from '../../records/index.js';
import type { FlowExperiment } from '../../specs/experiment.js';
import type { EarlyFlowExperiment } from '../../specs/experiments/early-flow.js';
import type { TangentFlowExperiment } from '../../specs/experiments/tangent-flow.js';
import type { DatasetSpec, ProblemSpec } from '../../specs/spec-types.js';
import type { PlanSettings, Scale } from '../../specs/scale.js';

/** Margins that differ by this share are apart, and one that is to be exact is missed: a certified margin is right to 1e-8. */
export const DIFFERENT = 1e-3;
/** How closely a limit margin that is known exactly has to be met, as a share. */
export const EXACT = 1e-6;
/** The margins of the two starts with an exact answer: one unit alive, and both. */
export const ONE_ALIVE = 1 / 8;
/** Two units, each along one example of norm √17/4 with half of the mass: a quarter of that norm. */
export const BOTH_ALIVE = Math.sqrt(17) / 16;

/**
 * Units count as aligned below this mean angle, in radians: outputs of 0.05 have changed the dual variables by
 * some 5 %, and the directions that attract by as much of how far the examples lie apart.
 */
export const ALIGNED = 0.01;
/** Units drawn at random are some 0.4 to 0.9 rad away in the mean; a ninth to a quarter of that contradicts. */
export const NOT_ALIGNED = 0.1;
/** The size of outputs at which alignment is read off. */
export const SMALL_OUTPUT = 0.05;

/** How near to the tangent kernel's solution the large start has to come, in radians. */
export const LAZY = 0.01;
/** A large start that stays so far from it contradicts. */
export const NOT_LAZY = 0.1;
/** It has left it again where its angle is at least this share of what it is at the end of the small start. */
export const LEFT = 0.5;
/** Largest relative error of log(ratio of the α at which two starts leave) against L·log(ratio of scales). */
export const SCALING = 0.02;
/** From this relative error on the law is contradicted. */
export const NO_SCALING = 0.3;

/** How nearly a flow that goes to 0 has to reach ℓ⁻¹(n ℓ(0)). */
export const IDLE = 1e-9;

/** Multiples of the mirrored start; the last two have to be large. */
const LAZY_SCALES = [0.1, 30, 300] as const;
/** Multiples of the balanced start, from large to small. */
const EARLY_SCALES: Readonly<Record<Scale, readonly number[]>> = {
  smoke: [1e-1, 1e-2, 1e-4, 1e-6],
  standard: [1e-1, 1e-2, 1e-4, 1e-6, 1e-8],
  full: [1e-1, 1e-2, 1e-3, 1e-4, 1e-6, 1e-8, 1e-10],
};
/** How far a is from −w, as a share of w. */
export const GAPS = [0, 1e-6, 1e-3] as const;

/** Random starts on one set of random points. */
const STARTS: Record<Scale, number> = { smoke: 4, standard: 16, full: 40 };
const START_DECADES = 4;

/** The experiments of `initialization`, by name. */
export function initializationPlan({ scale, seed }: PlanSettings) {
  const starts = Array.from({ length: STARTS[scale] }, (_, k) => ({
    attempt: randomStart(1000 * seed + k + 1),
  }));
  return {
    /** Small starts: where units turn before anything is fitted. */
    early: EARLY_SCALES[scale].map((size) => earlyStart(size, seed)),
    /** Starts that compute 0 everywhere, and their multiples. */
    lazy: LAZY_SCALES.map((size) => lazyStart(size, seed)),
    /** f = a·w·x from a = −w, and from a little beside it. */
    opposed: GAPS.map(opposedStart),
    /** Every unit inactive on every example. */
    dead: deadStart([0, -1, 0, -2, 1, 1], 'both units dead'),
    /** One unit dead, and none: two starts of one network on the same data. */
    oneAlive: twoPoints([0, 1, 0, -1, 1, 0.5], 'one unit dead'),
    bothAlive: twoPoints([1, 0.5, -1, 0.5, 0.8, 1.1], 'both units alive'),
    /** Starts drawn at random on the same random points. */
    starts,
  };
}

/** What the claim is judged by. */
export type InitializationRecord = RecordsOf<ReturnType<typeof initializationPlan>>;

const TWO_POINTS: DatasetSpec = {
  kind: 'inline',
  name: 'two points',
  classes: 2,
  inputs: [
    [1, 0.25],
    [-1, 0.25],
  ],
  labels: [1, 1],
};

function twoUnits(theta: readonly number[], name: string): ProblemSpec {
  return {
    name,
    data: TWO_POINTS,
    network: { kind: 'two-layer', width: 2, activation: 'relu' },
    loss: 'exponential',
    start: { kind: 'theta', theta },
  };
}

const twoPoints = (theta: readonly number[], name: string): FlowExperiment => ({
  kind: 'flow',
  problem: twoUnits(theta, name),
  decades: 7,
});

const deadStart = (theta: readonly number[], name: string): EarlyFlowExperiment => ({
  kind: 'early-flow',
  problem: twoUnits(theta, name),
  goal: 1,
});

function opposedStart(gap: number): EarlyFlowExperiment {
  return {
    kind: 'early-flow',
    problem: {
      name: gap === 0 ? 'a = −w' : `a = −(1 − ${gap}) w`,
      data: { kind: 'inline', name: 'two numbers', classes: 2, inputs: [[1], [2]], labels: [1, 1] },
      network: { kind: 'two-layer', width: 1, activation: 'linear' },
      loss: 'exponential',
      start: { kind: 'theta', theta: [1, gap - 1] },
    },
    goal: 10,
  };
}

const XOR_WIDTH = 40;

function xor(seed: number, constant: boolean): DatasetSpec {
  return { kind: 'xor-blobs', examplesPerBlob: 4, spread: 0.25, constant, seed };
}

/** ReLU units of two inputs with |a| = ‖w‖, which the flow keeps so. */
function earlyStart(size: number, seed: number): EarlyFlowExperiment {
  const draw = randomStream(seed).split('balanced start');
  const hidden = normals(draw.split('hidden'), 2 * XOR_WIDTH);
  const signs = normals(draw.split('output'), XOR_WIDTH).map(Math.sign);
  const output = signs.map((sign, j) => sign * Math.hypot(hidden[2 * j], hidden[2 * j + 1]));
  const theta = [...hidden, ...output].map((value) => size * value);
  return {
    kind: 'early-flow',
    problem: {
      name: `start × ${size}`,
      data: xor(seed, false),
      network: { kind: 'two-layer', width: XOR_WIDTH, activation: 'relu' },
      loss: 'exponential',
      start: { kind: 'theta', theta },
    },
    output: SMALL_OUTPUT,
    goal: 1,
  };
}

/** Every unit twice, with opposite output weights: the network computes 0, its tangent kernel does not. */
function lazyStart(size: number, seed: number): TangentFlowExperiment {
  const draw = randomStream(seed).split('mirrored start');
  const half = XOR_WIDTH / 2;
  const hidden = normals(draw.split('hidden'), 3 * half);
  const output = normals(draw.split('output'), half);
  const theta = [...hidden, ...hidden, ...output, ...output.map((value) => -value)];
  return {
    kind: 'tangent-flow',
    problem: {
      name: `start × ${size}`,
      data: xor(seed, true),
      network: { kind: 'two-layer', width: XOR_WIDTH, activation: 'squared-relu' },
      loss: 'exponential',
      start: { kind: 'theta', theta: theta.map((value) => (size * value) / Math.sqrt(XOR_WIDTH)) },
      probe: { kind: 'square-grid', count: 21 },
    },
    decades: 10,
  };
}

const POINTS = { examples: 12, dimension: 4, width: 12, seed: 1 } as const;

/** The points are the same for every seed; only the start is drawn. */
function randomStart(startSeed: number): FlowExperiment {
  const { examples, dimension, width, seed } = POINTS;
  const draw = randomStream(seed).split('random points');
  return {
    kind: 'flow',
    problem: {
      name: `start ${startSeed}`,
      data: {
        kind: 'inline',
        name: 'random points',
        classes: 2,
        inputs: Array.from({ length: examples }, () => normals(draw, dimension)),
        labels: Array.from({ length: examples }, (_, i) => (i % 2 === 0 ? -1 : 1)),
      },
      network: { kind: 'two-layer', width, activation: 'squared-relu' },
      loss: 'exponential',
      start: { kind: 'he', scale: 0.5, seed: startSeed },
    },
    decades: START_DECADES,
  };
}

function normals(stream: RandomStream, count: number): number[] {
  return Array.from({ length: count }, () => stream.normal());
}
