import type { CellEnding, DisplayContent, KernelOutput } from '../../src/notebook/kernel-output.js';

/** What a cell published, in order. */
export interface Published {
  readonly type: string;
  readonly content: DisplayContent;
}

const NAME = Symbol.for('afterfit.kernel');

/** Runs `work` as code in afterfit's kernel would run, with what it publishes. */
export function inKernel<Result>(
  work: (published: readonly Published[], endCell: (ending: CellEnding) => void) => Result,
): Result {
  const published: Published[] = [];
  const listeners: ((ending: CellEnding) => void)[] = [];
  const kernel: KernelOutput = {
    publish: (type, content) => void published.push({ type, content }),
    onCellEnd: (listener) => void listeners.push(listener),
  };
  const globals = globalThis as Record<symbol, unknown>;
  globals[NAME] = kernel;
  try {
    return work(published, (ending) => listeners.forEach((listener) => listener(ending)));
  } finally {
    delete globals[NAME];
  }
}
