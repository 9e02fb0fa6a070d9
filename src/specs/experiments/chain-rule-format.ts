import { z } from 'zod';
import { object, schemaKey, size } from '../fields.js';
import { problemFormat } from '../problem.js';

/** The same as JSON. */
export const chainRuleFormat = object({
  ...schemaKey,
  kind: z
    .literal('chain-rule')
    .describe('A flow that slides along kinks, and the chain rule for margins along it.'),
  problem: problemFormat,
  decades: size.describe('The run ends at α = 10^decades.'),
});
