import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { writeAtomically } from '../files/write.js';
import type { Fingerprint } from './fingerprint.js';
import type { Ending, TrainingState } from './state.js';

/**
 * The file of a state, `state.bin`: the 8 letters AFTERFIT; the version of the format and the length of
 * the header in bytes, two little-endian uint32; the header, JSON in UTF-8, filled with spaces to a
 * multiple of 8; the blocks that it lists, one after another, little-endian float64; the SHA-256 of
 * all that, 32 bytes. The block `numbers` holds the state's numbers in the header's order, since JSON
 * has no word for those that are not finite; true and false are 1 and 0.
 */
const MAGIC = 'AFTERFIT';
const VERSION = 1;
const PREFIX = 16;
const DIGEST = 32;

const numberNames = [
  'phase',
  'phaseStep',
  'steps',
  'epochs',
  'wrong',
  'pathLength',
  'stepSize',
  'rows',
  'rowStep',
  'referenceAlpha',
  'decade',
] as const satisfies readonly (keyof TrainingState)[];
const flagNames = ['epochClosed', 'stuck'] as const satisfies readonly (keyof TrainingState)[];
const vectorNames = ['theta', 'rowTheta', 'velocity'] as const;

interface Header {
  readonly fingerprint: Fingerprint;
  readonly numbers: readonly string[];
  readonly blocks: readonly { readonly name: string; readonly length: number }[];
  /** Length of the file of rows that belongs to this state. */
  readonly rowBytes: number;
  readonly endings: readonly Ending[];
}

/** What a checkpoint holds. */
export interface Checkpoint {
  readonly fingerprint: Fingerprint;
  readonly state: TrainingState;
  readonly rowBytes: number;
}

/** Writes a checkpoint, whole or not at all, with a hash of its bytes at their end. */
export function writeCheckpoint(path: string, { fingerprint, state, rowBytes }: Checkpoint): void {
  const numbers = Float64Array.from([
    ...numberNames.map((name) => state[name]),
    ...flagNames.map((name) => Number(state[name])),
  ]);
  const blocks = [
    { name: 'numbers', values: numbers },
    ...vectorNames.map((name) => ({ name, values: state[name] })),
  ];
  const header: Header = {
    fingerprint,
    numbers: [...numberNames, ...flagNames],
    blocks: blocks.map(({ name, values }) => ({ name, length: values.length })),
    rowBytes,
    endings: state.endings,
  };
  const json = Buffer.from(JSON.stringify(header));
  const text = Buffer.concat([json, Buffer.alloc((8 - (json.length % 8)) % 8, ' ')]);
  const prefix = Buffer.alloc(PREFIX);
  prefix.write(MAGIC, 'latin1');
  prefix.writeUInt32LE(VERSION, 8);
  prefix.writeUInt32LE(text.length, 12);
  const parts = [prefix, text, ...blocks.map(({ values }) => bytesOf(values))];
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  writeAtomically(path, [...parts, hash.digest()]);
}

/** Throws one sentence where the file is not there, of another kind or damaged. */
export function readCheckpoint(path: string): Checkpoint {
  const bytes = readFileSync(path);
  const fail = (what: string): never => {
    throw new Error(`${path}: ${what}; expected the saved state of a training.`);
  };
  if (bytes.toString('latin1', 0, 8) !== MAGIC) fail('not a file of this kind');
  const version = bytes.length < PREFIX ? 0 : bytes.readUInt32LE(8);
  if (version !== VERSION) fail(`its format has version ${version}, not ${VERSION}`);
  const content = bytes.subarray(0, bytes.length - DIGEST);
  const digest = createHash('sha256').update(content).digest();
  if (!digest.equals(bytes.subarray(content.length))) fail('the file is damaged');
  const dataAt = PREFIX + bytes.readUInt32LE(12);
  const header = JSON.parse(bytes.toString('utf8', PREFIX, dataAt)) as Header;
  const blocks = new Map<string, Float64Array>();
  let at = dataAt;
  for (const { name, length } of header.blocks) {
    blocks.set(name, numbersIn(content.subarray(at, at + 8 * length)));
    at += 8 * length;
  }
  return {
    fingerprint: header.fingerprint,
    state: stateFrom(header, blocks),
    rowBytes: header.rowBytes,
  };
}

function stateFrom(header: Header, blocks: ReadonlyMap<string, Float64Array>): TrainingState {
  const numbers = blocks.get('numbers')!;
  const value = (name: string) => numbers[header.numbers.indexOf(name)];
  const entries: (readonly [keyof TrainingState, unknown])[] = [
    ...numberNames.map((name) => [name, value(name)] as const),
    ...flagNames.map((name) => [name, value(name) === 1] as const),
    ...vectorNames.map((name) => [name, blocks.get(name)] as const),
    ['endings', [...header.endings]],
  ];
  return Object.fromEntries(entries) as unknown as TrainingState;
}

/** The bytes of numbers; all machines that Node supports widely are little-endian. */
export function bytesOf({ buffer, byteOffset, byteLength }: Float64Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** The numbers in bytes, a copy. */
export function numbersIn(bytes: Uint8Array): Float64Array {
  const numbers = new Float64Array(bytes.length / 8);
  bytesOf(numbers).set(bytes);
  return numbers;
}
