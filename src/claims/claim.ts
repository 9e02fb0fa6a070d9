import { Unfinished, type Settings } from '../experiments/settings.js';

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

/** A statement that a run can support or contradict. `Record` is what its figures are drawn from. */
export interface Claim<Record = unknown> {
  readonly id: string;
  readonly title: string;
  /** The statement in our own words. */
  readonly statement: string;
  readonly source: string;
  /** The verdict we expect, fixed before the run. */
  readonly expected: Verdict;
  /** The reasons for the thresholds, printed beside the verdict. */
  readonly criterion: string;
  /** Runs the experiments. */
  run(settings: Settings): Promise<Record>;
  /** Reads the evidence off the record; a pure function, so that made-up records can test it. */
  judge(record: Record): Evidence[];
}

/** A claim with what one run said about it. */
export interface ClaimResult<Record = unknown> {
  readonly claim: Claim<Record>;
  readonly verdict: Verdict;
  readonly evidence: readonly Evidence[];
  /** Undefined where a run did not reach its goal. */
  readonly record: Record | undefined;
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

/**
 * Runs a claim's experiments and judges them. A run that cannot reach its goal (data that are never
 * separated, say) makes the claim inconclusive: its premise did not hold.
 */
export async function runClaim<Record>(
  claim: Claim<Record>,
  settings: Settings,
): Promise<ClaimResult<Record>> {
  try {
    return judgeClaim(claim, await claim.run(settings));
  } catch (error) {
    if (!(error instanceof Unfinished)) throw error;
    const evidence: Evidence = {
      metric: 'runs that reached their goal',
      value: 0,
      threshold: 'all',
      note: error.message,
      verdict: 'inconclusive',
    };
    return { claim, verdict: 'inconclusive', evidence: [evidence], record: undefined };
  }
}

/** The result for a record that is already there. */
export function judgeClaim<Record>(claim: Claim<Record>, record: Record): ClaimResult<Record> {
  const evidence = claim.judge(record);
  return { claim, verdict: verdictOf(evidence), evidence, record };
}
