import { basename, dirname, join } from 'node:path';
import { readText } from '../../files/read.js';
import { writeAtomically } from '../../files/write.js';
import { encodeSweep, type SweepColumn, type SweepRow } from '../../records/index.js';
import { experimentIn } from '../../specs/experiment-format.js';
import { experimentKey, type ExperimentSpec } from '../../specs/index.js';
import { attempted } from '../run-claim.js';
import { Interrupted, type RunContext } from '../settings.js';
import { measuredCells, measuredColumns } from './measures.js';
import { PARTS, runId, type PlannedBatch } from './sweep-plan.js';

/** The row of one experiment. Throws `Interrupted` at the signal. */
export async function sweepRowOf(
  spec: ExperimentSpec,
  context: RunContext = {},
): Promise<SweepRow> {
  return measuredCells(spec, await attempted(spec, context));
}

/**
 * Does the runs of a batch and writes their rows into one table, whole or not at all. Gives its path. Throws one
 * sentence where a run makes no sense, or where this machine would not compute what was planned.
 */
export async function runBatch(file: string, context: RunContext = {}): Promise<string> {
  const { runs } = JSON.parse(readText(file)) as Pick<PlannedBatch, 'runs'>;
  const id = basename(file, '.json');
  const rows: SweepRow[] = [];
  for (const run of runs) {
    if (context.signal?.aborted) throw new Interrupted('Interrupted; nothing was written.');
    const spec = experimentIn(run.spec, `run ${run.id} of ${file}`);
    if (runId(spec, experimentKey(spec)) !== run.id) {
      throw new Error(
        `${file} was planned with other code, another Node or other linear algebra than this process has; expected the same.`,
      );
    }
    rows.push({ id: run.id, ...(await rowOrFault(spec, run.id, context)) });
  }
  const columns: SweepColumn[] = [
    { name: 'id', type: 'text' },
    ...measuredColumns(runs[0].spec.kind).map(({ name, type }) => ({ name, type })),
  ];
  const part = join(dirname(dirname(file)), PARTS, `${id}.parquet`);
  writeAtomically(part, await encodeSweep({ columns, rows, about: {} }));
  return part;
}

async function rowOrFault(spec: ExperimentSpec, id: string, context: RunContext) {
  try {
    return await sweepRowOf(spec, context);
  } catch (error) {
    if (error instanceof Interrupted || !(error instanceof Error)) throw error;
    throw new Error(`run ${id}: ${error.message}`, { cause: error });
  }
}
