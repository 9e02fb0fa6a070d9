import { z } from 'zod';
import { faultIn, valueAt } from '../json-file.js';
import type { NameMap } from './state-dict.js';

const format = z.record(
  z.string(),
  z.string({ error: 'the name of a place in the network, or null' }).nullable(),
  { error: 'an object from names of arrays to places in the network' },
);

/** The map in the content of a --map file called `name`. Throws one sentence that names the place. */
export function nameMapFrom(raw: unknown, name: string): NameMap {
  const parsed = format.safeParse(raw);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0];
  throw new Error(faultIn(name, path, valueAt(raw, path), message));
}
