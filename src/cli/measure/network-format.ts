import { z } from 'zod';
import {
  imageLayerKinds,
  type FieldFormat,
  type ImageLayerKind,
  type Part,
} from '../../networks/index.js';

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
 * What is left out has the value in parentheses. The fields are those that each kind of layer says in
 * `src/networks/image/kinds`; the messages below say what is expected in a place.
 */
const size = z.int({ error: 'a whole number of at least 1' }).min(1, {
  error: 'a whole number of at least 1',
});
const list: z.ZodType<Part[]> = z.lazy(() => z.array(part, { error: 'a list of parts' }));

const TAKES = {
  whole: size,
  positive: z.number({ error: 'a positive number' }).positive({ error: 'a positive number' }),
  flag: z.boolean({ error: 'true or false' }),
  parts: list,
};

function fieldOf({ takes, like, default: usual }: FieldFormat): z.ZodType {
  const given: z.ZodType =
    typeof takes === 'string'
      ? TAKES[takes]
      : z.enum([...takes], { error: takes.map((word) => `'${word}'`).join(' or ') });
  if (like !== undefined) return given.optional();
  return usual === undefined ? given : given.default(usual);
}

function formOf({ part: kind, format }: ImageLayerKind) {
  const fields = Object.entries(format);
  const likes = fields.flatMap(([name, { like }]) => (like === undefined ? [] : [[name, like]]));
  return z
    .strictObject({
      kind: z.literal(kind),
      ...Object.fromEntries(fields.map(([name, field]) => [name, fieldOf(field)])),
    })
    .transform((part: Readonly<Record<string, unknown>>) => {
      const filled = likes.map(([name, like]) => [name, part[name] ?? part[like]] as const);
      return { ...part, ...Object.fromEntries(filled) };
    });
}

const kinds = [...imageLayerKinds.keys()];
const forms = [...imageLayerKinds.values()].map(formOf);
const part = z.discriminatedUnion('kind', forms as [(typeof forms)[0], ...typeof forms], {
  error: `an object with a kind: ${kinds.slice(0, -1).join(', ')} or ${kinds.at(-1)}`,
}) as unknown as z.ZodType<Part>;

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
