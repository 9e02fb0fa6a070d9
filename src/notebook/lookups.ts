import { verdictOf, type Evidence, type Verdict } from '../claims/claim.js';
import type { VerdictRecord } from './verdict-file.js';
import type { Figure } from '../charts/figure.js';

/** The figure of that name; throws a sentence with the names there are. */
export function figureNamed(figures: readonly Figure[], name: string): Figure {
  const found = figures.find((figure) => figure.name === name);
  if (found) return found;
  const names = figures.map((figure) => figure.name).join(', ');
  throw new Error(`There is no figure '${name}'; there are ${names || 'none'}.`);
}

/** A verdict on something that is not one of the claims, from its evidence. */
export function ownVerdict(
  id: string,
  evidence: readonly Evidence[],
  expected: Verdict = 'supported',
): VerdictRecord {
  return { id, verdict: verdictOf(evidence), expected, evidence };
}
