import type { Lowering, Reading, Value } from '../lowering.js';

/** How an operation of ONNX becomes nodes: its outputs from its inputs (undefined where one is left out). */
export type Lower = (
  at: Lowering,
  inputs: readonly (Value | undefined)[],
  reading: Reading,
) => readonly Value[];

/** Operations by name. */
export type Operations = Readonly<Record<string, Lower>>;
