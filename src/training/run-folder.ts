import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { readFully, writeFully } from '../files/bytes.js';
import { unwritable } from '../files/errors.js';
import { writeAtomically } from '../files/write.js';
import { bytesOf, numbersIn, readCheckpoint, writeCheckpoint } from './checkpoint-file.js';
import { difference, fingerprint, type Fingerprint } from './fingerprint.js';
import { rowColumns, type TrainingRow } from './rows.js';
import type { TrainingState } from './state.js';
import type { RunIdentity, SavedRun, TrainingStore } from './store.js';

/**
 * A run's folder:
 * - `state.bin`: the state to go on from (see `checkpoint-file.ts`), replaced as a whole
 * - `rows.bin`: one record after another, little-endian float64: the columns of `rowColumns`, the
 *   length of θ or 0 where it is not kept, and θ. It only grows. What lies beyond the length that the
 *   state names was written after it, and comes again when the run goes on.
 * - `seconds.json`: seconds of work until each row and until the state, apart from what is the same
 *   in every repetition
 */
const STATE = 'state.bin';
const ROWS = 'rows.bin';
const SECONDS = 'seconds.json';

interface Seconds {
  readonly rows: readonly (number | null)[];
  readonly elapsed: number;
}

/**
 * Keeps a run in a folder, which is made where it is not there. Killed at any moment, a run goes on
 * from its last saved state. `open` throws one sentence where the folder holds another run.
 */
export function folderStore(folder: string): TrainingStore {
  const statePath = join(folder, STATE);
  const rowsPath = join(folder, ROWS);
  let identity: Fingerprint = {};
  let places: RowPlace[] = [];
  let seconds: number[] = [];
  let rowBytes = 0;

  /** Opens the file of rows for one piece of work. */
  function withRows<T>(work: (file: number) => T): T {
    let file: number | undefined;
    try {
      file = openSync(rowsPath, existsSync(rowsPath) ? 'r+' : 'w+');
      return work(file);
    } catch (error) {
      throw unwritable(rowsPath, error);
    } finally {
      if (file !== undefined) closeSync(file);
    }
  }

  function open(wanted: RunIdentity): SavedRun | undefined {
    identity = fingerprint(wanted);
    [places, seconds, rowBytes] = [[], [], 0];
    try {
      mkdirSync(folder, { recursive: true });
    } catch (error) {
      throw unwritable(folder, error);
    }
    if (!existsSync(statePath)) {
      withRows((file) => ftruncateSync(file, 0));
      return undefined;
    }
    const { run, found } = readFolder(folder);
    const differing = difference(found.fingerprint, identity);
    if (differing !== undefined) {
      throw new Error(`${folder} holds another run (${differing}): use another folder.`);
    }
    ({ places, rowBytes } = found);
    seconds = [...run.seconds];
    withRows((file) => ftruncateSync(file, rowBytes));
    return run;
  }

  return {
    lasting: true,
    open,
    append(row, theta, at) {
      const record = recordOf(row, theta);
      withRows((file) => writeFully(file, bytesOf(record), rowBytes));
      places.push(placeOf(row, rowBytes, theta?.length ?? 0));
      rowBytes += record.byteLength;
      seconds.push(at);
    },
    save(state, elapsed) {
      // The rows reach the disk before the state that counts them.
      withRows(fsyncSync);
      const text = JSON.stringify({ rows: seconds, elapsed } satisfies Seconds);
      writeAtomically(join(folder, SECONDS), [Buffer.from(text)]);
      writeCheckpoint(statePath, { fingerprint: identity, state, rowBytes });
    },
    thetaAt: (k) => withRows((file) => thetaIn(file, places[k])),
  };
}

/** A training as its folder shows it, finished or not, up to its last saved state. */
export interface StoredRun {
  /** What was trained, on what, and how, part by part. */
  readonly fingerprint: Fingerprint;
  readonly rows: readonly TrainingRow[];
  /** Seconds of work until each row; NaN where that was not recorded. */
  readonly seconds: readonly number[];
  readonly state: TrainingState;
  /** θ of row k (from 0), where it was kept; that of the last row always is. */
  thetaAt(k: number): Float64Array | undefined;
}

/** Reads a run without training. Throws one sentence where the folder holds none, or a damaged one. */
export function readRun(folder: string): StoredRun {
  if (!existsSync(join(folder, STATE))) {
    throw new Error(`${folder} holds no training: there is no ${STATE} in it.`);
  }
  const { run, found } = readFolder(folder);
  const { rows, seconds, state } = run;
  return {
    fingerprint: found.fingerprint,
    rows,
    seconds,
    state,
    thetaAt(k) {
      if (k === rows.length - 1) return state.rowTheta.slice();
      const file = openSync(join(folder, ROWS), 'r');
      try {
        return thetaIn(file, found.places[k]);
      } finally {
        closeSync(file);
      }
    },
  };
}

/** Where a row's θ lies in the file. */
interface RowPlace {
  readonly row: TrainingRow;
  readonly thetaAt: number;
  readonly parameters: number;
}

const HEAD = rowColumns.length + 1;

function recordOf(row: TrainingRow, theta: Float64Array | undefined): Float64Array {
  const record = new Float64Array(HEAD + (theta?.length ?? 0));
  rowColumns.forEach((name, k) => (record[k] = row[name]));
  record[HEAD - 1] = theta?.length ?? 0;
  if (theta) record.set(theta, HEAD);
  return record;
}

function placeOf(row: TrainingRow, at: number, parameters: number): RowPlace {
  return { row, thetaAt: at + 8 * HEAD, parameters };
}

function thetaIn(file: number, place: RowPlace | undefined): Float64Array | undefined {
  if (!place || place.parameters === 0) return undefined;
  return numbersIn(readFully(file, place.thetaAt, 8 * place.parameters));
}

function readFolder(folder: string) {
  const { state, rowBytes, fingerprint: identity } = readCheckpoint(join(folder, STATE));
  const places = readPlaces(join(folder, ROWS), rowBytes, state.rows);
  const { rows: times, elapsed } = readSeconds(join(folder, SECONDS));
  const run: SavedRun = {
    state,
    rows: places.map(({ row }) => row),
    seconds: places.map((_, k) => times[k] ?? NaN),
    elapsed,
  };
  return { run, found: { fingerprint: identity, places, rowBytes } };
}

/** The rows, and where their θs lie, which stay in the file. */
function readPlaces(path: string, end: number, rows: number): RowPlace[] {
  const places: RowPlace[] = [];
  const damaged = () => new Error(`${path}: expected ${rows} rows in ${end} bytes; it is damaged.`);
  if (!existsSync(path)) throw damaged();
  const file = openSync(path, 'r');
  try {
    let at = 0;
    while (at < end) {
      const head = readFully(file, at, 8 * HEAD);
      if (head.length < 8 * HEAD) throw damaged();
      const numbers = numbersIn(head);
      const row = Object.fromEntries(rowColumns.map((name, k) => [name, numbers[k]]));
      const place = placeOf(row as unknown as TrainingRow, at, numbers[HEAD - 1]);
      places.push(place);
      at = place.thetaAt + 8 * place.parameters;
      if (!(at <= end)) throw damaged();
    }
    if (places.length !== rows) throw damaged();
  } finally {
    closeSync(file);
  }
  return places;
}

/** Times are a comfort: without them a run goes on all the same. */
function readSeconds(path: string): Seconds {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Seconds;
  } catch {
    return { rows: [], elapsed: 0 };
  }
}
