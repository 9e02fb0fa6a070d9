import { z } from 'zod';
import { finite, object, schemaKey, seed, size, wholeFrom, word } from '../fields.js';

const pair = <T extends z.core.SomeType>(of: T, what: string) =>
  z.tuple([of, of], { error: `a list of two ${what}` });

/** The same as JSON. */
export const criticalPointFormat = object({
  ...schemaKey,
  kind: z
    .literal('critical-point')
    .describe('Gradient flow of a polynomial in x and y into its critical point at the origin.'),
  name: word.describe('What legends and tables call the polynomial.'),
  terms: z
    .array(
      object({
        coefficient: finite,
        powers: pair(wholeFrom(0), 'whole numbers of at least 0'),
      }),
      { error: 'a list of terms' },
    )
    .min(1, { error: 'at least one term' })
    .describe('Its terms: a coefficient, and the powers of x and of y.'),
  startAngles: pair(finite, 'angles').describe(
    'Angles in radians between which the start is drawn.',
  ),
  decades: size.describe('The run ends at a distance of 10^−decades.'),
  seed,
});
