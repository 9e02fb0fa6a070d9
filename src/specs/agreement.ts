import type { Fault, JsonPath } from './faults.js';
import { requireNetworkFits, requireRows } from './network-checks.js';
import { outputsOf } from './network-sizes.js';
import type { PlainProblem } from './plain-format.js';

/** Checks what one part of a problem says of another: sizes, labels, order. */
export function requireAgreement(problem: PlainProblem, fault: Fault): void {
  const { network, inputs, labels, classes } = problem;
  const dimension = network.kind === 'deep' ? network.widths[0] : network.inputs!;
  requireRows(['inputs'], inputs, dimension, 'one for each input of the network', fault);
  if (inputs.every((row) => row.every((value) => value === 0))) {
    fault(['inputs'], inputs, 'numbers that are not all 0, since every margin would stay 0');
  }
  if (labels.length !== inputs.length) {
    const expected = `${inputs.length} labels, one for each row of inputs`;
    fault(['labels', 'length'], labels.length, expected);
  }
  requireLabels(['labels'], labels, classes, fault);
  requireIncreasing(problem.targets, fault);
  requireNetworkFits(network, dimension, outputsOf(classes), fault);
}

/** Reports the first label that is none: ±1 for two classes, else a whole number from 0 to classes − 1. */
export function requireLabels(
  path: JsonPath,
  labels: readonly number[],
  classes: number,
  fault: Fault,
): void {
  const expected = classes === 2 ? '+1 or -1' : `a whole number from 0 to ${classes - 1}`;
  const isLabel = (label: number) =>
    classes === 2
      ? Math.abs(label) === 1
      : Number.isInteger(label) && label >= 0 && label < classes;
  const odd = labels.findIndex((label) => !isLabel(label));
  if (odd >= 0) fault([...path, odd], labels[odd], expected);
}

function requireIncreasing(targets: readonly number[], fault: Fault): void {
  const odd = targets.findIndex((target, i) => i > 0 && !(target > targets[i - 1]));
  if (odd >= 0) {
    fault(['targets', odd], targets[odd], `more than the target before it, ${targets[odd - 1]}`);
  }
}
