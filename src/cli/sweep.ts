import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { judgeStudy } from '../claims/index.js';
import {
  gatherSweep,
  PARTS,
  planSweep,
  readSweep,
  runBatch,
  sweepFile,
  writeBatches,
  type SweepPlan,
} from '../experiments/sweep/index.js';
import { Interrupted } from '../experiments/index.js';
import { unwritable } from '../files/errors.js';
import { lockFolderNow } from '../files/folder-lock.js';
import { projectRoot } from '../native/index.js';
import { sweepIn } from '../specs/sweep-format.js';
import { roughDurationText } from '../text/durations.js';
import { counted, countText } from '../text/numbers.js';
import { defineCommand, type Command } from './command.js';
import { fromUsersFolder, requireWritable, sentenceOf } from './files.js';
import { readJson } from './json-file.js';
import { liveLine } from './live-line.js';
import { nativeAlgebraAloud } from './native-algebra.js';
import type { Values } from './option.js';
import { ownPython } from './own-venv.js';
import { stopSignal } from './stop-signal.js';
import { judgedText, resultsFile, studyOfSweep } from './sweep/judged.js';
import { knownSweeps, sweepOptions, sweepSource } from './sweep/options.js';
import { LOG, MARK, runsDone, runWorkflow } from './sweep/workflow.js';

type SweepArguments = Values<typeof sweepOptions> & { readonly named: string | undefined };

/** Batches at a time where --jobs does not say. */
const JOBS = { local: 2, slurm: 100 } as const;
/** Sentences of batches that are shown; the log has all. */
const MOST_FAULTS = 5;
/** Letters of a line. */
const columns = process.stdout.columns ?? 140;

/** Many experiments, one table. */
export const sweepCommand: Command<SweepArguments> = defineCommand({
  name: 'sweep',
  usage: 'npm run sweep -- NAME [options]',
  summary: `Runs all experiments of a sweep and writes one Parquet file, a row for each run, which pandas, DuckDB
and the notebooks read: the same bytes on a laptop and on a cluster. What an earlier call has left is not
run again. The first call installs Snakemake into .afterfit/sweep-venv.`,
  operands: {
    NAME: 'a sweep of docs/sweeps, or the path of a file like those; without it, lists them',
  },
  options: sweepOptions,
  exits: {
    0: 'when every run has its row; with --judge, when the verdict is the expected one',
    1: 'when runs are missing (the same command goes on from there); with --judge, when the verdict differs',
    2: 'when the input is wrong or nothing can be written',
    130: 'after Ctrl-C (the same command goes on from there)',
  },
  ask(values, operands) {
    if (operands.length > 1) throw new Error(`Expected one sweep, got ${operands.length}.`);
    return { ...values, named: operands[0] };
  },
  run: sweepAsAsked,
});

async function sweepAsAsked(asked: SweepArguments): Promise<number> {
  const { named, 'batch-file': batchFile } = asked;
  if (batchFile !== undefined) return oneBatch(fromUsersFolder(batchFile));
  if (named === undefined) {
    console.log(knownSweeps().join('\n'));
    return 0;
  }
  const source = sweepSource(named);
  const sweep = sweepIn(readJson(source, basename(source)), basename(source));
  const folder = fromUsersFolder(asked.out ?? join('out', 'sweeps', sweep.name));
  if (asked.judge) return judged(sweep.name, folder);
  nativeAlgebraAloud();
  if (asked['dry-run']) {
    console.log(planText(await planSweep(sweep, folder, asked.batch ?? sweep.batch)));
    return 0;
  }
  requireWritable(folder);
  const release = heldNow(folder);
  if (release === undefined) {
    throw new Error(
      `${folder}: another \`npm run sweep\` is at work there; expected another --out.`,
    );
  }
  try {
    const plan = await planSweep(sweep, folder, asked.batch ?? sweep.batch);
    console.log(planText(plan));
    return await carriedOut(plan, folder, asked);
  } finally {
    release();
  }
}

/** Holds the folder, at once or not at all; a sentence where it cannot be written to. */
function heldNow(folder: string): (() => void) | undefined {
  try {
    return lockFolderNow(folder);
  } catch (error) {
    throw unwritable(folder, error);
  }
}

/** '1,000 runs, 400 of them done; 600 in 15 batches to do.' */
function planText({ sweep, runs, done, batches }: SweepPlan): string {
  const all = `${sweep.name}: ${counted(runs.length, 'run')}`;
  if (batches.length === 0) return `${all}, all of them done.`;
  const left = countText(runs.length - done.size);
  const there = done.size === 0 ? '' : `, ${countText(done.size)} of them done`;
  return `${all}${there}; ${left} to do, in ${batches.length === 1 ? 'one batch' : `${countText(batches.length)} batches`}.`;
}

async function carriedOut(
  plan: SweepPlan,
  folder: string,
  { named, executor, jobs = JOBS[executor], profile }: SweepArguments,
): Promise<number> {
  const { sweep, runs, batches, done } = plan;
  let faults: readonly string[] = [];
  if (batches.length > 0) {
    const python = await ownPython(projectRoot, 'sweep')();
    mkdirSync(join(folder, PARTS), { recursive: true });
    writeBatches(plan, folder);
    const line = liveLine(process.stderr);
    const began = Date.now();
    const tell = () => {
      const now = runsDone(plan, folder);
      const rate = (now - done.size) / (Date.now() - began);
      const left = rate > 0 ? `, about ${roughDurationText((runs.length - now) / rate / 1000)} left` : ''; // prettier-ignore
      line.update(`${sweep.name}: ${countText(now)} of ${counted(runs.length, 'run')}${left}`);
    };
    tell();
    const way = { python, folder, executor, jobs, profile: profile && fromUsersFolder(profile) };
    const end = await runWorkflow(plan, way, tell).finally(() => line.end());
    faults = end.faults;
    if (end.interrupted) {
      const there = countText(runsDone(plan, folder));
      throw new Interrupted(
        `Interrupted; ${there} of ${counted(runs.length, 'run')} are kept, and the same command goes on from there.`,
      );
    }
  }
  const missing = await gatherSweep(plan, folder);
  if (missing === 0) {
    const file = sweepFile(folder, plan);
    console.log(`The rows of ${counted(runs.length, 'run')} are in ${file}`);
    const study = named === sweep.name ? studyOfSweep(sweep.name) : undefined;
    if (study)
      console.log(`\n${judgedText(study, await readSweep(file), { columns, each: false })}`);
    return 0;
  }
  for (const fault of faults.slice(0, MOST_FAULTS)) console.error(fault);
  console.error(
    `${countText(missing)} of ${counted(runs.length, 'run')} are missing: batches failed or were ended from outside. ${join(folder, LOG)} says more; the same command goes on from there.`,
  );
  return 1;
}

/** What the results that are there say. */
async function judged(name: string, folder: string): Promise<number> {
  const study = studyOfSweep(name);
  if (study === undefined) {
    throw new Error(`No study is made for the sweep '${name}'; expected one of ${knownSweeps().join(', ')}.`); // prettier-ignore
  }
  const file = resultsFile(name, folder);
  const table = await readSweep(file);
  console.log(`${file}\n\n${judgedText(study, table, { columns, each: true })}`);
  return judgeStudy(study, table.rows).verdict === study.expected ? 0 : 1;
}

/** What a job does. Its sentences are marked, for whoever started it to find them. */
async function oneBatch(file: string): Promise<number> {
  nativeAlgebraAloud();
  const signal = stopSignal();
  try {
    await runBatch(file, { signal });
    return 0;
  } catch (error) {
    if (error instanceof Interrupted) throw new Interrupted('Interrupted; nothing was written.');
    console.error(`${MARK}${sentenceOf(error)}`);
    return 2;
  }
}
