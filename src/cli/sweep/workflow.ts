import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomically } from '../../files/write.js';
import { projectRoot } from '../../native/index.js';
import { PARTS, type SweepPlan } from '../../experiments/sweep/index.js';

/** How the batches of a plan are run. */
export interface Workflow {
  readonly python: string;
  readonly folder: string;
  readonly executor: 'local' | 'slurm';
  readonly jobs: number;
  readonly profile?: string | undefined;
}

/** How a workflow ended. */
export interface WorkflowEnd {
  readonly status: number;
  readonly interrupted: boolean;
  /** What batches that failed have said, each a sentence. */
  readonly faults: readonly string[];
}

/** What the engine says, in full. */
export const LOG = 'workflow.log';

/** Every sentence of a batch begins so, which tells it from what the engine says. */
export const MARK = 'sweep: ';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Has Snakemake run the batches of a plan that is written in its folder, and waits for it. A signal to this process is
 * passed on, and ends the batches at work, which then leave nothing; `onTick` is called about every second.
 */
export async function runWorkflow(
  { batches }: SweepPlan,
  workflow: Workflow,
  onTick: () => void,
): Promise<WorkflowEnd> {
  const { folder, python } = workflow;
  const plan = {
    node: process.execPath,
    program: join(projectRoot, 'dist', 'cli', 'main.js'),
    batches: batches.map(({ id }) => id),
  };
  writeAtomically(join(folder, 'plan.json'), `${JSON.stringify(plan)}\n`);
  const log = createWriteStream(join(folder, LOG));
  // On a full disk there is no log; what went wrong is said all the same.
  log.on('error', () => undefined);
  // A group of its own: a terminal's Ctrl-C comes here alone, and is passed on once.
  const child = spawn(python, argumentsOf(workflow), {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      log.write(text);
      said += text;
    });
  }
  let interrupted = false;
  const stop = () => {
    if (!interrupted) endGroup(child.pid);
    interrupted = true;
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  const timer = setInterval(onTick, 1000);
  try {
    const status = await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve(code ?? 1));
    });
    await new Promise((resolve) => log.end(resolve));
    return { status, interrupted, faults: faultsIn(said) };
  } finally {
    clearInterval(timer);
    for (const signal of SIGNALS) process.off(signal, stop);
  }
}

/**
 * The engine keeps no lock: the folder is held by whoever started it, so that one which was killed leaves nothing to
 * be unlocked. Files are written whole or not at all, so that one which is there is done, whatever the engine
 * remembers.
 */
function argumentsOf({ folder, executor, jobs, profile }: Workflow): string[] {
  const snakefile = join(projectRoot, 'src', 'setup', 'sweep', 'Snakefile');
  const where =
    executor === 'local' ? ['--cores', `${jobs}`] : ['--executor', executor, '--jobs', `${jobs}`];
  return [
    ...['-m', 'snakemake', '--snakefile', snakefile, '--directory', folder],
    ...['--config', 'plan=plan.json', '--nolock', '--ignore-incomplete', '--drop-metadata'],
    ...['--rerun-triggers', 'mtime', '--scheduler', 'greedy', '--keep-going', '--nocolor'],
    ...where,
    ...(profile === undefined ? [] : ['--profile', profile]),
  ];
}

function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGINT');
  } catch {
    // It has ended by itself.
  }
}

/** The sentences of batches in what the engine said, and in the logs of a cluster's jobs that it names. */
function faultsIn(said: string): string[] {
  const logs = [...said.matchAll(/^ *log: (\S+\.log)\b/gm)].map(([, path]) => path);
  const texts = [
    said,
    ...logs.filter((path) => existsSync(path)).map((path) => readFileSync(path, 'utf8')),
  ];
  const sentences = texts.flatMap((text) =>
    text
      .split('\n')
      .filter((line) => line.startsWith(MARK))
      .map((line) => line.slice(MARK.length)),
  );
  return [...new Set(sentences)];
}

/** How many runs of a plan have a table by now. */
export function runsDone({ batches, done }: SweepPlan, folder: string): number {
  const there = batches.filter(({ id }) => existsSync(join(folder, PARTS, `${id}.parquet`)));
  return done.size + there.reduce((sum, { runs }) => sum + runs.length, 0);
}
