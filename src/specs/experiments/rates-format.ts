import { z } from 'zod';
import { decades, object, schemaKey, size } from '../fields.js';
import { problemFormat } from '../problem.js';

/** A `FlowRatesExperiment`, as JSON. */
export const flowRatesFormat = object({
  ...schemaKey,
  kind: z.literal('flow-rates').describe('How fast a flow comes to its limit.'),
  problem: problemFormat,
  decades,
  beyond: size.describe('Its equation for infinite α is followed on to α = 10^beyond.'),
});

/** A `DescentRatesExperiment`, as JSON. */
export const descentRatesFormat = object({
  ...schemaKey,
  kind: z
    .literal('descent-rates')
    .describe('How fast the steps of several rules bring a linear model to its maximum margin.'),
  problem: problemFormat,
  steps: size.describe('Steps that each of these descents takes.'),
  decades,
});
