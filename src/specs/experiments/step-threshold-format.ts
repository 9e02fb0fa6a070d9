import { z } from 'zod';
import { decades, object, positive, schemaKey, size } from '../fields.js';
import { problemFormat } from '../problem.js';

const factors = z.array(positive, { error: 'a list of factors' });

/** A `StepThresholdExperiment`, as JSON. */
export const stepThresholdFormat = object({
  ...schemaKey,
  kind: z
    .literal('step-threshold')
    .describe('Descents below and above the step size up to which they align, known beforehand.'),
  problem: problemFormat,
  decades,
  factors: factors.describe('Steps C/α with C = factor · C*, from the flow’s last point.'),
  steps: size.describe('Steps that each of these descents takes.'),
  early: object({
    factors: factors.describe('The like from the problem’s own start.'),
    decades: size.describe('Where they end: α = 10^decades.'),
  })
    .optional()
    .describe('Descents from the problem’s own start as well.'),
});
