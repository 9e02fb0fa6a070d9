import { z } from 'zod';
import { decades, object, schemaKey } from '../fields.js';
import { problemFormat } from '../problem.js';

/** A `DeepLinearExperiment`, as JSON. */
export const deepLinearFormat = object({
  ...schemaKey,
  kind: z
    .literal('deep-linear')
    .describe('Gradient flow of a deep linear network, and what its layers do.'),
  problem: problemFormat,
  decades,
});
