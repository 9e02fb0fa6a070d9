import { labelOfClass, makeDataset, type Dataset } from './dataset.js';

/**
 * Adds a last coordinate that is 1 in every example, n×d → n×(d+1): a homogeneous network has no biases,
 * and weights on this coordinate take their place. The examples are no images then.
 */
export function appendConstant(dataset: Dataset): Dataset {
  const { examples, dimension } = dataset;
  const inputs = new Float64Array(examples * (dimension + 1));
  for (let i = 0; i < examples; i++) {
    const row = dataset.inputs.subarray(i * dimension, (i + 1) * dimension);
    inputs.set(row, i * (dimension + 1));
    inputs[i * (dimension + 1) + dimension] = 1;
  }
  const source = `${dataset.source}; constant 1 appended`;
  return makeDataset({ ...dataset, source, dimension: dimension + 1, inputs, image: undefined });
}

/**
 * Keeps the examples of some classes and gives them new labels. Each group is one old label or a
 * list of old labels that become one superclass. Two groups: the first becomes −1, the second +1.
 * k > 2 groups: labels 0..k−1 in the order given.
 *
 * Throws when there are fewer than two groups, when a label is named twice, or when no example has
 * one of the labels.
 */
export function selectClasses(
  dataset: Dataset,
  groups: readonly (number | readonly number[])[],
): Dataset {
  const { name, dimension, image } = dataset;
  if (groups.length < 2) {
    throw new Error(`${name}: expected at least two groups of classes, found ${groups.length}.`);
  }
  const newLabel = new Map<number, number>();
  groups.forEach((group, k) => {
    for (const old of typeof group === 'number' ? [group] : group) {
      if (newLabel.has(old)) throw new Error(`${name}: label ${old} is in two groups.`);
      if (!dataset.labels.includes(old)) throw new Error(`${name}: no example has label ${old}.`);
      newLabel.set(old, labelOfClass(k, groups.length));
    }
  });
  const kept = [...dataset.labels.keys()].filter((i) => newLabel.has(dataset.labels[i]));
  const inputs = new Float64Array(kept.length * dimension);
  const labels = new Float64Array(kept.length);
  kept.forEach((i, k) => {
    inputs.set(dataset.inputs.subarray(i * dimension, (i + 1) * dimension), k * dimension);
    labels[k] = newLabel.get(dataset.labels[i])!;
  });
  const words = groups.map(
    (group, k) => `${[group].flat().join('+')} as ${labelOfClass(k, groups.length)}`,
  );
  const source = `${dataset.source}; classes ${words.join(', ')}`;
  return makeDataset({ name, source, dimension, classes: groups.length, inputs, labels, image });
}

/** A data set in new units, and the units, so that other data can be put in the same ones. */
export interface CenteredAndScaled {
  readonly dataset: Dataset;
  /** What was subtracted from each coordinate, length d. */
  readonly shift: Float64Array;
  /** What each coordinate was then divided by, length d, all > 0. */
  readonly scale: Float64Array;
}

/**
 * Subtracts the mean of each coordinate and divides by its standard deviation (of the n examples,
 * not n − 1). With `scaling` 'overall' every coordinate is divided by the same number, the root mean
 * square of all centred values, which keeps the geometry. With 'channel' the pixels of an image's
 * channel share one mean and one standard deviation, so that padding with zeros pads with the mean. A
 * coordinate (or channel) that never changes is centred and not scaled. The data set's `source` says
 * that it was done. Append the constant coordinate afterwards: centring would turn it into zeros.
 * Throws for 'channel' where the examples are no images.
 */
export function centerAndScale(
  dataset: Dataset,
  scaling: 'each' | 'overall' | 'channel' = 'each',
): CenteredAndScaled {
  const { shift, variance } = momentsOf(dataset, scaling === 'channel');
  const overall = variance.reduce((sum, v) => sum + v, 0) / dataset.dimension;
  const scale = variance.map((v) => Math.sqrt(scaling === 'overall' ? overall : v) || 1);
  const source = `${dataset.source}; ${SCALINGS[scaling]}`;
  return { dataset: applyUnits(dataset, source, shift, scale), shift, scale };
}

const SCALINGS = {
  each: 'coordinates centred and scaled to variance 1',
  overall: 'coordinates centred and divided by one standard deviation',
  channel: 'channels centred and scaled to variance 1',
} as const;

/** Mean and variance of each coordinate, or of the channel that it belongs to. */
function momentsOf(
  dataset: Dataset,
  byChannel: boolean,
): { shift: Float64Array; variance: Float64Array } {
  const { inputs, examples, dimension } = dataset;
  const together = byChannel ? pixelsOfChannel(dataset) : 1;
  const count = examples * together;
  const groups = dimension / together;
  const mean = new Float64Array(groups);
  const groupOf = (k: number) => Math.floor((k % dimension) / together);
  for (let k = 0; k < inputs.length; k++) mean[groupOf(k)] += inputs[k] / count;
  const squares = new Float64Array(groups);
  for (let k = 0; k < inputs.length; k++) {
    squares[groupOf(k)] += (inputs[k] - mean[groupOf(k)]) ** 2 / count;
  }
  // A constant column's mean is off by rounding, so its variance is tiny rather than zero.
  const variance = squares.map((v, j) => (v > (1e-13 * mean[j]) ** 2 ? v : 0));
  const spread = (values: Float64Array) =>
    Float64Array.from({ length: dimension }, (_, k) => values[groupOf(k)]);
  return { shift: spread(mean), variance: spread(variance) };
}

function pixelsOfChannel({ name, image }: Dataset): number {
  if (image) return image.height * image.width;
  throw new Error(`${name}: expected images, whose channels can be scaled, found plain examples.`);
}

/**
 * Puts other data (a test set) in the units that `centerAndScale` found for the training set.
 * Throws when the dimensions differ.
 */
export function applyCenterAndScale(units: CenteredAndScaled, dataset: Dataset): Dataset {
  const source = `${dataset.source}; in the units of ${units.dataset.name}`;
  if (dataset.dimension !== units.shift.length) {
    throw new Error(
      `${dataset.name}: expected dimension ${units.shift.length}, found ${dataset.dimension}.`,
    );
  }
  return applyUnits(dataset, source, units.shift, units.scale);
}

function applyUnits(
  dataset: Dataset,
  source: string,
  shift: Float64Array,
  scale: Float64Array,
): Dataset {
  const d = dataset.dimension;
  const inputs = dataset.inputs.map((value, k) => (value - shift[k % d]) / scale[k % d]);
  return makeDataset({ ...dataset, source, inputs });
}
