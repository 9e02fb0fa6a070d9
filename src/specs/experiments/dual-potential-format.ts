import { z } from 'zod';
import { object, schemaKey, size } from '../fields.js';
import { problemFormat } from '../problem.js';

/** A `DualPotentialExperiment`, as JSON. */
export const dualPotentialFormat = object({
  ...schemaKey,
  kind: z.literal('dual-potential').describe('Gradient flow, with the dual potential along it.'),
  problem: problemFormat,
  decades: size.describe('The run ends at α = 10^decades.'),
});
