import { z } from 'zod';
import { decades, object, schemaKey } from '../fields.js';
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
  decades,
});
