import type { Figure } from '../charts/figure.js';
import type { RecordsOf } from '../records/index.js';
import type { Plan } from '../specs/plan.js';
import type { PlanSettings } from '../specs/scale.js';

/** What a run says about a claim. */
export type Verdict = 'supported' | 'contradicted' | 'inconclusive';

/** One number of a run, what it was held against, and what follows from it alone. */
export interface Evidence {
  readonly metric: string;
  readonly value: number;
  /** The condition in words and numbers, such as '≤ 0.8'. */
  readonly threshold: string;
  /** What the number means, and why the threshold is where it is. */
  readonly note: string;
  /** `reported` numbers are shown (a control, something beyond the theorem) and decide nothing. */
  readonly verdict: Verdict | 'reported';
}

/** The number of a run that a table of results has room for. */
export interface Headline {
  /** How the metric begins; where several do, as one for each problem, their values make a range. */
  readonly metric: string;
  /** What the number says, with a # in its place. */
  readonly words: string;
}

/** A statement that runs can support or contradict. */
export interface Claim<P extends Plan = Plan> {
  readonly id: string;
  readonly title: string;
  /** The statement in our own words. */
  readonly statement: string;
  readonly source: string;
  /** The verdict we expect, fixed before the run. */
  readonly expected: Verdict;
  /** The reasons for the thresholds, printed beside the verdict. */
  readonly criterion: string;
  /** What the README tells of a run. A claim that is not listed there needs none. */
  readonly headline?: Headline;
  /** The experiments, by name: plain data, which decide their records to the last bit. */
  plan(settings: PlanSettings): P;
  /** Reads the evidence off the records; a pure function, so that made-up records can test it. */
  judge(records: RecordsOf<P>): Evidence[];
  /** Draws the records; a pure function, so that figures can be drawn from what is kept. */
  figures(records: RecordsOf<P>): Figure[];
}

/** A claim with what one run said about it. */
export interface ClaimResult<P extends Plan = Plan> {
  readonly claim: Claim<P>;
  readonly verdict: Verdict;
  readonly evidence: readonly Evidence[];
  /** Undefined where a run did not reach its goal. */
  readonly record: RecordsOf<P> | undefined;
}

/** A claim whose judge and figures know the records of its plan. */
export function defineClaim<P extends Plan>(claim: Claim<P>): Claim<P> {
  return claim;
}

/**
 * Contradicted by any contradicting evidence, supported when all judged evidence supports, and
 * inconclusive otherwise, as where nothing was judged.
 */
export function verdictOf(evidence: readonly Evidence[]): Verdict {
  const judged = evidence.filter(({ verdict }) => verdict !== 'reported');
  if (judged.some(({ verdict }) => verdict === 'contradicted')) return 'contradicted';
  if (judged.length === 0) return 'inconclusive';
  return judged.every(({ verdict }) => verdict === 'supported') ? 'supported' : 'inconclusive';
}

/** The result for records that are there. */
export function judgeClaim<P extends Plan>(claim: Claim<P>, record: RecordsOf<P>): ClaimResult<P> {
  const evidence = claim.judge(record);
  return { claim, verdict: verdictOf(evidence), evidence, record };
}

/** The result where a run did not reach its goal, for the reason given in a sentence. */
export function unfinishedClaim<P extends Plan>(claim: Claim<P>, reason: string): ClaimResult<P> {
  const evidence: Evidence = {
    metric: 'runs that reached their goal',
    value: 0,
    threshold: 'all',
    note: reason,
    verdict: 'inconclusive',
  };
  return { claim, verdict: 'inconclusive', evidence: [evidence], record: undefined };
}

/** The figures of a claim's result; none for a run without records. */
export function claimFigures<P extends Plan>({ claim, record }: ClaimResult<P>): Figure[] {
  return record === undefined ? [] : claim.figures(record);
}
