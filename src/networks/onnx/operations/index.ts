import { arithmeticOperations } from './arithmetic.js';
import { fixedOperations } from './fixed.js';
import { normalisingOperations } from './normalisations.js';
import type { Operations } from './operation.js';
import { pointwiseOperations } from './pointwise.js';
import { reshapingOperations } from './reshaping.js';
import { shapeOperations } from './shapes.js';
import { weightOperations } from './weights.js';
import { poolOperations } from './windows.js';

/** Every operation of ONNX that becomes nodes here. */
export const onnxOperations: Operations = {
  ...weightOperations,
  ...poolOperations,
  ...normalisingOperations,
  ...pointwiseOperations,
  ...arithmeticOperations,
  ...reshapingOperations,
  ...shapeOperations,
  ...fixedOperations,
};
