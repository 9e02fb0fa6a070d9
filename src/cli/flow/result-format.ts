import { z } from 'zod';

/**
 * What a result file adds to its problem and another run can go on from. Numbers that are not finite
 * are strings there.
 */
const finite = z.number({ error: 'a finite number' });
const numbers = z.array(finite, { error: 'a list of numbers' });
const extended = z
  .union([finite, z.enum(['Infinity', '-Infinity', 'NaN'])], { error: 'a number' })
  .transform(Number);
const direction = numbers.transform((values) => Float64Array.from(values));
const kinks = z
  .array(z.tuple([z.int(), z.int(), extended]), { error: 'a list of [example, unit, slope]' })
  .optional();

const entry = {
  logT: extended,
  logNorm: finite,
  alpha: finite,
  normalizedMargin: extended,
  smoothedMargin: extended,
  alignment: extended,
  q: direction.optional(),
  entropy: extended.optional(),
  dualPotential: extended.optional(),
  direction,
  kinks,
};

const counts = z.object({
  accepted: z.int(),
  rejected: z.int(),
  evaluations: z.int(),
  jacobians: z.int(),
  factorizations: z.int(),
});

export const resultFormat = z.object({
  rows: z.array(z.object({ target: finite, ...entry })),
  last: z.object({ ...entry, pathLength: finite, margins: direction }),
  solver: z.object({
    counts,
    slides: z.int(),
    startAlpha: finite,
    marks: z.array(z.object({ name: z.string(), logT: extended, alpha: finite })),
  }),
});

/** The run that a result tells of, as far as another one goes on from it. */
export type EarlierRun = z.output<typeof resultFormat>;
