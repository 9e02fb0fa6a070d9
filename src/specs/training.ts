import { z } from 'zod';
import { stepRuleSizes, type NamedStepRule } from '../flows/index.js';
import { datasetFormat } from './dataset.js';
import { parseSpec } from './faults.js';
import { imageSetNames } from './image-sets.js';
import {
  choiceOf,
  finite,
  flag,
  notNegative,
  object,
  oneOf,
  positive,
  schemaKey,
  share,
  size,
  wholeFrom,
} from './fields.js';
import { imageNetworkFormat } from './image-network.js';
import { lossFormat } from './loss.js';
import { presetNames } from './preset-names.js';

const engineNames = ['auto', 'float64', 'tensorflow'] as const;

const rate = {
  rate: positive.describe('The learning rate.'),
  warmUp: notNegative.optional().describe('Epochs in which the rate rises from 0.'),
};
const schedule = z.discriminatedUnion(
  'kind',
  [
    object({ kind: z.literal('constant'), ...rate }),
    object({
      kind: z.literal('step'),
      ...rate,
      at: z
        .array(finite, { error: 'a list of epochs' })
        .describe('Epochs at which the rate is multiplied by `factor`.'),
      factor: positive,
    }),
    object({
      kind: z.literal('cosine'),
      ...rate,
      final: notNegative.optional().describe('The rate at the end; left out, 0.'),
    }),
  ],
  { error: "an object whose kind is 'constant', 'step' or 'cosine'" },
);
const rules = [...stepRuleSizes].map(([kind, sizes]) =>
  object({
    kind: z.literal(kind),
    ...Object.fromEntries(sizes.map((name) => [name, positive] as const)),
  }),
);
const rule = z.discriminatedUnion('kind', rules as [(typeof rules)[0], ...typeof rules], {
  error: `an object whose kind is ${choiceOf([...stepRuleSizes.keys()])}`,
}) as unknown as z.ZodType<NamedStepRule, NamedStepRule>;
const untilAlpha = finite.describe('Ends the phase when α reaches this.');
/** Mini-batches; see `SgdPhase`. */
export const sgdFormat = object({
  kind: z.literal('sgd', { error: "'sgd'" }),
  batch: size.describe('Images in a mini-batch.'),
  epochs: size,
  momentum: share,
  learningRate: schedule,
  untilError: share
    .optional()
    .describe('Ends the phase after an epoch with at most this share of mistakes.'),
  untilAlpha: untilAlpha.optional(),
  measureEvery: size
    .optional()
    .describe('The training set is measured after every so many epochs; left out, 1.'),
});
/** A stretch of a training; see `Phase`. */
export const phaseFormat = z.discriminatedUnion(
  'kind',
  [
    sgdFormat,
    object({
      kind: z.literal('descent'),
      rule,
      untilAlpha,
      maxSteps: size,
      momentum: share.optional().describe('Left out, 0.'),
    }),
    object({
      kind: z.literal('implicit'),
      first: positive.describe('Length of the first step, a share of ‖θ‖.'),
      longest: positive.describe('No step is longer than this share.'),
      mostPairs: size.describe('Most pairs of an image and a wrong class in a step.'),
      untilAlpha,
      maxSteps: size,
    }),
  ],
  { error: "an object whose kind is 'sgd', 'descent' or 'implicit'" },
);

const names = presetNames.join(', ');
const preset = oneOf(presetNames);

/** The network of a training: a preset by its name, the same with options, or its own description. */
export const trainedNetworkFormat = z
  .union(
    [
      preset,
      object({
        preset,
        bias: flag.optional(),
        batchNorm: flag.optional(),
        width: size.optional().describe('Multiplies its filters, units or channels; left out, 1.'),
      }),
      imageNetworkFormat,
    ],
    {
      error: `${names}, or an object with such a preset, bias, batchNorm and width, or with a kind`,
    },
  )
  .describe(`The network: ${names}; or an object with such a preset, or with a kind.`);

/** A training, as JSON; see `Phase`, `TrainingProblem` and `TrainingOptions` for what its numbers do. */
export const trainingFormat = object({
  ...schemaKey,
  network: trainedNetworkFormat,
  data: z
    .union([oneOf(imageSetNames), datasetFormat], { error: choiceOf(imageSetNames) })
    .describe(
      `The images: ${imageSetNames.join(', ')}, channels centred and scaled to variance 1; or an object with a kind.`,
    ),
  perClass: size.optional().describe('The first so many training images of each class.'),
  loss: lossFormat.default('logistic'),
  engine: oneOf(engineNames)
    .default('float64')
    .describe(
      '`float64`, `tensorflow` (float32, losses in float64), or `auto`: TensorFlow where it is.',
    ),
  seed: wholeFrom(0).default(1).describe('Draws the start and the order of mini-batches.'),
  untilAlpha: finite
    .optional()
    .describe('Where it ends when no phases are named, the loss being about e^−α; left out, 100.'),
  phases: z
    .array(phaseFormat, { error: 'a list of phases' })
    .min(1, { error: 'at least one phase' })
    .optional()
    .describe(
      'Left out: mini-batches until every image is classified, then loss-scaled steps until `untilAlpha`.',
    ),
  chunk: size.optional().describe('Most images in one pass over the training set; left out, 1000.'),
  saveFactor: finite
    .gt(1, { error: 'a number larger than 1' })
    .optional()
    .describe('A row is kept whenever α has grown by this factor; left out, 1.05.'),
  keep: oneOf(['all', 'marks'])
    .optional()
    .describe('Which rows keep θ; left out, all of them up to 100,000 parameters, else `marks`.'),
});

/** A training whose parts have the right form. */
export type TrainingEntry = z.output<typeof trainingFormat>;

/** The training of a description. Throws one sentence that begins with `name` and says the place. */
export function trainingIn(raw: unknown, name: string): TrainingEntry {
  const config = parseSpec(trainingFormat, raw, name);
  if (config.phases && config.untilAlpha !== undefined) {
    throw new Error(`${name}: untilAlpha is given beside phases; expected it within a phase.`);
  }
  if (config.perClass !== undefined && typeof config.data === 'object') {
    throw new Error(`${name}: perClass is given beside data; expected it within data.`);
  }
  return config;
}
