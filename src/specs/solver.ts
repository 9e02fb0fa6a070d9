import type { z } from 'zod';
import { finite, numbers, object, oneOf, positive, size } from './fields.js';

/** Values of α to land on; `requireAgreement` asks them to increase. */
export const targetsFormat = numbers.describe(
  'Increasing values of α, about the smallest margin, to report at.',
);

/** How the gradient flow is followed: the options of `followGradientFlow` that are data. */
export const solverFormat = object({
  targets: targetsFormat,
  tolerance: positive
    .default(1e-9)
    .describe('Largest local error of the direction in a step, root mean square.'),
  maxSteps: size.default(20_000).describe('Largest number of steps.'),
  method: oneOf(['auto', 'explicit', 'implicit', 'full-implicit'])
    .default('auto')
    .describe('`auto`: explicit until the flow turns stiff, implicit from there on.'),
});

export type Solver = z.output<typeof solverFormat>;
export const homogeneityFormat = finite
  .optional()
  .describe('The degree in the trained weights; if given, it is checked.');
