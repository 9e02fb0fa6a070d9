import { z } from 'zod';

/**
 * What the fields of descriptions are made of. The `error` of each says what is expected in its place;
 * `parseSpec` makes a sentence of it.
 */
export const finite = z.number({ error: 'a finite number' });
/** A number above 0. */
export const positive = finite.positive({ error: 'a positive number' });
/** A number of at least 0. */
export const notNegative = finite.min(0, { error: 'at least 0' });
/** A number from 0 to below 1. */
export const share = finite
  .min(0, { error: 'a number from 0 to below 1' })
  .lt(1, { error: 'a number from 0 to below 1' });
/** A whole number of at least `least`. */
export const wholeFrom = (least: number): z.ZodInt =>
  z
    .int({ error: `a whole number of at least ${least}` })
    .min(least, { error: `a whole number of at least ${least}` });
/** A whole number of at least 1. */
export const size = wholeFrom(1);
/** How far a flow is followed. */
export const decades = size.describe('The run ends at α = 10^decades.');
/** Any whole number. */
export const seed = z.int({ error: 'a whole number' });
/** True or false. */
export const flag = z.boolean({ error: 'true or false' });
/** A text that is not empty. */
export const word = z.string({ error: 'a text' }).min(1, { error: 'a text that is not empty' });
/** A list of one finite number or more. */
export const numbers = z
  .array(finite, { error: 'a list of numbers' })
  .min(1, { error: 'at least one number' });
/** A list of one such list or more; that they are equally long is checked elsewhere. */
export const rows = z
  .array(numbers, { error: 'a list of rows of numbers' })
  .min(1, { error: 'at least one row' });

/** "'a', 'b' or 'c'". */
export function choiceOf(names: readonly string[]): string {
  return names
    .map((name) => `'${name}'`)
    .join(', ')
    .replace(/, ([^,]*)$/, ' or $1');
}

/** One of the given words; the message names them all. */
export function oneOf<const T extends readonly string[]>(
  names: T,
): z.ZodEnum<{ [K in T[number]]: K }> {
  return z.enum(names, { error: choiceOf(names) });
}

/** A key that is taken and says nothing: what a result adds, a remark, the place of a schema. */
export const passedOver = z
  .unknown()
  .optional()
  .transform(() => undefined);

/** What an editor reads at the top of a file; see `$schema` of JSON Schema. */
export const schemaKey = { $schema: passedOver.describe('Where an editor finds this schema.') };

/**
 * An object without other keys. Where one is found, the message lists those there are; where there is no
 * object, it says `words`.
 */
export function object<T extends z.core.$ZodLooseShape>(
  shape: T,
  words?: string,
): z.ZodObject<T, z.core.$strict> {
  const known = Object.keys(shape)
    .filter((key) => key !== '$schema')
    .join(', ');
  return z.strictObject(shape, {
    error: ({ code }) =>
      code === 'unrecognized_keys' ? known : (words ?? `an object with ${known}`),
  });
}

/** For a choice by `kind`: the kinds, and that there is to be an object where there is none. */
export function kindError(kinds: readonly string[]): (issue: { code: string }) => string {
  const choice = choiceOf(kinds);
  return ({ code }) => (code === 'invalid_type' ? `an object with a kind, ${choice}` : choice);
}
