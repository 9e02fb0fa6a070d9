import { cpus, totalmem } from 'node:os';
import type { ClaimOutcome, NotebookOutcome } from './outcome.js';
import type { Provenance } from './provenance.js';

/** A claim that has no result, and why. */
export interface Missing {
  readonly id: string;
  readonly reason: string;
}

/** What `results.json` holds: the same, to the byte, for the same code, scale and seed. */
export interface Results {
  readonly claims: readonly Omit<
    ClaimOutcome,
    'data' | 'figures' | 'skipped' | 'seconds' | 'reused'
  >[];
  /** Claims without a result; a whole run does not have this key. */
  readonly missing?: readonly Missing[];
  readonly provenance: Provenance;
}

export function resultsOf(
  outcomes: readonly ClaimOutcome[],
  provenance: Provenance,
  missing: readonly Missing[],
): Results {
  const data = outcomes.reduce((all, outcome) => ({ ...all, ...outcome.data }), provenance.data);
  const sorted = Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    claims: outcomes.map((outcome) => ({
      id: outcome.id,
      title: outcome.title,
      statement: outcome.statement,
      verdict: outcome.verdict,
      expected: outcome.expected,
      source: outcome.source,
      criterion: outcome.criterion,
      evidence: outcome.evidence.map(({ metric, value, threshold, note, verdict }) => ({
        metric,
        value,
        threshold,
        note,
        verdict,
      })),
    })),
    missing: missing.length > 0 ? missing : undefined,
    provenance: { ...provenance, data: Object.fromEntries(sorted) },
  };
}

export interface Timing {
  readonly began: Date;
  readonly seconds: number;
}

/** What `timings.json` holds: everything that differs from run to run. */
export interface Timings {
  readonly began: string;
  readonly seconds: number;
  readonly claims: readonly { id: string; seconds: number; reused: boolean }[];
  readonly notebooks: readonly { file: string; seconds: number }[];
  readonly machine: {
    readonly platform: string;
    readonly processor: string;
    readonly cores: number;
    /** Bytes. */
    readonly memory: number;
  };
}

export function timingsOf(
  timing: Timing,
  outcomes: readonly ClaimOutcome[],
  notebooks: readonly NotebookOutcome[],
): Timings {
  const processors = cpus();
  return {
    began: timing.began.toISOString(),
    seconds: timing.seconds,
    claims: outcomes.map(({ id, seconds, reused }) => ({ id, seconds, reused })),
    notebooks: notebooks.map(({ file, seconds }) => ({ file, seconds })),
    machine: {
      platform: `${process.platform} ${process.arch}`,
      processor: processors[0]?.model ?? 'unknown',
      cores: processors.length,
      memory: totalmem(),
    },
  };
}
