import { verdictOf, type ClaimResult, type Evidence, type Verdict } from '../claims/claim.js';
import type { ImageCheckpoint } from '../records/index.js';
import type { RecordsOf } from '../records/plan-records.js';
import type { Plan } from '../specs/index.js';
import type { VerdictRecord } from './verdict-file.js';
import type { Figure } from '../charts/figure.js';

/** The figure of that name; throws a sentence with the names there are. */
export function figureNamed(figures: readonly Figure[], name: string): Figure {
  const found = figures.find((figure) => figure.name === name);
  if (found) return found;
  const names = figures.map((figure) => figure.name).join(', ');
  throw new Error(`There is no figure '${name}'; there are ${names || 'none'}.`);
}

/** The records that a claim was judged by; throws the reason where a run did not reach its goal. */
export function recordsIn<P extends Plan>({ record, evidence }: ClaimResult<P>): RecordsOf<P> {
  if (record !== undefined) return record;
  throw new Error(`There are no records: ${evidence.map(({ note }) => note).join(' ')}`);
}

/** The first entry of a list; throws a sentence where it is empty. */
export function firstOf<T>(list: ArrayLike<T>): T {
  return entryAt(list, 0);
}

/** The last entry of a list; throws a sentence where it is empty. */
export function lastOf<T>(list: ArrayLike<T>): T {
  return entryAt(list, list.length - 1);
}

function entryAt<T>(list: ArrayLike<T>, k: number): T {
  if (list.length === 0) throw new Error('The list is empty; expected at least one entry.');
  return list[k];
}

/** What has a name, of its own or by the problem that it is a run of. */
type Named = { readonly name: string } | { readonly problem: { readonly name: string } };

/**
 * The one entry of that name, else the one whose name contains it; throws a sentence with the names there
 * are where there is none or more than one.
 */
export function oneNamed<T extends Named>(list: readonly T[], words: string): T {
  const exact = list.filter((entry) => nameOf(entry) === words);
  const near = list.filter((entry) => nameOf(entry).includes(words));
  const found = exact.length > 0 ? exact : near;
  if (found.length === 1) return found[0];
  const count = found.length === 0 ? 'None' : `More than one`;
  const names = list.map((entry) => `'${nameOf(entry)}'`).join(', ');
  throw new Error(`${count} is called '${words}'; there are ${names || 'none at all'}.`);
}

function nameOf(entry: Named): string {
  return 'name' in entry ? entry.name : entry.problem.name;
}

/** Each value divided by the one before it; NaN for the first. */
export function ratiosToPrevious(values: ArrayLike<number>): number[] {
  return Array.from(values, (value, k) => (k === 0 ? NaN : value / values[k - 1]));
}

/**
 * The smallest margin over the images at one moment of a training, divided by a normaliser: the one that
 * was declared for the network, or another by its name.
 */
export function leastMargin({ distributions }: ImageCheckpoint, normaliser?: string): number {
  const found =
    normaliser === undefined
      ? firstOf(distributions)
      : distributions.find((each) => each.normaliser === normaliser);
  if (found) return found.margins.reduce((least, margin) => Math.min(least, margin), Infinity);
  const names = distributions.map((each) => each.normaliser).join(', ');
  throw new Error(`There is no normaliser '${normaliser}'; there are ${names}.`);
}

/**
 * The piece of evidence of that name, or the only one whose name begins so; throws a sentence with the names
 * there are.
 */
export function evidenceNamed(
  { evidence }: Pick<ClaimResult, 'evidence'>,
  metric: string,
): Evidence {
  const exact = evidence.find((piece) => piece.metric === metric);
  const found = evidence.filter((piece) => piece.metric.startsWith(metric));
  if (exact) return exact;
  if (found.length === 1) return found[0];
  const names = evidence.map((piece) => piece.metric).join('; ');
  throw new Error(`There is no one piece of evidence '${metric}'; there are ${names || 'none'}.`);
}

/** A verdict on something that is not one of the claims, from its evidence. */
export function ownVerdict(
  id: string,
  evidence: readonly Evidence[],
  expected: Verdict = 'supported',
): VerdictRecord {
  return { id, verdict: verdictOf(evidence), expected, evidence };
}
