import { z } from 'zod';
import { decades, flag, object, schemaKey } from '../fields.js';
import { problemFormat } from '../problem.js';

/** `SurfaceCourseExperiment` as JSON. */
export const surfaceCourseFormat = object({
  ...schemaKey,
  kind: z
    .literal('surface-course')
    .describe(
      'Prediction surfaces through training, beside the maximum margin of the tangent kernel.',
    ),
  problem: problemFormat,
  decades,
  opposed: flag
    .default(false)
    .describe('Pairs of units start with opposite outputs, so that the network starts at 0.'),
});
