import { existsSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { projectRoot } from '../native/index.js';
import { benchArguments, benchOptions, type BenchArguments } from './bench/arguments.js';
import { entries } from './bench/entries.js';
import { peersOf } from './bench/peers.js';
import { benchTable } from './bench/report.js';
import { readResults } from './bench/results.js';
import { runEntries } from './bench/run-entries.js';

import { defineCommand, type Command } from './command.js';
import { fromUsersFolder, requireWritable } from './files.js';
import { liveLine } from './live-line.js';
import { nativeAlgebraAloud } from './native-algebra.js';
import { ownPython } from './own-venv.js';

/** Threads for everybody: as many as the smallest machines of today have. */
const THREADS = 2;

export const benchCommand: Command<BenchArguments> = defineCommand({
  name: 'bench',
  usage: 'npm run bench -- [name…] [options]',
  summary: `Compares afterfit with the tools one would use instead, on the same work and in turns: the entries
named, or all of them. The first comparison installs these tools into .afterfit/bench-venv. Where two
answers differ there is no ratio.`,
  options: benchOptions,
  exits: {
    0: 'when everything was compared, whether or not it meets its goal',
    1: 'when answers differ, no peer took part, or a comparison failed',
    2: 'when the arguments are wrong',
    130: 'after Ctrl-C (what was compared until then is in the file)',
  },
  ask: (values, operands) =>
    benchArguments(
      values,
      operands,
      entries.map(({ name }) => name),
    ),
  run: benchAsAsked,
});

async function benchAsAsked(args: BenchArguments): Promise<number> {
  if (args.list) {
    console.log(listText());
    return 0;
  }
  const out = outFile(args);
  process.env.AFTERFIT_THREADS ??= String(THREADS);
  nativeAlgebraAloud();
  const chosen = entries.filter(({ name }) => args.names.includes(name));
  const threads = Number(process.env.AFTERFIT_THREADS) || 1;
  const peers = peersOf(projectRoot, threads, ownPython(projectRoot, 'bench'));
  const line = liveLine(process.stderr);
  const { records, failures } = await runEntries(
    chosen,
    { rounds: args.repeats, out },
    peers,
    line,
  ).finally(() => line.end());
  if (records.length > 0) {
    console.log(`${benchTable(records)}\nWritten to ${relative(process.cwd(), out)}`);
  }
  for (const failure of failures) console.error(failure);
  return failures.length > 0 ? 1 : 0;
}

/** Found to be writable, and to hold results if anything, before any work is done. */
function outFile({ out }: BenchArguments): string {
  const path =
    out === undefined ? join(projectRoot, 'bench', 'results.json') : fromUsersFolder(out);
  if (existsSync(path) && statSync(path).isDirectory()) {
    throw new Error(`--out is the folder ${out}; expected a file.`);
  }
  requireWritable(dirname(path));
  readResults(path);
  return path;
}

function listText(): string {
  return entries.map(({ name, about }) => `${name}: ${about}`).join('\n');
}
