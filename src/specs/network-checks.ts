import type { Fault, JsonPath } from './faults.js';
import type { DenseNetworkEntry } from './network.js';

type Entry<K extends DenseNetworkEntry['kind']> = Extract<DenseNetworkEntry, { kind: K }>;

/** Checks that a network takes so many inputs, has so many outputs, and fixes what it does not train. */
export function requireNetworkFits(
  network: DenseNetworkEntry,
  dimension: number,
  outputs: number,
  fault: Fault,
): void {
  if (network.kind === 'two-layer') requireFixed(network, dimension, outputs, fault);
  if (network.kind === 'deep') requireEnds(network, outputs, fault);
  const takes = network.kind === 'deep' ? network.widths[0] : (network.inputs ?? dimension);
  if (takes === dimension) return;
  const path = network.kind === 'deep' ? ['network', 'widths', 0] : ['network', 'inputs'];
  fault(path, takes, `${dimension}, as many numbers as an example has`);
}

/** Reports the first row that has not `width` numbers. */
export function requireRows(
  path: JsonPath,
  rows: readonly (readonly number[])[],
  width: number,
  why: string,
  fault: Fault,
): void {
  const odd = rows.findIndex((row) => row.length !== width);
  if (odd >= 0) fault([...path, odd, 'length'], rows[odd].length, `${width} numbers, ${why}`);
}

/** Each layer is either trained or has its fixed weights, in the shape that the layer has. */
function requireFixed(
  { width, trained, fixed }: Entry<'two-layer'>,
  inputs: number,
  outputs: number,
  fault: Fault,
): void {
  const shapes = { hidden: [width, inputs], output: [outputs, width] } as const;
  for (const layer of ['hidden', 'output'] as const) {
    const weights = fixed[layer];
    const path = ['network', 'fixed', layer];
    const [rows, columns] = shapes[layer];
    if (trained.includes(layer)) {
      if (weights) fault(path, weights, `nothing, since network.trained names '${layer}'`);
      continue;
    }
    const shape = `${rows} ${rows === 1 ? 'row' : 'rows'} of ${columns} numbers`;
    if (!weights) {
      return fault(path, undefined, `${shape}, since network.trained does not name '${layer}'`);
    }
    if (weights.length !== rows) fault([...path, 'length'], weights.length, shape);
    requireRows(path, weights, columns, `the columns of the ${layer} layer`, fault);
  }
}

function requireEnds({ inputs, widths }: Entry<'deep'>, outputs: number, fault: Fault): void {
  if (inputs !== undefined && inputs !== widths[0]) {
    fault(['network', 'inputs'], inputs, `${widths[0]}, the first of network.widths`);
  }
  const last = widths.length - 1;
  if (widths[last] !== outputs) {
    const why = outputs === 1 ? 'the score of two classes' : 'one output for each class';
    fault(['network', 'widths', last], widths[last], `${outputs}, ${why}`);
  }
}
