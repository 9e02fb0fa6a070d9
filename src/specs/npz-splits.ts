import { makeDataset, type Dataset } from '../datasets/dataset.js';
import { shapeWords, type NumericArray } from '../datasets/npy.js';
import { shapeText, type ImageShape } from '../networks/image/shape.js';

/** Arrays by name. */
type Arrays = ReadonlyMap<string, NumericArray>;

/** What people call the arrays of a split; the first is the name that documents give. */
const NAMES = {
  train: {
    inputs: ['inputs', 'x_train', 'X_train', 'train_images', 'images', 'X', 'x'],
    labels: ['labels', 'y_train', 'Y_train', 'train_labels', 'targets', 'Y', 'y'],
  },
  test: {
    inputs: ['test_inputs', 'x_test', 'X_test', 'test_images'],
    labels: ['test_labels', 'y_test', 'Y_test', 'test_targets'],
  },
} as const;

/** What a file is to hold. */
export interface SplitForm {
  /** For messages. */
  readonly file: string;
  /** The shape of one input, where it is an image. */
  readonly image?: ImageShape | undefined;
  /** Left out, what the labels say. */
  readonly classes?: number | undefined;
}

/** True where an archive has test data. */
export function hasTest(arrays: Arrays): boolean {
  return [...NAMES.test.inputs, ...NAMES.test.labels].some((name) => arrays.has(name));
}

/**
 * The training or test data of an archive: inputs n×…, labels 0 … k − 1, ±1, a column of either, or one-hot
 * rows. Pixels of type uint8 are divided by 255. Throws one sentence where an array is missing, or has a
 * shape or labels that another order of axes, or another first label, would explain.
 */
export function splitIn(arrays: Arrays, form: SplitForm, split: 'train' | 'test'): Dataset {
  const { file, image } = form;
  const inputs = named(arrays, NAMES[split].inputs, file);
  const labels = named(arrays, NAMES[split].labels, file);
  const [examples = 0, ...own] = inputs.array.shape;
  if (image) requireImage(inputs, own, image, file);
  const plain = labelsOf(labels, examples, file);
  const classes = form.classes ?? classesOf(plain);
  requireFromZero(plain, classes, labels.name, file);
  // Of two classes 0 and 1 are −1 and +1.
  const signed = classes === 2 && plain.includes(0) ? plain.map((label) => 2 * label - 1) : plain;
  const pixels = inputs.array.type === 'uint8' && inputs.array.values.some((value) => value > 1);
  const units = pixels ? 'divided by 255' : 'as they are';
  return makeDataset({
    name: `${file}, ${split}`,
    source: `${inputs.name} of ${file}, ${units}`,
    dimension: own.reduce((product, size) => product * size, 1),
    classes,
    inputs: pixels ? inputs.array.values.map((value) => value / 255) : inputs.array.values,
    labels: signed,
    image,
  });
}

interface Named {
  readonly name: string;
  readonly array: NumericArray;
}

function named(arrays: Arrays, names: readonly string[], file: string): Named {
  const name = names.find((name) => arrays.has(name));
  if (name !== undefined) return { name, array: arrays.get(name)! };
  const found = [...arrays.keys()].join(', ') || 'none';
  const others = names.slice(1).join(', ');
  throw new Error(`${file}: expected an array ${names[0]} (or ${others}), found ${found}.`);
}

/** Throws where inputs are images of another shape; says how to turn channels that come last. */
function requireImage(
  { name, array }: Named,
  own: readonly number[],
  image: ImageShape,
  file: string,
): void {
  const { channels, height, width } = image;
  const flat = own.length === 1 && own[0] === channels * height * width;
  if (flat || shapeWords(own) === shapeText(image)) return;
  if (channels === 1 && shapeWords(own) === `${height}×${width}`) return;
  const last = shapeWords(own) === shapeWords([height, width, channels]);
  throw new Error(
    `${file}: ${name} is ${shapeWords(array.shape)}; expected n×${shapeText(image)}` +
      (last
        ? `: its channels come last, save it as ${name}.transpose(0, 3, 1, 2).`
        : ', or n rows of as many numbers.'),
  );
}

/** One label for each example, from a row, a column or one-hot rows. */
function labelsOf({ name, array }: Named, examples: number, file: string): Float64Array {
  const { shape, values } = array;
  if (values.length === examples) return values;
  const [rows, classes] = shape;
  const isOneHot =
    shape.length === 2 &&
    rows === examples &&
    values.every((value) => value === 0 || value === 1) &&
    values.reduce((sum, value) => sum + value, 0) === rows;
  if (!isOneHot) {
    throw new Error(
      `${file}: ${name} is ${shapeWords(shape)}; expected ${examples} labels, one for each input, or one-hot rows.`,
    );
  }
  const chosen = new Float64Array(rows).fill(NaN);
  values.forEach((value, k) => {
    if (value === 1) chosen[Math.floor(k / classes)] = k % classes;
  });
  const none = chosen.findIndex(Number.isNaN);
  if (none < 0) return chosen;
  throw new Error(`${file}: row ${none} of ${name} has no 1; expected one-hot rows.`);
}

/** Throws where labels run from 1 to the number of classes. */
function requireFromZero(labels: Float64Array, classes: number, name: string, file: string): void {
  const largest = labels.reduce((most, label) => Math.max(most, label), -Infinity);
  const smallest = labels.reduce((least, label) => Math.min(least, label), Infinity);
  if (smallest === 1 && largest === classes) {
    throw new Error(
      `${file}: ${name} runs from 1 to ${classes}; expected 0 to ${classes - 1}: save ${name} - 1.`,
    );
  }
}

/** Two where there are −1s, else one more than the largest label. */
function classesOf(labels: Float64Array): number {
  const largest = labels.reduce((most, label) => Math.max(most, label), 1);
  return labels.includes(-1) ? 2 : Math.floor(largest) + 1;
}
