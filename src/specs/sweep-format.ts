import { z } from 'zod';
import { experimentFormat } from './experiment-format.js';
import { parseSpec } from './faults.js';
import { finite, object, schemaKey, size, word } from './fields.js';
import { inTodaysWords } from './image-experiments.js';
import type { SweepSpec } from './sweep.js';

/** Runs that one process does where a sweep does not say: its start is then a small part of its work. */
const BATCH = 40;

/** Columns are named so that SQL needs no quotes, and files so that no system minds. */
const column = z.string({ error: 'a text' }).regex(/^[a-z][a-z0-9_]*$/, {
  error: 'small letters, digits and _, a letter first',
});
const fileName = z.string({ error: 'a text' }).regex(/^[a-z0-9][a-z0-9-]*$/, {
  error: 'small letters, digits and -',
});

const range = object({
  from: z.int({ error: 'a whole number' }).describe('The first of them.'),
  count: size.describe('How many there are.'),
});

const axis = object({
  name: column.describe('The column of the results that says where on the axis a run lies.'),
  at: z
    .union([word, z.array(word).min(1)], { error: 'a place, or a list of places' })
    .describe(
      'Where the values go: keys with dots between, as "problem.start.seed"; a list where several places change together.',
    ),
  values: z
    .union([range, z.array(z.unknown()).min(1)], {
      error: 'a list of values, or whole numbers by from and count',
    })
    .describe('A list, or `{ "from": 1, "count": 100 }` for whole numbers.'),
  labels: z
    .array(z.union([finite, z.string(), z.boolean()]), { error: 'a list of numbers or texts' })
    .optional()
    .describe('What the column says of each value; needed where the values are lists or objects.'),
});

/** A `SweepSpec`, as JSON: what `npm run sweep` takes. */
export const sweepFormat = object({
  ...schemaKey,
  name: fileName.describe('Names the folder and the file of the results.'),
  title: word.describe('What the sweep asks, in a sentence.'),
  experiment: experimentFormat.describe('The experiment that is varied; a whole one.'),
  axes: z
    .array(axis, { error: 'a list of axes' })
    .min(1, { error: 'at least one axis' })
    .describe('What is varied, each with each; the last axis changes fastest.'),
  batch: size.default(BATCH).describe('Runs that one process does, one after the other.'),
}).describe('Many experiments: one description, and what is varied in it.');

/** The sweep in the content of a file called `name`. Throws one sentence that names the place. */
export function sweepIn(raw: unknown, name: string): SweepSpec & { readonly batch: number } {
  const todays =
    typeof raw === 'object' && raw !== null && 'experiment' in raw
      ? { ...raw, experiment: inTodaysWords(raw.experiment) }
      : raw;
  const { $schema, ...sweep } = parseSpec(sweepFormat, todays, name);
  void $schema;
  // Experiments are checked one by one once values are put in, and keep the words they came in.
  return { ...sweep, experiment: (todays as SweepSpec).experiment };
}
