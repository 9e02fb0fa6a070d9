import { z } from 'zod';

/**
 * The JSON Schema (draft 7, which editors know best) of what may be written where `format` is asked for. With
 * `reused: 'ref'` what stands in several places, as a problem does in most kinds of experiments, is written
 * once, under definitions.
 */
export function jsonSchemaOf(
  format: z.ZodType,
  reused: 'inline' | 'ref' = 'inline',
): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(format, {
    io: 'input',
    target: 'draft-7',
    unrepresentable: 'any',
    reused,
    override: ({ zodSchema, jsonSchema }) => {
      // A key that is there only to be refused with a sentence.
      if (zodSchema._zod.def.type === 'undefined') jsonSchema.not = {};
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  });
}
