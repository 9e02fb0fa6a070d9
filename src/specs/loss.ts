import { lossNames } from '../losses/index.js';
import { oneOf } from './fields.js';

/** A loss, by its name in the table of losses. */
export const lossFormat = oneOf(lossNames).describe(
  'The loss of a margin, summed over the examples; with several classes, over pairs of them.',
);
