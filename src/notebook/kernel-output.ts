import type { MimeBundle } from './rich.js';

/** A display message as Jupyter's protocol has it. */
export interface DisplayContent {
  readonly data: MimeBundle;
  readonly metadata: object;
  readonly transient: { readonly display_id?: string };
}

/** How a cell ended. */
export type CellEnding = 'ok' | 'error' | 'interrupted';

/** What afterfit's kernel offers to the code that it runs. */
export interface KernelOutput {
  /** Shows something below the cell, or changes what was shown under the same `display_id`. */
  publish(type: 'display_data' | 'update_display_data', content: DisplayContent): void;
  /**
   * Where the kernel has it: calls the listener once, when the cell that runs now has ended. An
   * interrupt leaves no other trace, since it does not run `finally` blocks.
   */
  onCellEnd?(listener: (ending: CellEnding) => void): void;
}

const KERNEL: unique symbol = Symbol.for('afterfit.kernel');

/** The output of afterfit's kernel; undefined on another kernel and in a script. */
export function kernelOutput(): KernelOutput | undefined {
  const found = (globalThis as { [KERNEL]?: KernelOutput })[KERNEL];
  return typeof found?.publish === 'function' ? found : undefined;
}

/** A new identity of a display. */
export function newDisplayId(): string {
  return `afterfit-${globalThis.crypto.randomUUID()}`;
}
