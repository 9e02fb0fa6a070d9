import { identity, leakyRelu, relu, squaredRelu } from './activations.js';
import type { HomogeneousPointwise } from './pointwise.js';

/** Every homogeneous activation by the name that problem files and command lines give it. */
const ACTIVATIONS: Readonly<Record<string, HomogeneousPointwise>> = {
  relu,
  'squared-relu': squaredRelu,
  'leaky-relu': leakyRelu(),
  linear: identity,
};

/** Their names; a leak may follow that of leaky ReLU. */
export const activationNames: readonly string[] = Object.keys(ACTIVATIONS);

/** For sentences that say what is expected: 'relu', …, 'leaky-relu(LEAK)' or 'linear'. */
export const activationWords = `${[
  ...activationNames.filter((name) => name !== 'linear'),
  'leaky-relu(LEAK)',
]
  .map((name) => `'${name}'`)
  .join(', ')} or 'linear'`;

/**
 * The activation of a name such as `relu` or `leaky-relu(0.1)`, with a leak from 0 to below 1; undefined
 * for any other name.
 */
export function activationNamed(name: string): HomogeneousPointwise | undefined {
  if (Object.hasOwn(ACTIVATIONS, name)) return ACTIVATIONS[name];
  const leak = /^leaky-relu\((\d*\.?\d+)\)$/.exec(name)?.[1];
  return leak !== undefined && Number(leak) < 1 ? leakyRelu(Number(leak)) : undefined;
}
