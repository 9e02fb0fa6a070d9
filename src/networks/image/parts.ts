/**
 * The description of an image network: a list of parts, some of which hold lists of their own. It is
 * plain data, so that one description serves every engine; `imageNetwork` gives it shapes, places in
 * the flat parameter vector and a degree of homogeneity.
 */
export type Part =
  | ConvolutionPart
  | DensePart
  | { readonly kind: 'relu' }
  | PoolPart
  | { readonly kind: 'global-average-pool' }
  | { readonly kind: 'batch-norm'; readonly epsilon: number }
  | { readonly kind: 'flatten' }
  | ResidualPart
  | ConcatenatePart;

/** Cross-correlation with square kernels; weights are filters × (channels·kernel·kernel). */
export interface ConvolutionPart {
  readonly kind: 'convolution';
  readonly filters: number;
  readonly kernel: number;
  readonly stride: number;
  /** `same`: ⌊(kernel − 1)/2⌋ zeros on every side; `valid`: none. */
  readonly padding: 'same' | 'valid';
  readonly bias: boolean;
}

export interface DensePart {
  readonly kind: 'dense';
  readonly units: number;
  readonly bias: boolean;
}

/** Windows of size×size, `stride` apart; what is left over at the right and below is dropped. */
export interface PoolPart {
  readonly kind: 'max-pool' | 'average-pool';
  readonly size: number;
  readonly stride: number;
}

/** branch(x) + shortcut(x); an empty shortcut is the identity. */
export interface ResidualPart {
  readonly kind: 'residual';
  readonly branch: readonly Part[];
  readonly shortcut: readonly Part[];
}

/** The channels of x, then those of branch(x). */
export interface ConcatenatePart {
  readonly kind: 'concatenate';
  readonly branch: readonly Part[];
}

export function convolution(
  filters: number,
  options: Partial<Omit<ConvolutionPart, 'kind' | 'filters'>> = {},
): ConvolutionPart {
  const { kernel = 3, stride = 1, padding = 'same', bias = false } = options;
  return { kind: 'convolution', filters, kernel, stride, padding, bias };
}

export function dense(
  units: number,
  { bias = false }: { readonly bias?: boolean } = {},
): DensePart {
  return { kind: 'dense', units, bias };
}

export const relu: Part = { kind: 'relu' };

export function maxPool(size = 2, stride = size): PoolPart {
  return { kind: 'max-pool', size, stride };
}

export function averagePool(size = 2, stride = size): PoolPart {
  return { kind: 'average-pool', size, stride };
}

export const globalAveragePool: Part = { kind: 'global-average-pool' };

/** (x − mean)/√(variance + ε)·scale + shift for each channel, over a batch's images and pixels. */
export function batchNorm(epsilon = 1e-5): Part {
  return { kind: 'batch-norm', epsilon };
}

/** Channels, rows and columns of an image as one row of numbers, in that order. */
export const flatten: Part = { kind: 'flatten' };

export function residual(branch: readonly Part[], shortcut: readonly Part[] = []): ResidualPart {
  return { kind: 'residual', branch, shortcut };
}

export function concatenate(branch: readonly Part[]): ConcatenatePart {
  return { kind: 'concatenate', branch };
}
