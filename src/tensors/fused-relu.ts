import type { GradSaveFunc, Tensor, Tensor4D } from '@tensorflow/tfjs';
import { kernelsOf } from './kernels.js';
import type { TensorFlow } from './library.js';
import { operationsOf } from './operations.js';

/**
 * max(x, 0) whose gradient is TensorFlow's own kernel: the package composes it of five operations, which
 * cost a tenth of a training step. The slope at 0 is 0.
 */
export function fusedRelu(tensorFlow: TensorFlow): (x: Tensor4D) => Tensor4D {
  const tf = operationsOf(tensorFlow);
  const backend = kernelsOf(tensorFlow);
  const attributes = [
    { name: 'T', type: backend.binding.TF_ATTR_TYPE, value: backend.binding.TF_FLOAT },
  ];
  const relu = tf.customGrad((...given) => {
    const [x] = given as Tensor[];
    const value = tf.relu(x);
    (given[1] as GradSaveFunc)([value]);
    const gradFunc = (dy: Tensor, [y]: Tensor[]) =>
      backend.executeMultipleOutputs('ReluGrad', attributes, [dy, y], 1)[0];
    return { value, gradFunc };
  });
  return (x) => relu(x) as Tensor4D;
}
