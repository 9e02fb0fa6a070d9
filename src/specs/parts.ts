import { z } from 'zod';
import {
  imageLayerKinds,
  type FieldFormat,
  type ImageLayerKind,
  type Part,
} from '../networks/index.js';
import { flag, object, oneOf, positive, size } from './fields.js';
import type { PartSpec } from './spec-types.js';

/** The parts of a network on images: the fields are those that each kind of layer says of itself. */
export const partsFormat: z.ZodType<Part[], PartSpec[]> = z.lazy(() =>
  z.array(part, { error: 'a list of parts' }),
);

const TAKES = { whole: size, positive, flag, parts: partsFormat };

function fieldOf({ takes, like, default: usual, says }: FieldFormat): z.ZodType {
  const plain: z.ZodType = typeof takes === 'string' ? TAKES[takes] : oneOf(takes);
  const field =
    like !== undefined
      ? plain.optional()
      : usual === undefined
        ? plain
        : plain.default(usual as never);
  return says === undefined ? field : field.describe(says);
}

function formOf({ part: kind, format }: ImageLayerKind) {
  const fields = Object.entries(format);
  const likes = fields.flatMap(([name, { like }]) => (like === undefined ? [] : [[name, like]]));
  const form = object({
    kind: z.literal(kind),
    ...Object.fromEntries(fields.map(([name, field]) => [name, fieldOf(field)])),
  });
  if (likes.length === 0) return form;
  return form.transform((raw: Readonly<Record<string, unknown>>) => {
    const filled = likes.map(([name, like]) => [name, raw[name] ?? raw[like]] as const);
    return { ...raw, ...Object.fromEntries(filled) };
  });
}

const kinds = [...imageLayerKinds.keys()];
const forms = [...imageLayerKinds.values()].map(formOf);
const part = z.discriminatedUnion('kind', forms as [(typeof forms)[0], ...typeof forms], {
  error: `an object with a kind: ${kinds.slice(0, -1).join(', ')} or ${kinds.at(-1)}`,
}) as unknown as z.ZodType<Part, PartSpec>;
