import { z } from 'zod';
import { decades, finite, object, positive, schemaKey, size } from '../fields.js';
import { problemFormat } from '../problem.js';

/** `LinearSvmExperiment` as JSON. */
export const linearSvmFormat = object({
  ...schemaKey,
  kind: z
    .literal('linear-svm')
    .describe('A linear classifier on its way to the maximum margin, by flow and by descent.'),
  problem: problemFormat,
  decades,
  step: positive.describe('Constant steps of descent along the gradient of the summed loss.'),
  steps: size.describe('How many steps descent takes.'),
  starts: z
    .array(finite, { error: 'a list of numbers' })
    .min(1, { error: 'at least one start' })
    .describe('Descent starts from the start of the problem times each of these.'),
});
