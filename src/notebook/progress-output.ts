import { kernelOutput, newDisplayId, type KernelOutput } from './kernel-output.js';
import type { LiveDisplay } from './progress.js';
import { stateBundle, stateText, type ProgressState } from './progress-text.js';

/** A terminal, or a log that only grows. */
export interface ProgressScreen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Where progress is shown, outside afterfit's kernel. */
export interface ProgressPlace {
  /** tslab's `newDisplay()`. */
  readonly display?: LiveDisplay;
  /** Where there is no display. Default: standard error. */
  readonly screen?: ProgressScreen;
}

/** One output that shows how far a piece of work has come. */
export interface ProgressOutput {
  /** True where a state is worth showing, so many milliseconds after the last that was shown. */
  due(state: ProgressState, since: number): boolean;
  show(state: ProgressState): void;
}

/** Milliseconds between two updates. */
const KERNEL_EVERY = 100;
const DISPLAY_EVERY = 250;
const LOG_EVERY = 5_000;

/**
 * One output in afterfit's kernel, updated in place; else the display; else a live line on a terminal;
 * else lines of a log, one for every tenth of the work, or every five seconds where its size is not known.
 */
export function progressOutput({ display, screen }: ProgressPlace): ProgressOutput {
  const kernel = kernelOutput();
  if (kernel) return kernelProgress(kernel);
  if (display) {
    return {
      due: (_state, since) => since >= DISPLAY_EVERY,
      show: (state) => display.text(stateText(state)),
    };
  }
  const target = screen ?? process.stderr;
  return target.isTTY === true ? terminalProgress(target) : logProgress(target);
}

function kernelProgress(kernel: KernelOutput): ProgressOutput {
  const transient = { display_id: newDisplayId() };
  let shown = false;
  return {
    due: (_state, since) => since >= KERNEL_EVERY,
    show(state) {
      const type = shown ? 'update_display_data' : 'display_data';
      shown = true;
      kernel.publish(type, { data: stateBundle(state), metadata: {}, transient });
    },
  };
}

function terminalProgress(screen: ProgressScreen): ProgressOutput {
  return {
    due: (_state, since) => since >= KERNEL_EVERY,
    show(state) {
      const line = stateText(state).slice(0, (screen.columns ?? 80) - 1);
      screen.write(`\r\x1b[K${line}${state.ending ? '\n' : ''}`);
    },
  };
}

function logProgress(screen: ProgressScreen): ProgressOutput {
  let tenths = 0;
  return {
    due({ count, total }, since) {
      if (!total) return since >= LOG_EVERY;
      const reached = Math.floor((10 * count) / total);
      if (reached <= tenths || count >= total) return false;
      tenths = reached;
      return true;
    },
    show(state) {
      // A log needs no line that says that nothing has been done yet.
      if (state.count > 0 || state.ending) screen.write(`${stateText(state)}\n`);
    },
  };
}
