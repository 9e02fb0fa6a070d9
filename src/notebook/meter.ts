import { kernelOutput } from './kernel-output.js';
import { progressOutput, type ProgressPlace } from './progress-output.js';
import type { ProgressEnding } from './progress-text.js';

/** Steps taken at most between two looks at the clock, for loops of a few nanoseconds a step. */
const MOST_STEPS = 16;
/** Milliseconds between two looks below which the next one may come later. */
const OFTEN = 5;
const LONGEST_NOTE = 200;

export interface MeterOptions extends ProgressPlace {
  readonly title: string;
  readonly total: number | undefined;
  /** Milliseconds. Default: `performance.now`. */
  readonly clock?: () => number;
}

/** Counts, and shows the count from time to time. */
export interface Meter {
  /** One more is done. */
  step(): void;
  /** So many are done; a note is shown behind the count until the next. */
  reach(count: number, note?: string): void;
  /** The last state. Whatever comes after it has no effect. */
  end(ending: ProgressEnding, note?: string): void;
}

/** Shows a count of 0, and what becomes of it. */
export function startMeter(options: MeterOptions): Meter {
  const { title, total, clock = () => performance.now() } = options;
  const output = progressOutput(options);
  const began = clock();
  const furthest = Math.max(1, Math.min(MOST_STEPS, Math.floor((total ?? Infinity) / 100)));
  let [count, note, shown, looked] = [0, '', began, began];
  let [stride, next] = [1, 1];
  let ending: ProgressEnding | undefined;

  const stateAt = (now: number) => ({
    title,
    count,
    total,
    note,
    milliseconds: now - began,
    ending,
  });
  const look = () => {
    const now = clock();
    stride = now - looked < OFTEN ? Math.min(2 * stride, furthest) : 1;
    looked = now;
    next = count + stride;
    const state = stateAt(now);
    if (!output.due(state, now - shown)) return;
    shown = now;
    output.show(state);
  };
  const end = (how: ProgressEnding, last = note) => {
    if (ending) return;
    ending = how;
    note = last.slice(0, LONGEST_NOTE);
    output.show(stateAt(clock()));
  };

  output.show(stateAt(began));
  kernelOutput()?.onCellEnd?.((cell) => end(cell === 'ok' ? 'stopped' : failure[cell]));
  return {
    step() {
      count++;
      if (count >= next) look();
    },
    reach(reached, said = '') {
      if (ending) return;
      count = reached;
      note = said.slice(0, LONGEST_NOTE);
      look();
    },
    end,
  };
}

const failure = { error: 'failed', interrupted: 'interrupted' } as const;
