import type { AlignmentRecord } from '../../src/claims/alignment/plan.js';
import type { DirectionalConvergenceRecord } from '../../src/claims/directional-convergence/plan.js';
import {
  alignmentClaim,
  directionalConvergence,
  marginMaximization,
  type Evidence,
} from '../../src/claims/index.js';
import type { MarginMaximizationRecord } from '../../src/claims/margin-maximization/plan.js';
import { runPlan, type Settings } from '../../src/experiments/index.js';
import type { Decade, Measurements } from '../../src/metrics/index.js';
import type { DescentRecord, FlowRecord } from '../../src/records/index.js';

export const smoke: Settings = { scale: 'smoke', seed: 1 };

/** Time for a run that several tests share. */
export const RUN_TIME = 180_000;

export interface Records {
  readonly direction: DirectionalConvergenceRecord;
  readonly alignment: AlignmentRecord;
  readonly margin: MarginMaximizationRecord;
}

/** Real quick runs of the three claims; what they share is computed once in a process. */
export async function realRecords(): Promise<Records> {
  return {
    direction: await runPlan(directionalConvergence.plan(smoke)),
    alignment: await runPlan(alignmentClaim.plan(smoke)),
    margin: await runPlan(marginMaximization.plan(smoke)),
  };
}

/** The one piece of evidence whose metric matches; the first of them with `first`. */
export function evidenceOf(evidence: readonly Evidence[], metric: RegExp): Evidence {
  const found = evidence.filter((piece) => metric.test(piece.metric));
  if (found.length !== 1) {
    const names = evidence.map((piece) => piece.metric).join('\n');
    throw new Error(`${found.length} pieces of evidence match ${String(metric)}, of\n${names}`);
  }
  return found[0];
}

/** The metrics of the evidence that does not support, and what it says. */
export function dissent(evidence: readonly Evidence[]): string[] {
  return evidence
    .filter(({ verdict }) => verdict !== 'supported' && verdict !== 'reported')
    .map(({ metric, verdict }) => `${metric}: ${verdict}`);
}

/** A run with other numbers in some columns of its measurements. */
export function withColumns<Run extends FlowRecord | DescentRecord>(
  run: Run,
  change: (measurements: Measurements) => Partial<Measurements>,
): Run {
  return { ...run, measurements: { ...run.measurements, ...change(run.measurements) } };
}

/** Lengths of the last decades of α, up to 10^`last`. */
export function decadesOf(lengths: readonly number[], last = 7): Decade[] {
  return lengths.map((length, k) => {
    const to = 10 ** (last - lengths.length + 1 + k);
    return { from: to / 10, to, length };
  });
}

/** A run whose limit certificate says something else. */
export function withCertificate(
  run: FlowRecord,
  change: Partial<Omit<FlowRecord['certificate'], 'limit'>>,
  limit: Partial<FlowRecord['certificate']['limit']> = {},
): FlowRecord {
  const { certificate } = run;
  return {
    ...run,
    certificate: { ...certificate, ...change, limit: { ...certificate.limit, ...limit } },
  };
}

/** The records of a claim with flow k changed, the first one if not said. */
export function withFlowChanged<R extends { readonly flows: readonly FlowRecord[] }>(
  records: R,
  change: (run: FlowRecord) => FlowRecord,
  k = 0,
): R {
  return { ...records, flows: replaced(records.flows, k, change(records.flows[k])) };
}

/** The list with its entry k replaced. */
export function replaced<T>(list: readonly T[], k: number, entry: T): T[] {
  return list.map((old, i) => (i === k ? entry : old));
}
