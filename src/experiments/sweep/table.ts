import type { SweepColumn, SweepColumnType, SweepRow, SweepTable } from '../../records/index.js';
import { sortedJson } from '../../specs/index.js';
import { measuredColumns } from './measures.js';
import { sweepOrigin, type SweepPlan } from './sweep-plan.js';

/** The results: where each run lies on the axes, what was measured, and what names and describes it. */
export function sweepTable(
  { sweep, runs }: Pick<SweepPlan, 'sweep' | 'runs'>,
  rows: ReadonlyMap<string, SweepRow>,
): SweepTable {
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
