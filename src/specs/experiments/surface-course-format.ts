import { z } from 'zod';
import { flag, object, schemaKey, size } from '../fields.js';
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
  decades: size.describe('The run ends at α = 10^decades.'),
  opposed: flag
    .default(false)
    .describe('Pairs of units start with opposite outputs, so that the network starts at 0.'),
});
