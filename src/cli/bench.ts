import { existsSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { projectRoot } from '../native/index.js';
import { benchArguments, benchHelp, type BenchArguments } from './bench/arguments.js';
import { entries } from './bench/entries.js';
import { peersOf } from './bench/peers.js';
import { benchTable } from './bench/report.js';
import { readResults } from './bench/results.js';
import { runEntries } from './bench/session.js';
import { benchPython, Interrupted } from './bench/venv.js';
import { fromUsersFolder, requireWritable, sentenceOf } from './files.js';
import { liveLine } from './live-line.js';
import { nativeAlgebraAloud } from './native-algebra.js';

/** Threads for everybody: as many as the smallest machines of today have. */
const THREADS = 2;

/** `npm run bench`; see `benchHelp` for what it does and how it ends. */
async function main(): Promise<number> {
  const args = benchArguments(
    process.argv.slice(2),
    entries.map(({ name }) => name),
  );
  if (args.help || args.list) {
    console.log(args.help ? benchHelp : listText());
    return 0;
  }
  const out = outFile(args);
  process.env.AFTERFIT_THREADS ??= String(THREADS);
  nativeAlgebraAloud();
  const chosen = entries.filter(({ name }) => args.names.includes(name));
  const threads = Number(process.env.AFTERFIT_THREADS) || 1;
  const peers = peersOf(projectRoot, threads, benchPython(projectRoot));
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

main().then(
  (status) => (process.exitCode = status),
  (error: unknown) => {
    console.error(sentenceOf(error));
    process.exitCode = error instanceof Interrupted ? 130 : 2;
  },
);
