import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VERDICT_FOLDER } from '../../notebook/verdict-file.js';
import { projectRoot } from '../../native/index.js';
import type { PlanSettings } from '../../specs/index.js';
import type { Notebook } from './notebook-list.js';
import type { Kernel } from './options.js';

/** No cell may take longer than this many seconds: a kernel can also hang. */
const CELL_SECONDS = { smoke: 300, standard: 3600, full: 86_400 } as const;
/** How long a notebook's kernel has to end in peace, in milliseconds. */
const GRACE = 1000;

export interface NotebookTask {
  readonly notebook: Notebook;
  readonly settings: PlanSettings;
  readonly kernel: Kernel;
  /** Where the executed notebook and the verdict are to go. */
  readonly folder: string;
}

/**
 * Executes a notebook in a kernel of its own, as `<folder>/<file>`, with its verdict beside it. Ends
 * with undefined where it ran to its end (its cells may have failed all the same), or with a sentence.
 */
export async function executeNotebook(
  { notebook, settings, kernel, folder }: NotebookTask,
  signal: AbortSignal,
): Promise<string | undefined> {
  const options = [
    `--ExecutePreprocessor.kernel_name=${kernel}`,
    `--ExecutePreprocessor.timeout=${CELL_SECONDS[settings.scale]}`,
    '--ExecutePreprocessor.shutdown_kernel=immediate',
    // The executed notebook is wanted with its errors; they are looked for in its outputs.
    '--ExecutePreprocessor.allow_errors=True',
    '--log-level=ERROR',
  ];
  const files = [notebook.path, '--output-dir', folder, '--output', notebook.file];
  const logFile = join(folder, 'nbconvert.log');
  const log = openSync(logFile, 'w');
  try {
    const child = spawn(
      join(projectRoot, '.venv', 'bin', 'python'),
      ['-m', 'nbconvert', '--to', 'notebook', '--execute', ...options, ...files],
      {
        env: {
          ...process.env,
          AFTERFIT_SCALE: settings.scale,
          AFTERFIT_SEED: String(settings.seed),
          [VERDICT_FOLDER]: folder,
        },
        stdio: ['ignore', 'ignore', log],
        // A group of its own: a terminal's Ctrl-C comes through us, so that its kernel ends too.
        detached: true,
      },
    );
    const complaint = await ended(child, signal);
    if (complaint === undefined) return undefined;
    const lines = readFileSync(logFile, 'utf8').trim().split('\n');
    return `${complaint}: ${lines[lines.length - 1]}`;
  } finally {
    closeSync(log);
  }
}

/** Waits for the end, and brings it about when the signal is given; a sentence where it went wrong. */
function ended(child: ChildProcess, signal: AbortSignal): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const killNow = () => killTree(child);
  const stop = () => {
    // Python's own interrupt is the one signal on which nbconvert takes its kernel along.
    send(child.pid, 'SIGINT');
    timer = setTimeout(killNow, GRACE);
  };
  process.once('exit', killNow);
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  return new Promise<string | undefined>((resolve) => {
    child.once('error', (error) => resolve(`It could not be started (${error.message})`));
    child.once('exit', (status) =>
      resolve(status === 0 ? undefined : `nbconvert ended with status ${status}`),
    );
  }).finally(() => {
    clearTimeout(timer);
    process.off('exit', killNow);
    signal.removeEventListener('abort', stop);
  });
}

/** Ends a process and all that descends from it, among them the kernel, which is in no group of ours. */
function killTree({ pid, exitCode }: ChildProcess): void {
  if (pid === undefined || exitCode !== null) return;
  const listed = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const rows = (listed.stdout ?? '')
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const tree = [pid];
  // A kernel may have processes of its own: the list grows while it is walked.
  for (const parent of tree) {
    tree.push(...rows.filter(([, above]) => above === parent).map(([child]) => child));
  }
  for (const member of tree.reverse()) send(member, 'SIGKILL');
}

function send(pid: number | undefined, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}
