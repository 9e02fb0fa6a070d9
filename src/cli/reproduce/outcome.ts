import type { ClaimResult, Verdict } from '../../claims/index.js';
import type { JudgedClaim } from '../../report/results.js';
import { datasetHashes } from './dataset-hashes.js';

/** A figure that was not written, and why in one sentence. */
export interface Skipped {
  readonly name: string;
  readonly reason: string;
}

/** What stays of a claim's run: no trajectories, only what is reported. */
export interface ClaimOutcome extends JudgedClaim {
  /** SHA-256 of every problem's data, by the problem's name. */
  readonly data: Readonly<Record<string, string>>;
  /** Figure files, relative to the output folder. */
  readonly figures: readonly string[];
  readonly skipped: readonly Skipped[];
  readonly seconds: number;
  /** True where every record was there already. */
  readonly reused: boolean;
}

/** What happens while claims run. */
export type ClaimEvent =
  | { kind: 'progress'; claim: string; task: string; alpha: number; goal: number }
  | { kind: 'finished'; outcome: ClaimOutcome }
  | { kind: 'failed'; claim: string; message: string };

/** What became of one notebook. */
export interface NotebookOutcome {
  /** The claim's id, or the notebook's own name. */
  readonly id: string;
  readonly file: string;
  /** Why it does not count as passed, one sentence each; empty where it passed. */
  readonly faults: readonly string[];
  readonly verdict?: Verdict;
  readonly expected?: Verdict;
  /** The numbers that led to the verdict. */
  readonly evidence?: readonly { readonly metric: string; readonly value: number }[];
  readonly seconds: number;
}

/** What the report needs of a result. */
export function outcomeOf(
  { claim, verdict, evidence, record }: ClaimResult,
  rest: Pick<ClaimOutcome, 'figures' | 'skipped' | 'seconds' | 'reused'>,
): ClaimOutcome {
  const { id, title, statement, expected, source, criterion } = claim;
  return {
    id,
    title,
    statement,
    verdict,
    expected,
    source,
    criterion,
    evidence,
    data: datasetHashes(record),
    ...rest,
  };
}
