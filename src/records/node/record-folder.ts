import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { arraysIn, npzOf } from '../../datasets/npz.js';
import { behindLinks } from '../../files/paths.js';
import { readText, readWhole } from '../../files/read.js';
import { decodeRecord } from '../decode.js';
import { encodeRecord, type Json } from '../encode.js';
import type { AnyRecord } from '../plan-records.js';
import { isRecord } from '../record.js';

/** Changes whenever a reader of the old form would misread the new one. */
export const RECORD_FORMAT = 1;

const JSON_FILE = 'record.json';
const ARRAYS_FILE = 'arrays.npz';

/** What a record comes from, kept beside it. */
export interface RecordOrigin {
  /** The specification that it is the record of. */
  readonly spec: Json;
  readonly node: string;
  readonly linearAlgebra: string;
  /** SHA-256 of the compiled code that decides its numbers. */
  readonly code: string;
  /**
   * What tells data files from others: a hash of those that come with the project, or which full sets there
   * were.
   */
  readonly data?: string;
}

/** A record with its origin. */
export interface KeptRecord {
  readonly origin: RecordOrigin;
  readonly record: AnyRecord;
}

/** Throws a sentence where a record written to that folder would take the place of something else. */
export function requireRecordPlace(folder: string): void {
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory()) throw new Error(`${folder} is a file; expected a folder.`);
  const other = readdirSync(folder).find((name) => name !== JSON_FILE && name !== ARRAYS_FILE);
  if (other === undefined) return;
  throw new Error(
    `${folder} holds '${other}'; expected a new folder, an empty one, or that of a record.`,
  );
}

/**
 * Writes a record as a folder of `record.json` and `arrays.npz`, whole or not at all: the same bytes for the
 * same record. A record that the folder held before is replaced; a symbolic link stays, and the folder that it
 * names is written. Throws a sentence where it holds anything else.
 */
export function writeRecord(named: string, record: AnyRecord, origin: RecordOrigin): void {
  requireRecordPlace(named);
  const folder = behindLinks(named);
  const { json, arrays } = encodeRecord(record);
  const draft = `${folder}.${process.pid}.part`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  try {
    const files = Array.from(arrays, ([name, values]) => {
      return [name, { shape: [values.length], values, type: 'float64' as const }] as const;
    });
    const bytes = npzOf(files);
    const sha256 = checksum(origin, json, bytes);
    const head = { format: RECORD_FORMAT, sha256, origin, record: json };
    writeFileSync(join(draft, JSON_FILE), `${JSON.stringify(head, null, 1)}\n`);
    writeFileSync(join(draft, ARRAYS_FILE), bytes);
    rmSync(folder, { recursive: true, force: true });
    renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/**
 * The record in a folder. Throws a sentence that names the file where there is none, where it has another
 * format, and where it is not whole.
 */
export function readRecord(folder: string): KeptRecord {
  const file = join(folder, JSON_FILE);
  const head = headOf(file);
  const arrays = join(folder, ARRAYS_FILE);
  const bytes = readWhole(arrays);
  const columns = new Map(
    Array.from(arraysIn(bytes, arrays), ([name, { values }]) => [name, values]),
  );
  let record: unknown;
  try {
    record = decodeRecord(head.record, columns);
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}.`, { cause: error });
  }
  if (!isRecord(record)) {
    const kind = (record as { kind?: unknown } | null)?.kind;
    throw new Error(
      `${file} holds a record of the kind ${JSON.stringify(kind)}, which is unknown.`,
    );
  }
  if (checksum(head.origin, head.record, bytes) !== head.sha256) {
    throw new Error(`${file} is damaged: its checksum is not that of what the folder holds.`);
  }
  return { origin: head.origin, record };
}

/** What the record in a folder comes from, without a look at its arrays. Throws as `readRecord` does. */
export function readOrigin(folder: string): RecordOrigin {
  return headOf(join(folder, JSON_FILE)).origin;
}

/** Of the origin, the record's JSON and its arrays. */
function checksum(origin: RecordOrigin, json: Json, arrays: Uint8Array): string {
  return createHash('sha256')
    .update(JSON.stringify([origin, json]))
    .update(arrays)
    .digest('hex');
}

interface Head {
  readonly format: number;
  readonly sha256: string;
  readonly origin: RecordOrigin;
  readonly record: Json;
}

function headOf(file: string): Head {
  let head: Partial<Head>;
  try {
    head = (JSON.parse(readText(file)) ?? {}) as Partial<Head>;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Error(`${file} is not whole: ${error.message}.`, { cause: error });
  }
  if (head.format !== RECORD_FORMAT || head.record === undefined || head.origin === undefined) {
    const found = JSON.stringify(head.format) ?? 'none';
    throw new Error(`${file} has the format ${found}; expected ${RECORD_FORMAT}.`);
  }
  return head as Head;
}
