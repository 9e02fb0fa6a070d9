import { z } from 'zod';
import { object, schemaKey, size } from '../fields.js';
import { problemFormat } from '../problem.js';

/** A `TangentFlowExperiment` as JSON. */
export const tangentFlowFormat = object({
  ...schemaKey,
  kind: z
    .literal('tangent-flow')
    .describe(
      'Gradient flow, compared with the maximum margin of the tangent kernel at its start.',
    ),
  problem: problemFormat,
  decades: size.describe('The run ends at α = 10^decades.'),
});
