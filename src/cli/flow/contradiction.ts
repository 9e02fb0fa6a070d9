import { exampleNames, linearSeparability } from '../../flows/index.js';
import type { Problem } from './problem.js';

/** With up to so many parameters a step of the full implicit method costs no more than any other. */
const MOST_PARAMETERS = 300;

/**
 * One sentence where no linear network can classify all examples and the problem's network is linear;
 * undefined where one can, where that is in doubt, and for all other networks.
 */
export function contradictionIn({ file, objective }: Problem): string | undefined {
  const { network } = file;
  const hidden = network.kind === 'deep' && network.widths.length > 2;
  const linear =
    network.kind === 'linear' ||
    network.activation === 'linear' ||
    (network.kind === 'deep' && !hidden);
  if (!linear) return undefined;
  const { inputs, labels, classes, pairs } = objective;
  const { separable, contradicting } = linearSeparability(inputs, labels, classes);
  if (separable !== false) return undefined;
  return `No linear network separates these data: a combination of the inputs of ${exampleNames(contradicting, pairs)}, each with its label's sign and a positive share, is 0, so their margins cannot all be positive.`;
}

/**
 * True where a run that is bound to come to rest is followed best with all of w in Newton's method:
 * all margins stay at work there, and they are more than the parameters.
 */
export function restsSmall({ objective }: Problem): boolean {
  const { parameters, examples, pairs } = objective;
  return parameters <= MOST_PARAMETERS && parameters < examples * pairs;
}
