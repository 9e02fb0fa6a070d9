import type { ImageNetwork } from './image-network.js';

/**
 * Degree of the part of a network's scores that grows fastest with its parameters: each layer with
 * weights and each batch norm with frozen statistics adds one, and of branches the highest counts. It is
 * the degree of homogeneity where there is one, and the M of near-homogeneity where biases, shortcuts
 * and shifts add parts of lower degree.
 */
export function leadingDegree({ nodes }: ImageNetwork): number {
  const degrees: number[] = [];
  for (const { kind, inputs } of nodes) {
    const before = inputs.reduce((most, input) => Math.max(most, degrees[input]), 0);
    const adds = kind === 'convolution' || kind === 'dense' || kind === 'batch-norm';
    degrees.push(before + (adds ? 1 : 0));
  }
  return degrees[degrees.length - 1];
}
