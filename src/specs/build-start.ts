import { initialise, type Network } from '../networks/index.js';
import { randomStream } from '../numerics/random.js';
import { noFiles, type DataReaders } from './readers.js';
import type { Start } from './start.js';

/** `buildStart` for a description that has been checked. */
export function startOf(
  entry: Start,
  network: Network,
  readers: DataReaders = noFiles,
): Float64Array {
  const theta = weightsOf(entry, network, readers);
  if (theta.length === network.parameters) return theta;
  const blocks = network.blocks.map((block) => `${block.name} ${block.rows}×${block.columns}`);
  throw new Error(
    `theta0 has ${theta.length} numbers; expected ${network.parameters} (${blocks.join(', ')}).`,
  );
}

function weightsOf(entry: Start, network: Network, readers: DataReaders): Float64Array {
  if (entry.kind === 'theta') return Float64Array.from(entry.theta);
  if (entry.kind === 'npz') {
    const arrays = readers.arrays(entry.file);
    const array = arrays.get(entry.array);
    if (array) return array.values;
    const found = [...arrays.keys()].join(', ') || 'none';
    throw new Error(`${entry.file}: expected an array ${entry.array}, found ${found}.`);
  }
  const stream = randomStream(entry.seed).split('initialisation');
  return initialise(network, entry.kind, stream, entry.scale);
}
