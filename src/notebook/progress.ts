import type { Progress } from '../experiments/settings.js';
import { escapeHtml } from '../text/html.js';
import { kernelOutput, newDisplayId } from './kernel-output.js';
import { bar } from './progress-text.js';
import { inReadersWords } from './reader-words.js';

/** The part of tslab's `newDisplay()` that progress needs: one output, overwritten at each call. */
export interface LiveDisplay {
  text(line: string): void;
}

/** Milliseconds between two updates. */
const DRAW_EVERY = 250;

/**
 * Runs `work` with a function to give to an experiment as `onProgress`, and shows how far it has come
 * in one live output. When the work is done one plain line says what was run and how long it took;
 * when it fails, where. Use: `await progress(newDisplay(), (onProgress) => …)`.
 */
export async function progress<Result>(
  live: LiveDisplay,
  work: (onProgress: (progress: Progress) => void) => Promise<Result> | Result,
  clock: () => number = Date.now,
): Promise<Result> {
  const began = clock();
  const say = lineOutput(live);
  const seconds = () => `${((clock() - began) / 1000).toFixed(1)} s`;
  const tasks = new Set<string>();
  let drawn = -Infinity;
  let latest: Progress | undefined;
  const onProgress = (reported: Progress) => {
    const now = { ...reported, task: inReadersWords(reported.task) };
    latest = now;
    tasks.add(now.task);
    if (clock() - drawn < DRAW_EVERY) return;
    drawn = clock();
    say(`${now.task}: ${bar(shareOf(now))} ${place(now)}, ${seconds()}`);
  };
  try {
    const result = await work(onProgress);
    say(`${doneText([...tasks])}: done in ${seconds()}.`);
    return result;
  } catch (error) {
    const where = latest ? `${latest.task}, ${place(latest)}: ` : '';
    say(`${where}stopped after ${seconds()}.`);
    throw error;
  }
}

/** Names that a line may have; more than these are counted. */
const MOST_NAMES = 8;

function doneText(tasks: readonly string[]): string {
  if (tasks.length === 0) return 'Nothing left to compute';
  if (tasks.length <= MOST_NAMES) return tasks.join('; ');
  const shown = tasks.slice(0, MOST_NAMES - 1).join('; ');
  return `${shown}; and ${tasks.length - MOST_NAMES + 1} more`;
}

/** In afterfit's kernel a line goes as HTML as well, which breaks between words where the page is narrow. */
function lineOutput(live: LiveDisplay): (line: string) => void {
  const kernel = kernelOutput();
  if (!kernel) return (line) => live.text(line);
  const transient = { display_id: newDisplayId() };
  let shown = false;
  return (line) => {
    const data = { 'text/html': `<div>${escapeHtml(line)}</div>`, 'text/plain': line };
    kernel.publish(shown ? 'update_display_data' : 'display_data', {
      data,
      metadata: {},
      transient,
    });
    shown = true;
  };
}

/** How much is done, or of the way from α = 1 to the goal, in powers of ten. */
function shareOf({ alpha, goal, share }: Progress): number {
  if (share !== undefined) return Math.min(1, share);
  if (!(alpha > 1) || !(goal > 1)) return 0;
  return Math.min(1, Math.log(alpha) / Math.log(goal));
}

function place({ alpha, goal }: Progress): string {
  if (Number.isNaN(alpha)) return 'α not known yet';
  const reached = alpha > 0 ? `α = ${alpha.toPrecision(2)}` : 'α below 0';
  return goal > 0 ? `${reached} of ${goal.toPrecision(2)}` : reached;
}
