import { createHash } from 'node:crypto';
import { endianness } from 'node:os';
import type { Dataset } from '../../datasets/index.js';

/**
 * SHA-256 of the inputs' and labels' bytes (float64, little-endian) of every data set that a claim's
 * record holds, by name: a problem's data go by the problem's name, other data by their own. A record
 * may be any tree of plain objects and arrays.
 */
export function datasetHashes(record: unknown): Record<string, string> {
  const named = new Map<string, string>();
  const seen = new Set<unknown>();
  const add = (name: string, dataset: Dataset) => {
    if (seen.has(dataset)) return;
    seen.add(dataset);
    const hash = hashOf(dataset);
    // Two data sets of one name: the second is told apart by a number.
    for (let k = 1; ; k++) {
      const key = k === 1 ? name : `${name} (${k})`;
      if (named.has(key) && named.get(key) !== hash) continue;
      return named.set(key, hash);
    }
  };
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    if (ArrayBuffer.isView(value)) return;
    if (isDataset(value)) return void add(value.name, value);
    seen.add(value);
    const { name, data, test } = value as { name?: unknown; data?: unknown; test?: unknown };
    if (typeof name === 'string') {
      if (isDataset(data)) add(name, data);
      if (isDataset(test)) add(`${name}, test`, test);
    }
    Object.values(value).forEach(visit);
  };
  visit(record);
  return Object.fromEntries([...named].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isDataset(value: unknown): value is Dataset {
  if (typeof value !== 'object' || value === null) return false;
  const { name, inputs, labels } = value as Partial<Dataset>;
  return (
    typeof name === 'string' && inputs instanceof Float64Array && labels instanceof Float64Array
  );
}

function hashOf({ inputs, labels }: Dataset): string {
  const hash = createHash('sha256');
  for (const values of [inputs, labels]) {
    const bytes = Buffer.from(Float64Array.from(values).buffer);
    hash.update(endianness() === 'LE' ? bytes : bytes.swap64());
  }
  return hash.digest('hex');
}
