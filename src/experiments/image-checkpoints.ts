import { subset, type Dataset } from '../datasets/index.js';
import {
  activeKktResidual,
  alignment,
  degreeQuantiles,
  effectiveDegree,
  layerNorms,
  nearHomogeneity,
  normalisedMargins,
  normalisersFor,
  snapshotAt,
  type ActiveKktResidual,
} from '../metrics/index.js';
import { imageEvaluator, requireDegree, type Network } from '../networks/index.js';
import { logisticLoss, objective, type Objective } from '../losses/index.js';
import { angleBetween, dot, norm } from '../numerics/vectors.js';
import type { ImageCheckpoint } from '../records/index.js';
import type { TrainingRow } from '../training/index.js';
import type { ImagePlan } from './image-plans.js';

/** Most images that are looked at together: their intermediate values stay in memory. */
const MOST_MEASURED = 2000;

/** The training images that checkpoints look at: all of them, or the first of a full data set. */
function measuredImages({ train }: ImagePlan): Dataset {
  if (train.examples <= MOST_MEASURED) return train;
  return subset(
    train,
    Array.from({ length: MOST_MEASURED }, (_, i) => i),
  );
}

/**
 * The training images, the first 2,000 of more, under the logistic loss on the float64 engine; batch norms see all
 * of them together.
 */
export function imageObjective(plan: ImagePlan): Objective {
  const { network } = plan;
  const { inputs, labels, classes } = measuredImages(plan);
  const engine = imageEvaluator(network, inputs);
  return objective(network, inputs, labels, logisticLoss, classes, engine);
}

/** Looks at each of the given rows. */
export function imageCheckpoints(
  at: Objective,
  rows: readonly TrainingRow[],
  thetas: readonly Float64Array[],
): ImageCheckpoint[] {
  const end = thetas[thetas.length - 1];
  return rows.map((row, k) => {
    const theta = thetas[k];
    const shot = snapshotAt(at, theta);
    const degree = effectiveDegree(at, theta);
    const degrees = degreeQuantiles(degree, [0.25, 0.5, 0.75]);
    const near = nearHomogeneity(at, theta, expectedDegree(at.network));
    return {
      row,
      alignment: alignment(shot),
      averagedAlignment: k === 0 ? NaN : meanStepCosine(thetas[k - 1], theta),
      angleToEnd: angleBetween(theta, end),
      distributions: normalisersFor(at.network).map((normaliser) => ({
        normaliser: normaliser.name,
        why: normaliser.why,
        margins: normalisedMargins(at, theta, normaliser),
      })),
      degrees,
      weightedDegree: degree.weighted,
      nearHomogeneity: {
        degree: near.degree,
        median: near.medianRelative,
        largest: near.largestRelative,
      },
      layers: layerNorms(shot),
    };
  });
}

/** The scale of the last batch norm is one factor of the scores, the last layer another. */
const TAIL_DEGREE = 2;

/** The degree that a network is held against: its own, or where it has none, that of what follows batch norm. */
function expectedDegree({ degree }: Network): number {
  return degree.homogeneous ? requireDegree(degree, 'A network') : TAIL_DEGREE;
}

/** cos(θ − θ₋, θ + θ₋): 1 for growth along θ, 0 for a mere rotation. */
export function meanStepCosine(before: Float64Array, theta: Float64Array): number {
  const moved = theta.map((value, i) => value - before[i]);
  const midway = theta.map((value, i) => value + before[i]);
  return dot(moved, midway) / (norm(moved) * norm(midway));
}

const MOST_PAIRS = 400;

/** The KKT residual of the margin problem at θ, through the pairs with the smallest margins. */
export function imageKkt(at: Objective, plan: ImagePlan, theta: Float64Array): ActiveKktResidual {
  const { inputs, labels, classes } = measuredImages(plan);
  const size = plan.network.inputs;
  const own = (example: number) =>
    objective(
      plan.network,
      inputs.subarray(example * size, (example + 1) * size),
      labels.subarray(example, example + 1),
      logisticLoss,
      classes,
    );
  const separate = plan.network.statistics === 0;
  return activeKktResidual(snapshotAt(at, theta), {
    most: MOST_PAIRS,
    threshold: 0,
    onExample: separate ? own : undefined,
  });
}
