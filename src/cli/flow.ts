import { basename } from 'node:path';
import { isSameFile } from '../files/paths.js';
import { writeAtomically } from '../files/write.js';
import { defineCommand, type Command } from './command.js';
import { fromUsersFolder, requireFile } from './files.js';
import { flowArguments, flowOptions, flowUsage, type FlowArguments } from './flow/arguments.js';
import { USUAL_STEPS, type Solver } from '../specs/solver.js';
import { problemFromCsv } from './flow/csv-problem.js';
import { requireAhead, requireFitting } from './flow/resume.js';
import { readProblem, type Posed } from './flow/problem-file.js';
import { problemOf, type Problem } from './flow/problem.js';
import type { EarlierRun } from './flow/result-format.js';
import { solveProblem, type FlowResultFile } from './flow/solve.js';
import { flowSummary } from './flow/summary.js';
import { targetsWith } from './flow/targets.js';
import { jsonText } from './json-text.js';
import { formatAlpha, liveLine } from './live-line.js';
import { nativeAlgebraAloud } from './native-algebra.js';
import { stopSignal } from './stop-signal.js';

export const flowCommand: Command<FlowArguments> = defineCommand({
  name: 'flow',
  usage: `${flowUsage}
npm run flow -- --csv FILE.csv --network FORM --out RESULT.json [options]`,
  summary: `Follows the gradient flow of a problem through its targets and looks for its limit. A result is a
problem too: the run goes on from its last point to the targets that are still ahead.`,
  options: flowOptions,
  exits: {
    0: 'when the run reached its last target',
    1: 'when it ended before (what it reached is written)',
    2: 'when the input is wrong (nothing is written)',
    130: 'after Ctrl-C or SIGTERM (what it reached is written)',
  },
  ask: flowArguments,
  run: flowAsAsked,
});

async function flowAsAsked(args: FlowArguments): Promise<number> {
  const out = fromUsersFolder(args.out);
  const { problem, earlier, solver, page } = prepare(args, out);
  const signal = stopSignal();
  const line = liveLine(process.stderr);
  const record = await solveProblem(problem, {
    tolerance: args.tolerance ?? solver?.tolerance,
    maxSteps: args.maxSteps ?? solver?.maxSteps ?? USUAL_STEPS,
    method: solver?.method,
    earlier,
    stopAtLast: args.stopAtLast,
    signal,
    onRemark: (sentence) => line.say(sentence),
    onProgress: (alpha, goal) => line.update(formatAlpha(alpha, goal)),
  }).finally(() => line.end());
  writeAtomically(out, jsonText(record));
  if (page) await writePage(page, record, problem, basename(args.problem));
  console.log(`${flowSummary(record)}\nWritten to ${[out, ...(page ? [page] : [])].join(' and ')}`);
  if (record.solver.status === 'interrupted') return 130;
  return record.solver.status === 'finished' ? 0 : 1;
}

interface Prepared {
  readonly problem: Problem;
  readonly earlier?: EarlierRun;
  /** How the problem's description says that it is solved. */
  readonly solver?: Solver;
  /** Path of the page; undefined where none is wanted. */
  readonly page?: string;
}

/** All that can be wrong with the input is found here, before anything is solved. */
function prepare(args: FlowArguments, out: string): Prepared {
  const path = fromUsersFolder(args.problem);
  const name = basename(path);
  const posed: Posed = args.csv
    ? { file: problemFromCsv(path, args.csv, args.wishes.targets) }
    : readProblem(path);
  const page = args.html === undefined ? undefined : fromUsersFolder(args.html);
  requireApart(path, out, page);
  nativeAlgebraAloud();
  const earlier = args.fromStart ? undefined : posed.earlier;
  const reached = earlier?.rows.map(({ target }) => target);
  const problem = problemOf(
    { ...posed.file, targets: targetsWith(posed.file.targets, args.wishes, reached) },
    name,
  );
  if (earlier) {
    requireFitting(problem, earlier, name);
    requireAhead(problem.file.targets, earlier, name, posed.file.targets);
  }
  requireFile(out, '--out');
  if (page) requireFile(page, '--html');
  return { problem, earlier, solver: posed.solver, page };
}

function requireApart(problem: string, out: string, page: string | undefined): void {
  if (isSameFile(out, problem)) {
    throw new Error('--out names the problem itself; expected another file.');
  }
  if (page && (isSameFile(page, out) || isSameFile(page, problem))) {
    throw new Error('--html names the problem or the result; expected another file.');
  }
}

/** Figures take a moment to load, which a run without a page need not wait for. */
async function writePage(
  path: string,
  record: FlowResultFile,
  problem: Problem,
  name: string,
): Promise<void> {
  const { pageOf } = await import('./flow/page/page.js');
  writeAtomically(path, await pageOf(record, problem, `Gradient flow: ${name}`));
}
