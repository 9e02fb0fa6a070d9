import type { z } from 'zod';
import { finite, numbers, object, oneOf, size } from './fields.js';

/** Values of α to land on; `requireAgreement` asks them to increase. */
export const targetsFormat = numbers.describe(
  'Increasing values of α, about the smallest margin, to report at.',
);

/** Largest number of steps of a run where nothing else is said. */
export const USUAL_STEPS = 20_000;

/** How the gradient flow is followed: the options of `followGradientFlow` that are data. */
export const solverFormat = object({
  targets: targetsFormat,
  tolerance: finite
    .min(1e-14, { error: 'a number from 1e-14 to 0.01' })
    .max(1e-2, { error: 'a number from 1e-14 to 0.01' })
    .default(1e-9)
    .describe('Largest local error of the direction in a step, root mean square.'),
  maxSteps: size.default(USUAL_STEPS).describe('Largest number of steps.'),
  method: oneOf(['auto', 'explicit', 'implicit', 'full-implicit'])
    .default('auto')
    .describe('`auto`: explicit until the flow turns stiff, implicit from there on.'),
}).describe('How the flow is followed.');

/** How a flow is followed, once it is checked and filled in. */
export type Solver = z.output<typeof solverFormat>;
