import { readable } from '../text/numbers.js';
import type { Claim, Evidence } from './claim.js';

const DIGITS = 3;

/** The evidence whose metrics begin as the claim's headline says. */
export function headlineEvidence(
  { headline }: Pick<Claim, 'headline'>,
  evidence: readonly Evidence[],
): Evidence[] {
  return headline === undefined
    ? []
    : evidence.filter(({ metric }) => metric.startsWith(headline.metric));
}

/**
 * The claim's headline with its number in place of the #: one value, or the range from the smallest to the
 * largest. Undefined where the claim has none, or where the run gave no such number.
 */
export function headlineText(
  claim: Pick<Claim, 'headline'>,
  evidence: readonly Evidence[],
): string | undefined {
  const values = headlineEvidence(claim, evidence).map(({ value }) => value);
  if (claim.headline === undefined || values.length === 0 || values.some(Number.isNaN)) {
    return undefined;
  }
  const ends = [Math.min(...values), Math.max(...values)].map((end) => readable(end, DIGITS));
  return claim.headline.words.replace('#', () => [...new Set(ends)].join(' to '));
}
