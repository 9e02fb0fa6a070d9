import { makeDataset, type Dataset } from '../../src/datasets/index.js';
import { exponentialLoss, logisticLoss } from '../../src/losses/index.js';
import { imageNetwork, linearModel, parts, relu, twoLayer } from '../../src/networks/index.js';
import { randomStream } from '../../src/numerics/random.js';
import type { Phase, TrainingProblem } from '../../src/training/index.js';
import { serialEngine } from './serial-engine.js';

/** Three points in the plane, as images of two channels, with a linear model: all labels 1. */
export const planeInputs = Float64Array.of(1, 2, -1, 1, 2, 0.5);

export function plane(part: Partial<TrainingProblem> = {}): TrainingProblem {
  const network = imageNetwork('plane', { channels: 2, height: 1, width: 1 }, [parts.dense(1)]);
  const train = makeDataset({
    name: 'plane',
    source: 'three points',
    dimension: 2,
    classes: 2,
    inputs: planeInputs,
    labels: [1, 1, 1],
  });
  return {
    network,
    train,
    loss: exponentialLoss,
    engineFor: (examples) => serialEngine(network, linearModel(2), examples),
    seed: 1,
    theta0: Float64Array.of(-0.3, 0.2),
    ...part,
  };
}

/** Three noisy classes around the origin, `perClass` images of 3 numbers each. */
export function threeClassData(name: string, perClass: number): Dataset {
  const stream = randomStream(name);
  const inputs: number[] = [];
  const labels: number[] = [];
  for (let i = 0; i < 3 * perClass; i++) {
    const angle = (2 * Math.PI * (i % 3)) / 3 + 0.3 * stream.normal();
    inputs.push(Math.cos(angle), Math.sin(angle), 1);
    labels.push(i % 3);
  }
  return makeDataset({ name, source: 'drawn', dimension: 3, classes: 3, inputs, labels });
}

/** A two-layer ReLU network of width 8 on ten images of each of three classes, cross-entropy. */
export function threeClassTraining(part: Partial<TrainingProblem> = {}): TrainingProblem {
  const image = { channels: 3, height: 1, width: 1 };
  const network = imageNetwork('small', image, [parts.dense(8), parts.relu, parts.dense(3)]);
  const chain = twoLayer(3, 8, relu, { outputs: 3 });
  return {
    network,
    train: threeClassData('train', 10),
    test: threeClassData('test', 4),
    loss: logisticLoss,
    engineFor: (examples) => serialEngine(network, chain, examples),
    seed: 3,
    ...part,
  };
}

/** Mini-batches with momentum, loss-scaled and relative full-batch steps. */
export const threePhases: readonly Phase[] = [
  {
    kind: 'sgd',
    batch: 8,
    epochs: 12,
    momentum: 0.9,
    learningRate: { kind: 'cosine', rate: 0.1, warmUp: 2 },
  },
  {
    kind: 'descent',
    rule: { kind: 'loss-scaled', start: 0.05 },
    untilAlpha: 15,
    maxSteps: 200,
    momentum: 0.5,
  },
  { kind: 'descent', rule: { kind: 'relative', c: 0.5, cap: 0.02 }, untilAlpha: 40, maxSteps: 60 },
];
