import type * as operations from '@tensorflow/tfjs';
import type { TensorFlow } from './library.js';

/** TensorFlow's operations on tensors in single precision, as @tensorflow/tfjs describes them. */
export type Operations = typeof operations;

/** The operations of a loaded library. */
export function operationsOf(tensorFlow: TensorFlow): Operations {
  return tensorFlow.operations as Operations;
}
