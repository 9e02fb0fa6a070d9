import { z } from 'zod';
import { decades, object, schemaKey } from '../fields.js';
import { problemFormat } from '../problem.js';

/** A `GeneralizationExperiment` as JSON. */
export const generalizationFormat = object({
  ...schemaKey,
  kind: z
    .literal('generalization')
    .describe('Gradient flow of two layers, with margin bounds and the test error.'),
  problem: problemFormat.describe('A problem with held-out data.'),
  decades,
});
