import { existsSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fromUsersFolder, requireWritable, sentenceOf, writeAtomically } from './files.js';
import { flowArguments, flowHelp, type FlowArguments } from './flow/arguments.js';
import { readProblem } from './flow/problem-file.js';
import { problemOf, type Problem } from './flow/problem.js';
import { solveProblem, toleranceFor } from './flow/solve.js';
import { flowSummary } from './flow/summary.js';
import { jsonText } from './json-text.js';
import { formatAlpha, liveLine } from './live-line.js';
import { nativeAlgebraAloud } from './native-algebra.js';

/**
 * `npm run flow`: solves the problem in a file. Exit status 0 when the run reached its last target, 1
 * when it ended before (what it reached is written), 2 when the input is wrong (nothing is written),
 * 130 after Ctrl-C (what it reached is written).
 */
async function main(): Promise<number> {
  const args = flowArguments(process.argv.slice(2));
  if (!args) {
    console.log(flowHelp);
    return 0;
  }
  const out = fromUsersFolder(args.out);
  const problem = prepare(args, out);
  const signal = { aborted: false };
  process.once('SIGINT', () => (signal.aborted = true));
  const line = liveLine(process.stderr);
  const record = await solveProblem(problem, {
    tolerance: args.tolerance,
    maxSteps: args.maxSteps,
    signal,
    onProgress: (alpha, goal) => line.update(formatAlpha(alpha, goal)),
  }).finally(() => line.end());
  writeAtomically(out, jsonText(record));
  console.log(`${flowSummary(record)}\nWritten to ${out}`);
  if (record.solver.status === 'interrupted') return 130;
  return record.solver.status === 'finished' ? 0 : 1;
}

/** All that can be wrong with the input is found here, before anything is solved. */
function prepare(args: FlowArguments, out: string): Problem {
  const path = fromUsersFolder(args.problem);
  const file = readProblem(path);
  if (out === path) throw new Error('--out names the problem itself; expected another file.');
  if (existsSync(out) && statSync(out).isDirectory()) {
    throw new Error(`--out is the folder ${args.out}; expected a file.`);
  }
  nativeAlgebraAloud();
  const problem = problemOf(file, basename(path));
  toleranceFor(problem, args.tolerance);
  requireWritable(dirname(out));
  return problem;
}

main().then(
  (status) => (process.exitCode = status),
  (error: unknown) => {
    console.error(sentenceOf(error));
    process.exitCode = 2;
  },
);
