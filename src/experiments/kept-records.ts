import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fileHashes } from '../files/hashes.js';
import { linearAlgebraName } from '../numerics/index.js';
import type { AnyRecord, Json } from '../records/index.js';
import { readRecord, writeRecord, type RecordOrigin } from '../records/node/index.js';
import { experimentKey, isOnImages, type ExperimentSpec } from '../specs/index.js';
import { codeDigest } from './code-digest.js';
import { fullDataFound, mayBeMissing } from './image-data.js';
import { attempted, type Run } from './run-claim.js';
import { runExperiment } from './run-experiment.js';
import type { RunContext } from './settings.js';

/** What runs an experiment; its code decides the numbers. */
const RUNS_THEM = new URL('./run-experiment.js', import.meta.url).href;

/** What calls OpenBLAS: its numbers are part of all others. */
const BLAS = new URL('../native/index.js', import.meta.url).href;

let committed: string | undefined;

/** One hash of all data files that come with the project; computed once in a process. */
function committedData(): string {
  const folder = fileURLToPath(new URL('../../datasets/', import.meta.url));
  const hashes = () => JSON.stringify(existsSync(folder) ? fileHashes(folder) : {});
  return (committed ??= createHash('sha256').update(hashes()).digest('hex'));
}

/** Experiments whose records are kept in a folder, each in one of its own. */
export interface RecordStore {
  /** The record that was left, or else a new one, which is kept. */
  readonly run: Run;
  /** Names of the folders that were written. */
  readonly written: ReadonlySet<string>;
}

/**
 * The name of the folder of an experiment's record: its kind and 12 hexadecimal digits of the SHA-256 of its
 * description, the same for descriptions of one meaning.
 */
export function recordName(spec: ExperimentSpec): string {
  const hash = createHash('sha256').update(experimentKey(spec)).digest('hex');
  return `${spec.kind}-${hash.slice(0, 12)}`;
}

/** Whether another machine may lack an experiment's data, which are not among those that come with the kit. */
function restsOnFullData(spec: ExperimentSpec): boolean {
  if (isOnImages(spec)) return mayBeMissing(spec.data);
  return 'problem' in spec && mayBeMissing(spec.problem.data);
}

/** Where a record's numbers come from on this machine, with this code. */
export function recordOrigin(spec: ExperimentSpec): RecordOrigin {
  return {
    spec: JSON.parse(experimentKey(spec)) as Json,
    node: process.versions.node,
    linearAlgebra: linearAlgebraName(),
    code: codeDigest(RUNS_THEM, BLAS),
    data: restsOnFullData(spec) ? fullDataFound() : committedData(),
  };
}

/** Whether kept records count, and what runs an experiment otherwise. */
export interface StoreOptions {
  /** Takes no record that an earlier run has left. */
  readonly fresh?: boolean;
  /** What runs an experiment that has no record. */
  readonly run?: Run;
}

/**
 * Keeps records below `folder`. One that is there is taken only where it was made by the same code, linear
 * algebra and version of Node.
 */
export function recordStore(
  folder: string,
  { fresh = false, run: compute = runExperiment }: StoreOptions = {},
): RecordStore {
  const written = new Set<string>();
  const run: Run = async (spec, context) => {
    const name = recordName(spec);
    const place = join(folder, name);
    const origin = recordOrigin(spec);
    // What this run has written itself is not computed again.
    const known = fresh && !written.has(name) ? undefined : keptRecord(place, origin);
    if (known) return known;
    const record = await attempted(spec, context, compute);
    // A full data set that is not there today may be there tomorrow.
    mkdirSync(folder, { recursive: true });
    // What has this name is ours to replace, whatever lies in it.
    rmSync(place, { recursive: true, force: true });
    if (record.kind === 'unfinished' && restsOnFullData(spec)) return record;
    writeRecord(place, record, origin);
    written.add(name);
    return record;
  };
  return { run, written };
}

function keptRecord(place: string, origin: RecordOrigin): AnyRecord | undefined {
  if (!existsSync(place)) return undefined;
  try {
    const kept = readRecord(place);
    return JSON.stringify(kept.origin) === JSON.stringify(origin) ? kept.record : undefined;
  } catch {
    // Not whole, or of another format: it is computed again.
    return undefined;
  }
}

/** Runs one experiment and writes its record into a folder, which has to be new or a record's. */
export async function runIntoFolder(
  spec: ExperimentSpec,
  folder: string,
  context: RunContext = {},
): Promise<AnyRecord> {
  const record = await runExperiment(spec, context);
  writeRecord(folder, record, recordOrigin(spec));
  return record;
}
