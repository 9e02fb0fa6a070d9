import { z } from 'zod';
import { decades, kindError, object, positive, schemaKey } from '../fields.js';
import { problemFormat } from '../problem.js';

const kinds = ['exponential', 'logistic', 'squared-hinge', 'stretched', 'polynomial'] as const;

const tail = z.discriminatedUnion(
  'kind',
  [
    object({ kind: z.enum(['exponential', 'logistic', 'squared-hinge']) }),
    object({ kind: z.literal('stretched'), exponent: positive }),
    object({ kind: z.literal('polynomial'), power: positive }),
  ],
  { error: kindError(kinds) },
);

/** A `LossLimitsExperiment`, as JSON. */
export const lossLimitsFormat = object({
  ...schemaKey,
  kind: z.literal('loss-limits').describe('A linear model followed under losses of several tails.'),
  problem: problemFormat,
  tails: z
    .array(tail, { error: 'a list of tails' })
    .describe(
      'The losses: exponential, logistic, squared-hinge, or stretched and polynomial ones.',
    ),
  decades,
});
