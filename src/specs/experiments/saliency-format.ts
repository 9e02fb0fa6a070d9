import { z } from 'zod';
import { object, schemaKey, size } from '../fields.js';
import { problemFormat } from '../problem.js';

/** A `SaliencyExperiment` as JSON. */
export const saliencyFormat = object({
  ...schemaKey,
  kind: z.literal('saliency').describe('Gradient flow, and the saliency maps on its way.'),
  problem: problemFormat,
  decades: size.describe('The run ends at α = 10^decades.'),
});
