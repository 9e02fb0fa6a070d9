/** How the coordinates of an example form an image: channel by channel, each row by row. */
export interface PixelShape {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/** A labelled data set. Inputs are row-major n×d float64. Binary labels are ±1 (classes = 2); with k > 2 classes labels are 0..k−1. */
export interface Dataset {
  readonly name: string;
  /** Where the data come from and what was done to them since, in words. */
  readonly source: string;
  readonly examples: number;
  readonly dimension: number;
  readonly classes: number;
  readonly inputs: Float64Array;
  readonly labels: Float64Array;
  /** The shape of the images, where the examples are images and their coordinates pixels. */
  readonly image?: PixelShape;
}

/** What `makeDataset` needs; the number of examples is the number of labels. */
export interface DatasetParts {
  readonly name: string;
  readonly source: string;
  readonly dimension: number;
  readonly classes: number;
  /** Row-major n×d. A Float64Array is kept, not copied. */
  readonly inputs: Float64Array | readonly number[];
  /** n labels: ±1 when `classes` is 2, otherwise 0..classes−1. A Float64Array is kept, not copied. */
  readonly labels: Float64Array | readonly number[];
  /** channels·height·width = dimension. */
  readonly image?: PixelShape | undefined;
}

/**
 * Builds a `Dataset` and checks it once, so that nothing downstream has to.
 *
 * Throws an Error of one sentence when there are no examples, when the lengths disagree, when the
 * image has another size than the inputs, when an input is not finite or when a label is not one of
 * the allowed values.
 */
export function makeDataset(parts: DatasetParts): Dataset {
  const { name, source, dimension, classes, image } = parts;
  const inputs = toFloat64(parts.inputs);
  const labels = toFloat64(parts.labels);
  const examples = labels.length;
  requireCount(name, 'dimension', dimension, 1);
  requireCount(name, 'classes', classes, 2);
  if (image) requireImage(name, dimension, image);
  if (examples === 0) throw new Error(`${name}: expected at least one example, found none.`);
  if (inputs.length !== examples * dimension) {
    throw new Error(
      `${name}: expected ${examples} × ${dimension} = ${examples * dimension} input values, found ${inputs.length}.`,
    );
  }
  const badInput = inputs.findIndex((value) => !Number.isFinite(value));
  if (badInput >= 0) {
    const row = Math.floor(badInput / dimension);
    throw new Error(
      `${name}: expected finite inputs, found ${inputs[badInput]} in example ${row}, coordinate ${badInput % dimension}.`,
    );
  }
  const badLabel = labels.findIndex((label) => !isLabel(label, classes));
  if (badLabel >= 0) {
    const allowed = classes === 2 ? '−1 or +1' : `a whole number from 0 to ${classes - 1}`;
    throw new Error(
      `${name}: expected every label to be ${allowed}, found ${labels[badLabel]} in example ${badLabel}.`,
    );
  }
  const dataset = { name, source, examples, dimension, classes, inputs, labels };
  return Object.freeze(image ? { ...dataset, image } : dataset);
}

/**
 * The examples with the given indices (0..n−1), in that order; an index may be repeated.
 * Throws when an index is out of range or none is given.
 */
export function subset(dataset: Dataset, indices: ArrayLike<number>): Dataset {
  const { name, examples, dimension } = dataset;
  const inputs = new Float64Array(indices.length * dimension);
  const labels = new Float64Array(indices.length);
  for (let k = 0; k < indices.length; k++) {
    const i = indices[k];
    if (!Number.isInteger(i) || i < 0 || i >= examples) {
      throw new Error(`${name}: expected indices from 0 to ${examples - 1}, found ${i}.`);
    }
    inputs.set(dataset.inputs.subarray(i * dimension, (i + 1) * dimension), k * dimension);
    labels[k] = dataset.labels[i];
  }
  const source = `${dataset.source}; ${indices.length} of ${examples} examples`;
  return makeDataset({ ...dataset, source, inputs, labels });
}

/**
 * The first `count` examples of each class, in their original order.
 * Throws when a class has fewer than `count` examples.
 */
export function firstOfEachClass(dataset: Dataset, count: number): Dataset {
  requireCount(dataset.name, 'number of examples of each class', count, 1);
  const taken = new Map(labelValues(dataset.classes).map((label) => [label, 0]));
  const indices: number[] = [];
  dataset.labels.forEach((label, i) => {
    const before = taken.get(label)!;
    if (before === count) return;
    taken.set(label, before + 1);
    indices.push(i);
  });
  for (const [label, found] of taken) {
    if (found < count) {
      throw new Error(
        `${dataset.name}: expected ${count} examples with label ${label}, found ${found}.`,
      );
    }
  }
  return subset(dataset, indices);
}

/** The labels a data set with that many classes may have: [−1, 1], or 0..classes−1. */
export function labelValues(classes: number): number[] {
  return classes === 2 ? [-1, 1] : Array.from({ length: classes }, (_, k) => k);
}

/** The label of the k-th class, k = 0..classes−1: −1 and +1 when there are two, otherwise k. */
export function labelOfClass(k: number, classes: number): number {
  return classes === 2 ? 2 * k - 1 : k;
}

function isLabel(label: number, classes: number): boolean {
  if (classes === 2) return label === 1 || label === -1;
  return Number.isInteger(label) && label >= 0 && label < classes;
}

function requireImage(name: string, dimension: number, image: PixelShape): void {
  const { channels, height, width } = image;
  if (channels * height * width === dimension) return;
  throw new Error(
    `${name}: expected images of ${dimension} pixels, found ${channels}×${height}×${width}.`,
  );
}

function requireCount(name: string, what: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least) {
    throw new Error(
      `${name}: expected the ${what} to be a whole number of at least ${least}, found ${value}.`,
    );
  }
}

function toFloat64(values: Float64Array | readonly number[]): Float64Array {
  return values instanceof Float64Array ? values : Float64Array.from(values);
}
