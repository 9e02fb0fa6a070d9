import { z } from 'zod';
import type { Part } from '../../networks/index.js';

/**
 * A network for `npm run measure`, as JSON: `{"name": …, "image": {"channels": c, "height": h, "width": w},
 * "parts": […]}`. A part is one of
 *
 * - `{"kind": "convolution", "filters": n}` with `kernel` (3), `stride` (1), `padding` (`"same"`: ⌊(kernel −
 *   1)/2⌋ zeros on every side, or `"valid"`) and `bias` (false)
 * - `{"kind": "dense", "units": n}` with `bias` (false)
 * - `{"kind": "relu"}`, `{"kind": "flatten"}`, `{"kind": "global-average-pool"}`
 * - `{"kind": "max-pool"}` or `{"kind": "average-pool"}` with `size` (2) and `stride` (the size)
 * - `{"kind": "batch-norm"}` with `epsilon` (1e-5)
 * - `{"kind": "residual", "branch": […]}` with `shortcut` ([], the identity)
 * - `{"kind": "concatenate", "branch": […]}`
 *
 * What is left out has the value in parentheses. The messages below say what is expected in a place.
 */
const size = z.int({ error: 'a whole number of at least 1' }).min(1, {
  error: 'a whole number of at least 1',
});
const flag = z.boolean({ error: 'true or false' }).default(false);
const plain = <K extends string>(kind: K) => z.strictObject({ kind: z.literal(kind) });
const pool = <K extends 'max-pool' | 'average-pool'>(kind: K) =>
  z
    .strictObject({ kind: z.literal(kind), size: size.default(2), stride: size.optional() })
    .transform((part) => ({ ...part, stride: part.stride ?? part.size }));

const convolution = z.strictObject({
  kind: z.literal('convolution'),
  filters: size,
  kernel: size.default(3),
  stride: size.default(1),
  padding: z.enum(['same', 'valid'], { error: "'same' or 'valid'" }).default('same'),
  bias: flag,
});
const dense = z.strictObject({ kind: z.literal('dense'), units: size, bias: flag });
const batchNorm = z.strictObject({
  kind: z.literal('batch-norm'),
  epsilon: z.number({ error: 'a positive number' }).positive({ error: 'a positive number' }).default(1e-5), // prettier-ignore
});
const list: z.ZodType<Part[]> = z.lazy(() => z.array(part, { error: 'a list of parts' }));
const residual = z.strictObject({
  kind: z.literal('residual'),
  branch: list,
  shortcut: list.default([]),
});
const concatenate = z.strictObject({ kind: z.literal('concatenate'), branch: list });

const KINDS =
  'an object with a kind: convolution, dense, relu, max-pool, average-pool, global-average-pool, batch-norm, flatten, residual or concatenate';
const part: z.ZodType<Part> = z.discriminatedUnion(
  'kind',
  [
    convolution,
    dense,
    plain('relu'),
    pool('max-pool'),
    pool('average-pool'),
    plain('global-average-pool'),
    batchNorm,
    plain('flatten'),
    residual,
    concatenate,
  ],
  { error: KINDS },
);

export const networkFormat = z.strictObject(
  {
    name: z.string({ error: 'a text' }).optional(),
    image: z.strictObject(
      { channels: size, height: size, width: size },
      { error: 'an object with channels, height and width' },
    ),
    parts: list,
  },
  { error: 'an object with image and parts' },
);
