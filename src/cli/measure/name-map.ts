import { z } from 'zod';
import { parseSpec } from '../../specs/faults.js';
import type { NameMap } from './state-dict.js';

const format = z.record(
  z.string(),
  z.string({ error: 'the name of a place in the network, or null' }).nullable(),
  { error: 'an object from names of arrays to places in the network' },
);

/** The map in the content of a --map file called `name`. Throws one sentence that names the place. */
export function nameMapFrom(raw: unknown, name: string): NameMap {
  return parseSpec(format, raw, name);
}
