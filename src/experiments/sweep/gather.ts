import { join } from 'node:path';
import { writeAtomically } from '../../files/write.js';
import { encodeSweep } from '../../records/index.js';
import { rowsIn, type SweepPlan } from './sweep-plan.js';
import { sweepTable } from './table.js';

/** Where the results of a sweep lie in its folder. */
export function sweepFile(folder: string, { sweep }: Pick<SweepPlan, 'sweep'>): string {
  return join(folder, `${sweep.name}.parquet`);
}

/**
 * Puts the rows of all batches into one table, in the order of the runs, and writes it: the same bytes whatever the
 * batches were. Gives the number of runs without a row; the table is written where that is 0.
 */
export async function gatherSweep(plan: SweepPlan, folder: string): Promise<number> {
  const rows = await rowsIn(folder);
  const missing = plan.runs.filter(({ id }) => !rows.has(id)).length;
  if (missing > 0) return missing;
  writeAtomically(sweepFile(folder, plan), await encodeSweep(sweepTable(plan, rows)));
  return 0;
}
