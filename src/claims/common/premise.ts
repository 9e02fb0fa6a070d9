import type { FlowRecord } from '../../records/index.js';
import { digits } from '../../text/numbers.js';
import type { Evidence } from '../claim.js';
import { DECADES_JUDGED } from './flow-plans.js';

/** Why theorems on definable functions speak about these networks. */
export const DEFINABLE =
  'margins are made of sums, products and maxima, and the loss of exp and log, so that all is definable';
/** Why gradients of margins are locally Lipschitz, or not. */
const SMOOTH = '∇p is locally Lipschitz, since the slope 2 max(z, 0) of squared ReLU is';
const KINKED = 'p is locally Lipschitz, ∇p is not, since it jumps at kinks of ReLU';

/**
 * Where the theorems begin: 𝓛 < ℓ(0), that is α > 0, which is more than that every example is classified. A
 * run that is judged from an earlier α on says nothing.
 */
export function positiveAlpha(metric: string, alpha: number, note: string): Evidence {
  return {
    metric: `premise α > 0: ${metric}`,
    value: alpha,
    threshold: '> 0',
    note: `α > 0 is 𝓛 < ℓ(0), and stays; ${note}`,
    verdict: alpha > 0 ? 'supported' : 'inconclusive',
  };
}

/** That premise of one flow, with the others, which its network meets or not. */
export function premise({ problem, decadePoints, result, onKinks }: FlowRecord): Evidence {
  const from = decadePoints.at(-1 - DECADES_JUDGED) ?? decadePoints[0];
  const separated = result.marks.find(({ name }) => name === 'separation')?.point;
  const since = separated
    ? `the last example was classified at α = ${digits(separated.alpha)}; `
    : '';
  return positiveAlpha(
    `α from where on it is judged, ${problem.name}`,
    from.alpha,
    `${since}${DEFINABLE}; ${onKinks ? KINKED : SMOOTH}`,
  );
}
