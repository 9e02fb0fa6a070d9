import { existsSync, readFileSync } from 'node:fs';
import { writeAtomically } from '../../files/write.js';
import { sentenceOf } from '../files.js';
import { jsonText } from '../json-text.js';
import type { BenchRecord } from './entry.js';

/** What tells one record from another. */
type Key = Pick<BenchRecord, 'name' | 'size'>;

const same = (a: Key, b: Key) => a.name === b.name && a.size === b.size;

/** The records in a file; none where there is no file. Throws a sentence where it holds other things. */
export function readResults(path: string): BenchRecord[] {
  if (!existsSync(path)) return [];
  let found: unknown;
  try {
    found = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`${path}: is not JSON (${sentenceOf(error)}); move it away.`, { cause: error });
  }
  if (!Array.isArray(found) || !found.every(isRecord)) {
    throw new Error(`${path}: is not a list of results; move it away, or name another --out.`);
  }
  return found;
}

function isRecord(value: unknown): value is BenchRecord {
  const { name, size } = (value ?? {}) as Partial<BenchRecord>;
  return typeof name === 'string' && typeof size === 'string';
}

/** New records take the place of older ones of the same name and size; all others stay. */
function merged(
  before: readonly BenchRecord[],
  news: readonly BenchRecord[],
): readonly BenchRecord[] {
  const replaced = before.map((old) => news.find((record) => same(record, old)) ?? old);
  const added = news.filter((record) => !before.some((old) => same(record, old)));
  return [...replaced, ...added];
}

/** Puts a record into the file, which is replaced whole. */
export function saveResult(path: string, record: BenchRecord): void {
  writeAtomically(path, jsonText(merged(readResults(path), [record])));
}

/** Takes a record out of the file: it no longer holds. */
export function dropResult(path: string, key: Key): void {
  const before = readResults(path);
  const kept = before.filter((record) => !same(record, key));
  if (kept.length < before.length) writeAtomically(path, jsonText(kept));
}
