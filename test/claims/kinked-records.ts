import type { ReluAlignmentRecord } from '../../src/claims/index.js';
import type { KinkedDecade, KinkedRun } from '../../src/experiments/index.js';

/** A run with other numbers at its last points, one for each of the given changes. */
export function withLast(run: KinkedRun, changes: readonly Partial<KinkedDecade>[]): KinkedRun {
  const first = run.decades.length - changes.length;
  return {
    ...run,
    decades: run.decades.map((decade, k) =>
      k < first ? decade : { ...decade, ...changes[k - first] },
    ),
  };
}

/** A run whose last angles are these, largest in their decades and found afresh alike. */
export function withAngles(run: KinkedRun, ...angles: readonly number[]): KinkedRun {
  return withLast(
    run,
    angles.map((angle) => ({ angle, largest: angle, recomputed: angle })),
  );
}

/** A record whose first `count` runs of the sweep are changed. */
export function withRuns(
  record: ReluAlignmentRecord,
  count: number,
  change: (run: KinkedRun) => KinkedRun,
): ReluAlignmentRecord {
  const { sweep } = record;
  const runs = sweep.runs.map((run, k) => (k < count ? change(run) : run));
  return { ...record, sweep: { ...sweep, runs } };
}

/** A record of which the first `count` runs of the sweep did not reach their goal. */
export function withoutRuns(record: ReluAlignmentRecord, count: number): ReluAlignmentRecord {
  const { runs } = record.sweep;
  const unfinished = runs.slice(0, count).map(({ seed, loss }) => ({
    seed,
    loss,
    message: 'The run used up its steps.',
  }));
  return { ...record, sweep: { runs: runs.slice(count), unfinished } };
}
