import type { AnyPart } from './draft.js';
import type { ConcatenatePart } from './kinds/concatenate.js';
import type { Part } from './kinds/index.js';
import type { ResidualPart } from './kinds/residual.js';

/**
 * The description of an image network: a list of parts, some of which hold lists of their own. It is
 * plain data, so that one description serves every engine; `imageNetwork` gives it shapes, places in
 * the flat parameter vector and a degree of homogeneity.
 */
export type { Part, AnyPart, ConcatenatePart, ResidualPart };
export { convolution, type ConvolutionPart } from './kinds/convolution.js';
export { dense, type DensePart } from './kinds/dense.js';
export { relu } from './kinds/relu.js';
export { averagePool, globalAveragePool, maxPool, type PoolPart } from './kinds/pools.js';
export { batchNorm } from './kinds/batch-norm.js';
export { flatten } from './kinds/flatten.js';

/**
 * branch(x) + shortcut(x); without a shortcut, + x. Both have to give one shape, which is checked where a
 * network is made of it.
 */
export function residual(branch: readonly Part[], shortcut: readonly Part[] = []): ResidualPart {
  return { kind: 'residual', branch, shortcut };
}

/**
 * The channels of x, then those of branch(x), which has to keep height and width; checked where a network
 * is made of it.
 */
export function concatenate(branch: readonly Part[]): ConcatenatePart {
  return { kind: 'concatenate', branch };
}
