import type { ImageNetwork } from './image-network.js';
import { nodeKindOf } from './kinds/index.js';

/**
 * Degree of the part of a network's scores that grows fastest with its parameters: each layer with
 * weights and each batch norm with frozen statistics adds one, and of branches the highest counts. It is
 * the degree of homogeneity where there is one, and the M of near-homogeneity where biases, shortcuts
 * and shifts add parts of lower degree.
 */
export function leadingDegree({ nodes }: ImageNetwork): number {
  const degrees: number[] = [];
  for (const node of nodes) {
    const kind = nodeKindOf(node);
    const before = node.inputs.map((input) => degrees[input]);
    degrees.push(kind.leadingDegree?.(node, before) ?? Math.max(0, ...before) + kind.addsDegree);
  }
  return degrees[degrees.length - 1];
}
