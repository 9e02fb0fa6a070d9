import { z } from 'zod';
import { FULL_SETS, imageSetNames } from './image-sets.js';
import {
  flag,
  finite,
  kindError,
  notNegative,
  numbers,
  object,
  oneOf,
  positive,
  rows,
  seed,
  size,
  wholeFrom,
  word,
} from './fields.js';

const shape = object({ channels: size, height: size, width: size }).describe(
  'The shape of the images, where the examples are images.',
);
const constant = flag
  .default(true)
  .describe('Adds a last input that is 1, which stands for biases.');
const standardise = oneOf(['none', 'each', 'overall', 'channel'])
  .default('none')
  .describe(
    'Centres the inputs on the training set and divides them by standard deviations: of each coordinate (`each`), of all together (`overall`), of each channel of images (`channel`), or not (`none`).',
  );
const span = flag
  .default(false)
  .describe('Takes coordinates of the span of the training inputs, in which a flow stays.');
const label = z.int({ error: 'a label, which is a whole number' });
const group = z.union([label, z.array(label).min(1, { error: 'at least one label' })], {
  error: 'a label, or a list of labels',
});
const classes = z
  .array(group, { error: 'a list of labels or of lists of labels' })
  .min(2, { error: 'at least two groups of labels' })
  .optional()
  .describe('Keeps these classes, each a label or several; two become −1 and +1, more 0, 1, …');
const perClass = size
  .optional()
  .describe('The first so many training examples of each class; left out, all.');
const numberOfClasses = wholeFrom(2);
const drawnFrom = seed.default(1).describe('The same seed gives the same bytes.');

/** Where a table's inputs and labels came from, as a result says it. */
export const provenanceFormat = z.looseObject(
  {
    file: z.string({ error: 'the name of a file' }),
    columns: z.array(z.string(), { error: 'the names of the inputs' }),
    label: z.string({ error: 'the name of a column' }),
    labels: z.array(z.object({ text: z.string(), label: finite }), {
      error: 'a list of texts with their labels',
    }),
    mean: numbers.optional().describe('What was subtracted from each column.'),
    deviation: numbers.optional().describe('What each column was then divided by.'),
  },
  { error: 'an object with file, columns, label and labels' },
);

const inline = object({
  kind: z.literal('inline'),
  name: word.default('inline').describe('What messages call the data.'),
  classes: numberOfClasses.default(2).describe('How many classes there are.'),
  inputs: rows.describe('One row of numbers for each example.'),
  labels: numbers.describe('±1, or 0 … k − 1 with k > 2 classes.'),
  image: shape.optional(),
  test: object({ inputs: rows, labels: numbers }).optional().describe('Held-out examples.'),
});
const csv = object({
  kind: z.literal('csv'),
  file: word.describe('A table with a header line.'),
  label: word.optional().describe('The column of the labels; left out, the last.'),
  columns: z.array(word).min(1).optional().describe('The input columns; left out, all others.'),
  standardise: oneOf(['none', 'each', 'overall'])
    .default('none')
    .describe(standardise.description!),
  constant,
});
const npz = object({
  kind: z.literal('npz'),
  file: word.describe(
    'A NumPy archive with inputs and labels and, if there are any, test_inputs and test_labels.',
  ),
  numberOfClasses: numberOfClasses
    .optional()
    .describe('How many classes there are; left out, as many as the labels tell.'),
  image: shape.optional(),
  classes,
  perClass,
  standardise,
  span,
});
const planarTeacher = object({
  kind: z.literal('planar-teacher'),
  activation: oneOf(['relu', 'squared-relu']).describe('The activation of the teacher.'),
  examples: wholeFrom(2).describe('Points of [−1, 1]², each with the constant 1.'),
  margin: positive.describe('Least score of the norm-1 teacher on the points.'),
  teacherWidth: size.default(4).describe('Hidden units of the teacher.'),
  seed: drawnFrom,
});
const xorBlobs = object({
  kind: z.literal('xor-blobs'),
  examplesPerBlob: size,
  spread: notNegative.describe('Standard deviation of each blob; the centres are (±1, ±1).'),
  constant,
  seed: drawnFrom,
});
const circles = object({
  kind: z.literal('circles'),
  examples: size.describe('An even number, half of them on each ring.'),
  innerRadius: positive.default(0.5),
  outerRadius: positive.default(1),
  spread: notNegative.describe('Standard deviation of the radius.'),
  constant,
  seed: drawnFrom,
});
const separableGaussian = object({
  kind: z.literal('separable-gaussian'),
  examples: size,
  dimension: wholeFrom(2),
  margin: positive.describe('The margin of the planted separator.'),
  gap: positive.describe(
    'Distance that other examples keep from the hyperplanes of the support vectors.',
  ),
  spread: notNegative.default(1),
  supportVectors: wholeFrom(2).optional().describe('Left out, as many as there are dimensions.'),
  seed: drawnFrom,
});

const images = object({
  kind: oneOf(imageSetNames).describe('A set of images, each with its test images.'),
  classes,
  perClass,
  standardise,
  span,
});
const firstFound = object({
  kind: z.literal('first-found'),
  sets: z
    .array(oneOf(imageSetNames), { error: 'a list of sets of images' })
    .min(1, { error: 'at least one set of images' })
    .default([...FULL_SETS])
    .describe('The first of these sets of images that this machine has.'),
  classes,
  perClass,
  standardise,
  span,
});

/** A data set: where the examples are or how they are drawn, and what is done to them. */
export const datasetFormat = z
  .discriminatedUnion(
    'kind',
    [inline, csv, npz, planarTeacher, xorBlobs, circles, separableGaussian, images, firstFound],
    {
      error: kindError([
        ...['inline', 'csv', 'npz', 'planar-teacher', 'xor-blobs', 'circles'],
        ...['separable-gaussian', ...imageSetNames, 'first-found'],
      ]),
    },
  )
  .describe('The examples.');

/** A description of data once it is checked and what was left out is filled in. */
export type DatasetEntry = z.output<typeof datasetFormat>;
