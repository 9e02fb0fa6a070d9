import type { Tensor } from '@tensorflow/tfjs';
import type { TensorFlow } from './library.js';
import { operationsOf } from './operations.js';

/** The part of the addon's backend that runs kernels for which the package has no function. */
export interface KernelBackend {
  readonly binding: Readonly<Record<`TF_${string}`, number>>;
  executeMultipleOutputs(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly Tensor[],
    outputs: number,
  ): Tensor[];
}

/** A setting of a kernel: its name, the number that TensorFlow has for its type, and its value. */
export interface Attribute {
  readonly name: string;
  readonly type: number;
  readonly value: number | string | boolean;
}

/** The kernels of a loaded library. */
export function kernelsOf(tensorFlow: TensorFlow): KernelBackend {
  return operationsOf(tensorFlow).backend() as unknown as KernelBackend;
}
