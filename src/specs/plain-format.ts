import { z } from 'zod';
import { provenanceFormat } from './dataset.js';
import { finite, numbers, object, passedOver, rows, schemaKey, wholeFrom } from './fields.js';
import { lossFormat } from './loss.js';
import { denseNetworkFormat } from './network.js';
import { targetsFormat } from './solver.js';

const result = passedOver.describe('What a result says: passed over.');

/**
 * A problem with all its numbers in the open, which a result repeats. What a result or a reference adds
 * is passed over, so that it can be used as a problem again; other keys are refused.
 */
export const plainFormat = object(
  {
    ...schemaKey,
    network: denseNetworkFormat,
    loss: lossFormat,
    homogeneity: finite
      .optional()
      .describe('The degree in the trained weights; if given, it is checked.'),
    classes: wholeFrom(2).default(2).describe('How many classes there are.'),
    targets: targetsFormat,
    inputs: rows.describe('One row of numbers for each example.'),
    labels: numbers.describe('±1, or 0 … k − 1 with k > 2 classes.'),
    theta0: numbers.describe(
      'The start, layer by layer, each layer row by row, one row for each of its units; zeros for a linear model only.',
    ),
    data: provenanceFormat
      .optional()
      .describe('Where a table’s inputs and labels came from, passed on to the result as it is.'),
    description: z
      .looseObject({}, { error: 'an object' })
      .optional()
      .describe('What the problem was built from, passed on to the result as it is.'),
    about: result,
    rows: result,
    beyond: result,
    last: result,
    visits: result,
    agreement: result,
    limit: result,
    solver: result,
  },
  'an object with network, loss, inputs, labels, theta0 and targets',
);

type Added = 'about' | 'rows' | 'beyond' | 'last' | 'visits' | 'agreement' | 'limit' | 'solver';

/** A problem whose parts have the right form and agree with each other. */
export type PlainProblem = Omit<z.output<typeof plainFormat>, Added | '$schema'>;
