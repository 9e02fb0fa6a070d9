import { z } from 'zod';
import { decades, object, schemaKey } from '../fields.js';
import { problemFormat } from '../problem.js';

/** A `SaliencyExperiment` as JSON. */
export const saliencyFormat = object({
  ...schemaKey,
  kind: z.literal('saliency').describe('Gradient flow, and the saliency maps on its way.'),
  problem: problemFormat,
  decades,
});
