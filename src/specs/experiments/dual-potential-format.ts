import { z } from 'zod';
import { decades, object, schemaKey } from '../fields.js';
import { problemFormat } from '../problem.js';

/** A `DualPotentialExperiment`, as JSON. */
export const dualPotentialFormat = object({
  ...schemaKey,
  kind: z.literal('dual-potential').describe('Gradient flow, with the dual potential along it.'),
  problem: problemFormat,
  decades,
});
