import { mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sentenceOf } from '../files.js';
import { notebookFaults, readVerdict } from './notebook-check.js';
import type { Notebook } from './notebook-list.js';
import type { NotebookTask } from './notebook-process.js';
import type { NotebookOutcome } from './outcome.js';

/** Executes a notebook; see `executeNotebook`. */
export type Execute = (task: NotebookTask, signal: AbortSignal) => Promise<string | undefined>;

export interface NotebookRun {
  readonly notebooks: readonly Notebook[];
  readonly settings: NotebookTask['settings'];
  readonly kernel: NotebookTask['kernel'];
  /** Executed notebooks go to `<out>/notebooks/`. */
  readonly out: string;
  readonly execute: Execute;
  /** Told when a notebook starts, and when it ended. */
  readonly onStart: (notebook: Notebook) => void;
  readonly onEnd: (outcome: NotebookOutcome) => void;
}

/** Most notebooks compute on one core, and starting a kernel takes seconds: two at a time. */
const AT_ONCE = 2;

/** Executes and checks notebooks; those cut short by the signal have no outcome. */
export async function runNotebooks(run: NotebookRun, signal: AbortSignal): Promise<void> {
  const waiting = [...run.notebooks];
  const work = async () => {
    for (let next = waiting.shift(); next && !signal.aborted; next = waiting.shift()) {
      run.onStart(next);
      const outcome = await runNotebook(run, next, signal);
      if (!signal.aborted) run.onEnd(outcome);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

async function runNotebook(
  { settings, kernel, out, execute }: NotebookRun,
  notebook: Notebook,
  signal: AbortSignal,
): Promise<NotebookOutcome> {
  const { id, file } = notebook;
  const folder = join(out, '.partial', `notebook-${file}-${process.pid}`);
  const began = Date.now();
  const done = (faults: readonly string[], verdict = {}): NotebookOutcome => ({
    id,
    file,
    faults,
    ...verdict,
    seconds: (Date.now() - began) / 1000,
  });
  try {
    mkdirSync(folder, { recursive: true });
    const complaint = await execute({ notebook, settings, kernel, folder }, signal);
    if (complaint !== undefined) return done([complaint]);
    const faults = notebookFaults(JSON.parse(readFileSync(join(folder, file), 'utf8')));
    const verdict = readVerdict(join(folder, `${id}.json`), id);
    mkdirSync(join(out, 'notebooks'), { recursive: true });
    renameSync(join(folder, file), join(out, 'notebooks', file));
    if (typeof verdict === 'string') return done([...faults, verdict]);
    const { expected, evidence } = verdict;
    return done(faults, { verdict: verdict.verdict, expected, evidence });
  } catch (error) {
    return done([sentenceOf(error)]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
