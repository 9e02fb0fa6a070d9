import { z } from 'zod';
import { decades, object, schemaKey, share } from '../fields.js';
import { problemFormat } from '../problem.js';

/** A `TwoHomogeneousExperiment`, as JSON. */
export const twoHomogeneousFormat = object({
  ...schemaKey,
  kind: z
    .literal('two-homogeneous')
    .describe(
      'Gradient flow of a two-layer network of degree 2, and the best margin of any width.',
    ),
  problem: problemFormat,
  decades,
});

/** A `SplitUnitsExperiment`, as JSON. */
export const splitUnitsFormat = object({
  ...schemaKey,
  kind: z
    .literal('split-units')
    .describe('The same flow twice, once with every unit of a two-layer network split in two.'),
  problem: problemFormat,
  decades,
  share: share.describe('β: a unit becomes √β and √(1−β) times itself.'),
});
