import { join } from 'node:path';
import { writeAtomically } from '../../files/write.js';
import {
  encodeSweep,
  type SweepColumn,
  type SweepColumnType,
  type SweepRow,
  type SweepTable,
} from '../../records/index.js';
import { sortedJson } from '../../specs/index.js';
import { measuredColumns } from './measures.js';
import { rowsIn, sweepOrigin, type SweepPlan } from './sweep-plan.js';

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
  writeAtomically(sweepFile(folder, plan), await encodeSweep(tableOf(plan, rows)));
  return 0;
}

/** The results: where each run lies on the axes, what was measured, and what names and describes it. */
function tableOf({ sweep, runs }: SweepPlan, rows: ReadonlyMap<string, SweepRow>): SweepTable {
  const { kind } = sweep.experiment;
  const measured = measuredColumns(kind);
  const axes = sweep.axes.map(({ name }): SweepColumn => {
    return { name, type: typeOf(runs.map((run) => run.axes[name])) };
  });
  const taken = new Set([...OWN.map(({ name }) => name), ...measured.map(({ name }) => name)]);
  const clash = axes.find(({ name }) => taken.has(name));
  if (clash) throw new Error(`${sweep.name}: an axis is called ${clash.name}, which is a column of the results; expected another name.`); // prettier-ignore
  const [run, ...names] = OWN;
  return {
    columns: [run, ...axes, ...measured.map(({ name, type }) => ({ name, type })), ...names],
    rows: runs.map(({ axes: at, id, name, key }, index) => {
      const cells = { ...rows.get(id) };
      for (const { name: axis, type } of axes) {
        cells[axis] = type === 'text' ? String(at[axis]) : at[axis];
      }
      return { ...cells, run: index, experiment: name, spec: key };
    }),
    about: {
      // Without what the rows do not depend on.
      sweep: sortedJson({ ...sweep, batch: undefined }),
      origin: JSON.stringify(sweepOrigin(runs[0].spec)),
      meanings: JSON.stringify(
        Object.fromEntries(measured.map(({ name, meaning }) => [name, meaning])),
      ),
    },
  };
}

/** The columns that every sweep has: the place of a run, the name of its experiment, and the whole description. */
const OWN: readonly SweepColumn[] = [
  { name: 'run', type: 'whole' },
  { name: 'experiment', type: 'text' },
  { name: 'spec', type: 'text' },
];

/** Whole numbers as such, as long as 32 bits hold them. */
function typeOf(values: readonly unknown[]): SweepColumnType {
  if (values.every((value) => typeof value === 'boolean')) return 'flag';
  if (!values.every((value) => typeof value === 'number')) return 'text';
  return values.every((value) => (value | 0) === value) ? 'whole' : 'number';
}
