import type { NetworkEntry, ProblemFile } from './problem-format.js';

/** Reports that the value at a place is not as expected; does not return. */
export type Fault = (path: readonly PropertyKey[], value: unknown, expected: string) => never;

type TwoLayerEntry = Extract<NetworkEntry, { kind: 'two-layer' }>;

/** Checks what one part of a problem says of another: sizes, labels, order. */
export function requireAgreement(problem: ProblemFile, fault: Fault): void {
  const { network, inputs, labels, classes } = problem;
  const dimension = inputsOf(network);
  const outputs = outputsOf(classes);
  requireRows(['inputs'], inputs, dimension, 'one for each input of the network', fault);
  if (inputs.every((row) => row.every((value) => value === 0))) {
    fault(['inputs'], inputs, 'numbers that are not all 0, since every margin would stay 0');
  }
  if (labels.length !== inputs.length) {
    const expected = `${inputs.length} labels, one for each row of inputs`;
    fault(['labels', 'length'], labels.length, expected);
  }
  requireLabels(labels, classes, fault);
  requireIncreasing(problem.targets, fault);
  if (network.kind === 'two-layer') requireFixed(network, outputs, fault);
  if (network.kind === 'deep') requireEnds(network, outputs, fault);
}

/** The number of inputs a network takes. */
export function inputsOf(network: NetworkEntry): number {
  return network.kind === 'deep' ? network.widths[0] : network.inputs;
}

/** One score for two classes, else one for each. */
export function outputsOf(classes: number): number {
  return classes === 2 ? 1 : classes;
}

function requireRows(
  path: readonly PropertyKey[],
  rows: readonly (readonly number[])[],
  width: number,
  why: string,
  fault: Fault,
): void {
  const odd = rows.findIndex((row) => row.length !== width);
  if (odd >= 0) fault([...path, odd, 'length'], rows[odd].length, `${width} numbers, ${why}`);
}

function requireLabels(labels: readonly number[], classes: number, fault: Fault): void {
  const expected = classes === 2 ? '+1 or -1' : `a whole number from 0 to ${classes - 1}`;
  const isLabel = (label: number) =>
    classes === 2
      ? Math.abs(label) === 1
      : Number.isInteger(label) && label >= 0 && label < classes;
  const odd = labels.findIndex((label) => !isLabel(label));
  if (odd >= 0) fault(['labels', odd], labels[odd], expected);
}

function requireIncreasing(targets: readonly number[], fault: Fault): void {
  const odd = targets.findIndex((target, i) => i > 0 && !(target > targets[i - 1]));
  if (odd >= 0) {
    fault(['targets', odd], targets[odd], `more than the target before it, ${targets[odd - 1]}`);
  }
}

/** Each layer is either trained or has its fixed weights, in the shape that the layer has. */
function requireFixed(network: TwoLayerEntry, outputs: number, fault: Fault): void {
  const { inputs, width, trained, fixed } = network;
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

function requireEnds(
  network: Extract<NetworkEntry, { kind: 'deep' }>,
  outputs: number,
  fault: Fault,
): void {
  const { inputs, widths } = network;
  if (inputs !== undefined && inputs !== widths[0]) {
    fault(['network', 'inputs'], inputs, `${widths[0]}, the first of network.widths`);
  }
  const last = widths.length - 1;
  if (widths[last] !== outputs) {
    const why = outputs === 1 ? 'the score of two classes' : 'one output for each class';
    fault(['network', 'widths', last], widths[last], `${outputs}, ${why}`);
  }
}
