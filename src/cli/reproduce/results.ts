import { cpus, totalmem } from 'node:os';
import type { Missing, Provenance, Results, Timings } from '../../report/results.js';
import type { ClaimOutcome, NotebookOutcome } from './outcome.js';

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
