import { z } from 'zod';
import { imageDataNames } from '../image-data.js';
import { stepRuleSizes, type NamedStepRule } from '../../flows/index.js';
import { lossNames } from '../../losses/index.js';

/**
 * A training for `npm run train`, as JSON:
 *
 * - `network`: `h-alexnet`, `resnet-20` or `densenet-100`, the published sizes, or `h-alexnet-small`,
 *   `resnet-small`, `densenet-small`; or an object
 *   with such a `preset` and, for the latter two, `bias` and `batchNorm` (true by default)
 * - `data`: `fashion-mnist-tiny`, `fashion-mnist` or `cifar-10`; `perClass` takes the first so many
 *   training images of each class; channels are centred and scaled to variance 1
 * - `loss`: `exponential` or `logistic` (cross-entropy), summed over images; default `logistic`
 * - `engine`: `float64` (default), `tensorflow` (float32, losses in float64), or `auto`, TensorFlow where
 *   it is installed
 * - `seed`: draws the start and the order of mini-batches, default 1
 * - `phases`: see `Phase` of src/training; left out, mini-batches until every image is classified, then
 *   loss-scaled steps until `untilAlpha` (default 100)
 * - `chunk`, `saveFactor`, `keep`: see `TrainingProblem` and `TrainingOptions`
 */
const networkPresets = [
  'h-alexnet',
  'h-alexnet-small',
  'resnet-20',
  'resnet-small',
  'densenet-100',
  'densenet-small',
] as const;
export const engineNames = ['auto', 'float64', 'tensorflow'] as const;

/** "'a', 'b' or 'c'". */
function quotedOr(names: readonly string[]): string {
  return names
    .map((name) => `'${name}'`)
    .join(', ')
    .replace(/, ([^,]*)$/, ' or $1');
}

const oneOf = <const T extends readonly string[]>(names: T) =>
  z.enum(names, { error: quotedOr(names) });
const number = z.number({ error: 'a finite number' });
const positive = number.positive({ error: 'a positive number' });
const whole = z.int({ error: 'a whole number of at least 1' }).min(1, {
  error: 'a whole number of at least 1',
});
const momentum = number
  .min(0, { error: 'a number from 0 to below 1' })
  .lt(1, { error: 'a number from 0 to below 1' });
const flag = z.boolean({ error: 'true or false' });

/** An object without other keys; where one is found, the message lists those there are. */
function object<T extends z.ZodRawShape>(shape: T) {
  const known = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: ({ code }) => (code === 'unrecognized_keys' ? known : `an object with ${known}`),
  });
}

const rate = { rate: positive, warmUp: number.min(0, { error: 'at least 0' }).optional() };
const schedule = z.discriminatedUnion(
  'kind',
  [
    object({ kind: z.literal('constant'), ...rate }),
    object({
      kind: z.literal('step'),
      ...rate,
      at: z.array(number, { error: 'a list of epochs' }),
      factor: positive,
    }),
    object({
      kind: z.literal('cosine'),
      ...rate,
      final: number.min(0, { error: 'at least 0' }).optional(),
    }),
  ],
  { error: "an object whose kind is 'constant', 'step' or 'cosine'" },
);
const rules = [...stepRuleSizes].map(([kind, sizes]) =>
  object({
    kind: z.literal(kind),
    ...Object.fromEntries(sizes.map((size) => [size, positive] as const)),
  }),
);
const rule = z.discriminatedUnion('kind', rules as [(typeof rules)[0], ...typeof rules], {
  error: `an object whose kind is ${quotedOr([...stepRuleSizes.keys()])}`,
}) as unknown as z.ZodType<NamedStepRule>;
const phase = z.discriminatedUnion(
  'kind',
  [
    object({
      kind: z.literal('sgd'),
      batch: whole,
      epochs: whole,
      momentum,
      learningRate: schedule,
      untilError: momentum.optional(),
      untilAlpha: number.optional(),
      measureEvery: whole.optional(),
    }),
    object({
      kind: z.literal('descent'),
      rule,
      untilAlpha: number,
      maxSteps: whole,
      momentum: momentum.optional(),
    }),
    object({
      kind: z.literal('implicit'),
      first: positive,
      longest: positive,
      mostPairs: whole,
      untilAlpha: number,
      maxSteps: whole,
    }),
  ],
  { error: "an object whose kind is 'sgd', 'descent' or 'implicit'" },
);

const preset = oneOf(networkPresets);

export const configFormat = object({
  network: z.union(
    [preset, object({ preset, bias: flag.optional(), batchNorm: flag.optional() })],
    {
      error: `${networkPresets.join(', ')}, or an object with such a preset, bias and batchNorm`,
    },
  ),
  data: oneOf(imageDataNames),
  perClass: whole.optional(),
  loss: oneOf(lossNames).default('logistic'),
  engine: oneOf(engineNames).default('float64'),
  seed: z
    .int({ error: 'a whole number of at least 0' })
    .min(0, { error: 'a whole number of at least 0' })
    .default(1),
  untilAlpha: number.optional(),
  phases: z
    .array(phase, { error: 'a list of phases' })
    .min(1, { error: 'at least one phase' })
    .optional(),
  chunk: whole.optional(),
  saveFactor: number.gt(1, { error: 'a number larger than 1' }).optional(),
  keep: oneOf(['all', 'marks']).optional(),
});

/** A training whose parts have the right form. */
export type TrainingConfig = z.output<typeof configFormat>;
