import { z } from 'zod';
import { initialiserNames } from '../networks/initialisers.js';
import { finite, kindError, numbers, object, oneOf, positive, seed, word } from './fields.js';

const drawn = object({
  kind: oneOf(initialiserNames).describe(
    'Draws each weight by itself: `he` with variance 2/inputs, `lecun` 1/inputs, `xavier` 2/(inputs + outputs), `uniform` on ±1/√inputs, `normal` with variance 1.',
  ),
  scale: positive.default(1).describe('Multiplies every weight; small: rich, large: lazy.'),
  seed: seed.default(1).describe('The same seed gives the same bytes.'),
});

const given = object({
  kind: z.literal('theta'),
  theta: numbers.describe('The weights, layer by layer, each layer row by row.'),
});

const file = object({
  kind: z.literal('npz'),
  file: word.describe('A NumPy archive.'),
  array: word.default('theta0').describe('The array in it, read row by row.'),
});

/** Where a run begins. */
export const startFormat = z
  .discriminatedUnion('kind', [drawn, given, file], {
    error: kindError([...initialiserNames, 'theta', 'npz']),
  })
  .describe('The weights at the start.');

/** The weights at the start, once their description is checked and filled in. */
export type Start = z.output<typeof startFormat>;

/** Inputs that were not trained on, at which predictions are compared. */
export const probeFormat = z
  .discriminatedUnion(
    'kind',
    [
      object({
        kind: z.literal('square-grid'),
        count: z
          .int({ error: 'a whole number of at least 2' })
          .min(2, { error: 'a whole number of at least 2' })
          .describe('count × count points of [−1, 1]², each with the constant 1.'),
      }),
      object({
        kind: z.literal('inputs'),
        inputs: z.array(z.array(finite), { error: 'a list of rows of numbers' }),
      }),
    ],
    { error: kindError(['square-grid', 'inputs']) },
  )
  .describe('Inputs at which predictions are compared; by default the test or training inputs.');

/** Inputs to compare predictions at, once their description is checked and filled in. */
export type Probe = z.output<typeof probeFormat>;
