import { basename, dirname } from 'node:path';
import { Interrupted, runIntoFolder, Unfinished } from '../experiments/index.js';
import type { AnyRecord } from '../records/index.js';
import { requireRecordPlace } from '../records/node/index.js';
import { experimentIn } from '../specs/experiment-format.js';
import { defineCommand, type Command } from './command.js';
import { fromUsersFolder, requireWritable } from './files.js';
import { readJson } from './json-file.js';
import { formatAlpha, liveLine } from './live-line.js';
import { nativeAlgebraAloud } from './native-algebra.js';
import { path, required } from './option.js';
import { stopSignal } from './stop-signal.js';

interface ExperimentArguments {
  readonly spec: string;
  readonly out: string;
}

/** One experiment, one record. */
export const experimentCommand: Command<ExperimentArguments> = defineCommand({
  name: 'experiment',
  usage: 'npm run experiment -- SPEC.json --out DIR',
  summary: `Runs the experiment that a file describes and writes its record: a folder of record.json and
arrays.npz, the same bytes each time. NumPy and pandas open it.`,
  operands: { 'SPEC.json': 'the experiment; docs/records.md says what it may hold' },
  options: {
    out: required(
      path('DIR', 'folder for the record; what it holds is replaced', 'a folder'),
      'names the folder for the record',
    ),
  },
  exits: {
    0: 'when the record was written',
    1: 'when the run did not reach its goal (nothing is written)',
    2: 'when the input is wrong',
    130: 'after Ctrl-C (nothing is written)',
  },
  ask({ out }, operands) {
    if (operands.length !== 1) {
      throw new Error(`Expected one file that describes an experiment, got ${operands.length}.`);
    }
    return { spec: operands[0], out };
  },
  run: experimentAsAsked,
});

async function experimentAsAsked({ spec: file, out }: ExperimentArguments): Promise<number> {
  const spec = experimentIn(readJson(fromUsersFolder(file), basename(file)), basename(file));
  const folder = fromUsersFolder(out);
  requireRecordPlace(folder);
  requireWritable(dirname(folder));
  nativeAlgebraAloud();
  const signal = stopSignal();
  const line = liveLine(process.stderr);
  try {
    const record = await runIntoFolder(spec, folder, {
      signal,
      onProgress: ({ task, alpha, goal }) => line.update(`${task}, ${formatAlpha(alpha, goal)}`),
    });
    line.end();
    console.log(`${wordsOf(record)}\nThe record is in ${folder}`);
    return 0;
  } catch (error) {
    line.end();
    if (error instanceof Unfinished) {
      console.error(error.message);
      return 1;
    }
    if (error instanceof Interrupted) throw new Interrupted('Interrupted; nothing was written.');
    throw error;
  }
}

/** How the run ended, where its record says so. */
function wordsOf(record: AnyRecord): string {
  if (record.kind === 'flow') return `${record.result.message} ${limitText(record.certificate)}`;
  if ('certificate' in record) return limitText(record.certificate);
  if (record.kind === 'descent') return record.result.message;
  return 'message' in record ? record.message : record.fit;
}

function limitText({
  doubts,
  limit,
}: {
  doubts: readonly string[];
  limit: { margin: number };
}): string {
  return doubts.length === 0
    ? `Its limit is certified, with the margin ${limit.margin}.`
    : `Its limit is not certified: ${doubts.join('; ')}.`;
}
