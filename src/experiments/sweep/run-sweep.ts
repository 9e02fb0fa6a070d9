import type { SweepRow, SweepTable } from '../../records/index.js';
import type { SweepSpec } from '../../specs/index.js';
import { Interrupted, type RunContext } from '../settings.js';
import { sweepRowOf } from './run-batch.js';
import { plannedRuns } from './sweep-plan.js';
import { sweepTable } from './table.js';

/**
 * Runs all experiments of a sweep here, one after the other, and keeps nothing: for sweeps of seconds, as in a cell.
 * The table is the one that `npm run sweep` writes. Tells progress run by run; throws `Interrupted` at the signal, and
 * one sentence where the sweep makes no sense.
 */
export async function runSweep(sweep: SweepSpec, context: RunContext = {}): Promise<SweepTable> {
  const runs = plannedRuns(sweep);
  const rows = new Map<string, SweepRow>();
  const onProgress: RunContext['onProgress'] = (progress) =>
    context.onProgress?.({ ...progress, task: sweep.name, share: rows.size / runs.length });
  for (const { id, spec } of runs) {
    if (context.signal?.aborted) throw new Interrupted('Interrupted.');
    rows.set(id, await sweepRowOf(spec, { signal: context.signal, onProgress }));
  }
  return sweepTable({ sweep, runs }, rows);
}
