import type { RandomStream } from '../numerics/random.js';
import type { Network } from './serial.js';

/**
 * Initialisers by name; each draws every weight independently; biases begin at 0, scales of batch norms at 1.
 * - `he`: normal with variance 2/inputs (He et al. 2015)
 * - `lecun`: normal with variance 1/inputs
 * - `xavier`: normal with variance 2/(inputs + outputs) (Glorot & Bengio 2010)
 * - `uniform`: uniform on ±1/√inputs (PyTorch's default for dense layers)
 * - `normal`: standard normal
 */
export const initialiserNames = ['he', 'lecun', 'xavier', 'uniform', 'normal'] as const;
/** The name of an initialiser. */
export type InitialiserName = (typeof initialiserNames)[number];

/**
 * Draws a flat parameter vector of `network.parameters` numbers; `scale` multiplies every weight (small:
 * rich, large: lazy), not what begins at a fixed value. Each block draws from a stream of its own name, so
 * that one layer's weights do not depend on the others. The same stream gives the same bytes. Throws a
 * sentence for a name that is none of `initialiserNames`.
 */
export function initialise(
  network: Network,
  name: InitialiserName,
  stream: RandomStream,
  scale = 1,
): Float64Array {
  const theta = new Float64Array(network.parameters);
  const namesakes = new Map<string, number>();
  for (const block of network.blocks) {
    if (block.initially !== undefined) {
      theta.fill(block.initially, block.offset, block.offset + block.rows * block.columns);
      continue;
    }
    // Blocks that share a name must not share their numbers.
    const before = namesakes.get(block.name) ?? 0;
    namesakes.set(block.name, before + 1);
    const named = stream.split(block.name);
    const source = before === 0 ? named : named.split(before);
    const draw = entrySampler(name, block.columns, block.rows, source);
    for (let i = 0; i < block.rows * block.columns; i++) theta[block.offset + i] = scale * draw();
  }
  return theta;
}

function entrySampler(
  name: InitialiserName,
  inputs: number,
  outputs: number,
  stream: RandomStream,
): () => number {
  switch (name) {
    case 'he':
      return () => stream.normal() * Math.sqrt(2 / inputs);
    case 'lecun':
      return () => stream.normal() * Math.sqrt(1 / inputs);
    case 'xavier':
      return () => stream.normal() * Math.sqrt(2 / (inputs + outputs));
    case 'uniform':
      return () => (2 * stream.uniform() - 1) / Math.sqrt(inputs);
    case 'normal':
      return () => stream.normal();
    default:
      throw new Error(
        `There is no initialiser '${String(name)}'; choose one of ${initialiserNames.join(', ')}.`,
      );
  }
}
