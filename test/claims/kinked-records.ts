import type { ReluAlignmentRecord } from '../../src/claims/relu-alignment/plan.js';
import {
  kinkedFlowRecord,
  type FlowRecord,
  type KinkedDecade,
  type KinkedFlowRecord,
  type UnfinishedRecord,
} from '../../src/records/index.js';

/** A run with other numbers at its last points, one for each of the given changes. */
export function withLast(
  run: KinkedFlowRecord,
  changes: readonly Partial<KinkedDecade>[],
): KinkedFlowRecord {
  const first = run.decades.length - changes.length;
  return {
    ...run,
    decades: run.decades.map((decade, k) =>
      k < first ? decade : { ...decade, ...changes[k - first] },
    ),
  };
}

/** A run whose last angles are these, largest in their decades and found afresh alike. */
export function withAngles(run: KinkedFlowRecord, ...angles: readonly number[]): KinkedFlowRecord {
  return withLast(
    run,
    angles.map((angle) => ({ angle, largest: angle, recomputed: angle })),
  );
}

/** A flow whose points say something else about alignment on kinks. */
export function withKinks(
  flow: FlowRecord,
  change: (run: KinkedFlowRecord) => KinkedFlowRecord,
): FlowRecord {
  const { decades, oneSided } = change(kinkedFlowRecord(flow));
  return { ...flow, onKinks: { decades, oneSided } };
}

/** A record whose first `count` runs of the sweep are changed. */
export function withRuns(
  record: ReluAlignmentRecord,
  count: number,
  change: (run: KinkedFlowRecord) => KinkedFlowRecord,
): ReluAlignmentRecord {
  const sweep = record.sweep.map((run, k) =>
    k < count && run.kind === 'kinked-flow' ? change(run) : run,
  );
  return { ...record, sweep };
}

/** A record of which the first `count` runs of the sweep did not reach their goal. */
export function withoutRuns(record: ReluAlignmentRecord, count: number): ReluAlignmentRecord {
  const unfinished: UnfinishedRecord = {
    kind: 'unfinished',
    wanted: 'kinked-flow',
    message: 'The run used up its steps.',
  };
  return { ...record, sweep: record.sweep.map((run, k) => (k < count ? unfinished : run)) };
}
