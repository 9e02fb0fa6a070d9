import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readWhole } from '../../files/read.js';
import { writeAtomically } from '../../files/write.js';
import { decodeSweep, type SweepRow } from '../../records/index.js';
import {
  sweepRuns,
  type ExperimentSpec,
  type NamedSweepRun,
  type SweepSpec,
} from '../../specs/index.js';
import { codeDigest } from '../code-digest.js';
import { recordOrigin } from '../kept-records.js';
import { measuresOf } from './measures.js';

/** What runs a batch; with its imports, all code that decides a row. */
const RUNS_BATCHES = new URL('./run-batch.js', import.meta.url).href;

/** Digits of a run's name: two of a million runs are the same with a chance of one in 10⁷. */
const DIGITS = 16;

/** A run with its names. */
export interface PlannedRun extends NamedSweepRun {
  /** Names the experiment: the same for descriptions of one meaning, with any code. */
  readonly name: string;
  /** Names the row: the experiment, and the code and linear algebra that compute it. */
  readonly id: string;
}

/** What one process does. */
export interface PlannedBatch {
  /** Names the runs in it. */
  readonly id: string;
  readonly runs: readonly Pick<PlannedRun, 'id' | 'spec'>[];
}

/** A sweep, what of it is there, and what is to be done. */
export interface SweepPlan {
  readonly sweep: SweepSpec;
  readonly runs: readonly PlannedRun[];
  /** Rows that an earlier run has left, by the ids of the runs. */
  readonly done: ReadonlyMap<string, SweepRow>;
  /** All others. */
  readonly batches: readonly PlannedBatch[];
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, DIGITS);

/** What a row's numbers rest on beside its description: code, Node, linear algebra, data. */
export function sweepOrigin(spec: ExperimentSpec): Readonly<Record<string, string | undefined>> {
  const { node, linearAlgebra, data } = recordOrigin(spec);
  return { node, linearAlgebra, data, code: codeDigest(RUNS_BATCHES) };
}

/** The id of a run, by the text of its experiment. */
export function runId(spec: ExperimentSpec, key: string): string {
  return hashOf(`${key}\n${JSON.stringify(sweepOrigin(spec))}`);
}

/** All runs of a sweep with their names. Throws one sentence where it makes no sense. */
export function plannedRuns(sweep: SweepSpec): PlannedRun[] {
  measuresOf(sweep.experiment.kind);
  return sweepRuns(sweep).map((run): PlannedRun => {
    return { ...run, name: hashOf(run.key), id: runId(run.spec, run.key) };
  });
}

/** Where the tables of batches lie in a sweep's folder. */
export const PARTS = 'parts';
/** Where it says what each process is to do. */
const BATCHES = 'batches';

/**
 * What there is to be done for a sweep in a folder: all runs of which no table there tells, in batches of `batch` runs.
 * Throws one sentence where the sweep makes no sense.
 */
export async function planSweep(
  sweep: SweepSpec,
  folder: string,
  batch: number,
): Promise<SweepPlan> {
  const runs = plannedRuns(sweep);
  const ids = new Set(runs.map(({ id }) => id));
  const done = new Map([...(await rowsIn(folder))].filter(([id]) => ids.has(id)));
  const missing = runs.filter(({ id }) => !done.has(id));
  const batches: PlannedBatch[] = [];
  for (let k = 0; k < missing.length; k += batch) {
    const some = missing.slice(k, k + batch).map(({ id, spec }) => ({ id, spec }));
    batches.push({ id: hashOf(some.map(({ id }) => id).join()), runs: some });
  }
  return { sweep, runs, done, batches };
}

/** The rows of all tables of batches in a folder, by the ids of their runs. A table that cannot be read is removed. */
export async function rowsIn(folder: string): Promise<Map<string, SweepRow>> {
  const parts = join(folder, PARTS);
  const rows = new Map<string, SweepRow>();
  if (!existsSync(parts)) return rows;
  for (const file of readdirSync(parts).sort()) {
    if (!file.endsWith('.parquet')) continue;
    const path = join(parts, file);
    try {
      const table = await decodeSweep(readWhole(path), path);
      for (const row of table.rows) rows.set(String(row.id), row);
    } catch {
      // Tables are written whole or not at all; one that is broken is no table of ours, and is in the way.
      rmSync(path, { force: true });
    }
  }
  return rows;
}

/** Writes what the processes are to do, in the place of what they were to do before. */
export function writeBatches({ batches }: SweepPlan, folder: string): void {
  const place = join(folder, BATCHES);
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  for (const { id, runs } of batches) {
    writeAtomically(join(place, `${id}.json`), `${JSON.stringify({ runs })}\n`);
  }
}
