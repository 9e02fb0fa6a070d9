import { z } from 'zod';
import { object, positive, schemaKey, seed, size } from '../fields.js';

/** The same as JSON. */
export const spiralFormat = object({
  ...schemaKey,
  kind: z
    .literal('spiral')
    .describe('Flow on a smooth homogeneous margin whose directions circle for ever.'),
  degree: size.describe('Degree L of the margin.'),
  turns: positive.describe('Turns around the axis that each run makes.'),
  perturbations: z
    .array(positive, { error: 'a list of positive numbers' })
    .describe('Deviations of the phase with which further runs start.'),
  seed,
});
