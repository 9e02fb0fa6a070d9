import { join } from 'node:path';
import { claims } from '../claims/index.js';
import { RUNS_FOLDER } from '../experiments/index.js';
import { projectRoot } from '../native/index.js';
import { lockFolderNow } from '../files/folder-lock.js';
import { defineCommand, type Command } from './command.js';
import { fromUsersFolder, requireWritable } from './files.js';
import { liveLine } from './live-line.js';
import { nativeAlgebraAloud } from './native-algebra.js';
import { runClaimsInThread } from './reproduce/claims-thread.js';
import { chooseNotebooks, notebookFiles } from './reproduce/notebook-list.js';
import { executeNotebook } from './reproduce/notebook-process.js';
import {
  reproduceArguments,
  reproduceOptions,
  type ReproduceOptions,
} from './reproduce/options.js';
import { provenanceOf } from './reproduce/provenance.js';
import { reportText } from './reproduce/report.js';
import { exitStatus, reproduce, type ReproduceParts } from './reproduce/reproduction.js';
import { trainingsFolder } from './reproduce/trainings.js';
import { endText } from './reproduce/closing-message.js';

export const reproduceCommand: Command<ReproduceOptions> = defineCommand({
  name: 'reproduce',
  usage: 'npm run reproduce -- [claim…] [options]',
  summary:
    'Runs the claims named, or all of them, with their notebooks, and says which of them hold.',
  options: reproduceArguments,
  exits: {
    0: 'when every verdict is the expected one and every notebook passed',
    1: 'when a verdict differs',
    2: 'when something failed or the arguments are wrong',
    130: 'after Ctrl-C (the same command then goes on from there)',
  },
  ask: (values, operands) => {
    const known = claims.map(({ id }) => id);
    return reproduceOptions(values, operands, known);
  },
  run: reproduceAsAsked,
});

/** See `exitStatus` for how it ends. */
async function reproduceAsAsked(asked: ReproduceOptions): Promise<number> {
  if (asked.list) {
    console.log(listText());
    return 0;
  }
  const options = { ...asked, out: fromUsersFolder(asked.out) };
  requireWritable(options.out);
  const release = lockFolderNow(options.out);
  if (release === undefined) {
    throw new Error(
      `${options.out}: another \`npm run reproduce\` is at work there; expected another --out.`,
    );
  }
  try {
    return await reproduceInto(options);
  } finally {
    release();
  }
}

async function reproduceInto(options: ReproduceOptions): Promise<number> {
  // Claims run in a thread and notebooks in processes of their own: both take it from here.
  process.env[RUNS_FOLDER] ||= trainingsFolder(options.out);
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());
  const reproduction = await reproduce(options, partsFor(options), stop.signal);
  const report = reportText(
    reproduction.outcomes,
    reproduction.notebooks,
    process.stdout.columns ?? 140,
  );
  if (report !== '') console.log(report);
  const end = endText(reproduction, options);
  if (end.stdout) console.log(`\n${end.stdout}`);
  if (end.stderr) console.error(end.stderr);
  return exitStatus(reproduction);
}

function partsFor(options: ReproduceOptions): ReproduceParts {
  nativeAlgebraAloud();
  const files = options.notebooks ? notebookFiles(join(projectRoot, 'notebooks')) : [];
  return {
    claims,
    runClaims: runClaimsInThread,
    notebooks: chooseNotebooks(files, options.claims, options.all),
    execute: executeNotebook,
    provenance: provenanceOf(projectRoot, options.out, options),
    line: liveLine(process.stderr),
  };
}

function listText(): string {
  return claims.map(({ id, title, source }) => `${id}: ${title} (${source})`).join('\n');
}
