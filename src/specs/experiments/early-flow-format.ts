import { z } from 'zod';
import { finite, object, positive, schemaKey } from '../fields.js';
import { problemFormat } from '../problem.js';

/** An `EarlyFlowExperiment` as JSON. */
export const earlyFlowFormat = object({
  ...schemaKey,
  kind: z.literal('early-flow').describe('The beginning of a gradient flow.'),
  problem: problemFormat,
  output: positive
    .optional()
    .describe('The run ends where the largest |output| on the training inputs reaches this.'),
  goal: finite.describe('The run ends at this α in any case.'),
});
