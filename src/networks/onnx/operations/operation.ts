import type { OnnxNode } from '../decode.js';
import type { Lowering, Value } from '../lowering.js';

/** The inputs of an operation; undefined where one is left out. */
export type Inputs = readonly (Value | undefined)[];

/** How an operation of ONNX becomes nodes: its outputs from its inputs. */
export type Lower = (at: Lowering, inputs: Inputs, source: OnnxNode) => readonly Value[];

/** Operations by name. */
export type Operations = Readonly<Record<string, Lower>>;
