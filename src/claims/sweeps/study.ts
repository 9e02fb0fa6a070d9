import type { Figure } from '../../charts/index.js';
import type { SweepRow } from '../../records/index.js';
import { verdictOf, type Evidence, type Verdict } from '../claim.js';

/** What a sweep is asked, and how its rows answer. */
export interface SweepStudy {
  /** Also the name of its notebook. */
  readonly id: string;
  /** The sweep of docs/sweeps whose rows it reads. */
  readonly sweep: string;
  readonly title: string;
  /** The answer that the rows can support or contradict, in our own words. */
  readonly statement: string;
  /** The verdict we expect, fixed before the run. */
  readonly expected: Verdict;
  /** The reasons for the thresholds. */
  readonly criterion: string;
  /** What it reads of a row beside its place on the axes, `status` and `message`; a kept table has no more. */
  readonly columns: readonly string[];
  /** Reads the evidence off the rows; a pure function. */
  judge(rows: readonly SweepRow[]): Evidence[];
  figures(rows: readonly SweepRow[]): Figure[];
  /** Runs that are not as the statement says, each with the reason in words. */
  exceptions(rows: readonly SweepRow[]): SweepException[];
  /** What each kind of reason for an exception means, in a sentence. */
  readonly kinds: Readonly<Record<string, string>>;
}

/** One run that is not as a study's statement says. */
export interface SweepException {
  readonly row: SweepRow;
  /** The kind of reason, in a few words: many have the same. */
  readonly kind: string;
  /** The reason of this one, with its numbers. */
  readonly why: string;
}

/** A study with what the rows of its sweep say. */
export interface StudyResult {
  readonly id: string;
  readonly expected: Verdict;
  readonly verdict: Verdict;
  readonly evidence: readonly Evidence[];
}

/** What the rows say; `writeVerdict` and `verdictTable` take it. */
export function judgeStudy(study: SweepStudy, rows: readonly SweepRow[]): StudyResult {
  const evidence = study.judge(rows);
  return { id: study.id, expected: study.expected, verdict: verdictOf(evidence), evidence };
}

/** Exceptions by the kinds of their reasons, the most frequent kind first. */
export function exceptionsByKind(
  exceptions: readonly SweepException[],
): [kind: string, exceptions: SweepException[]][] {
  const kinds = new Map<string, SweepException[]>();
  for (const one of exceptions) kinds.set(one.kind, [...(kinds.get(one.kind) ?? []), one]);
  return [...kinds].sort(([, a], [, b]) => b.length - a.length);
}
