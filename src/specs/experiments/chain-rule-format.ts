import { z } from 'zod';
import { decades, object, schemaKey } from '../fields.js';
import { problemFormat } from '../problem.js';

/** The same as JSON. */
export const chainRuleFormat = object({
  ...schemaKey,
  kind: z
    .literal('chain-rule')
    .describe('A flow that slides along kinks, and the chain rule for margins along it.'),
  problem: problemFormat,
  decades,
});
