import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { exceptionsByKind, judgeStudy, studies, type SweepStudy } from '../../claims/index.js';
import { sweepOf } from '../../experiments/sweep/index.js';
import { keptSweepFile } from '../../experiments/sweep/results.js';
import type { SweepRow, SweepTable } from '../../records/index.js';
import { counted } from '../../text/numbers.js';
import { detailText } from '../reproduce/report.js';
import { wrap } from '../table.js';

/** The study that a sweep of the project is made for; undefined where there is none. */
export function studyOfSweep(name: string): SweepStudy | undefined {
  return studies.find(({ sweep }) => sweep === name);
}

/**
 * The table of a sweep's results: the one in its folder, or else the one that comes with the project. Throws one
 * sentence where there is neither.
 */
export function resultsFile(name: string, folder: string): string {
  const own = join(folder, `${name}.parquet`);
  const path = existsSync(own) ? own : keptSweepFile(name);
  if (path !== undefined) return path;
  throw new Error(`${own}: no such file; \`npm run sweep -- ${name}\` makes it.`);
}

/**
 * What the rows of a sweep say: the verdict of its study with all numbers, and what is not as the statement says by
 * the kinds of reasons, each run of them where `each` is true.
 */
export function judgedText(
  study: SweepStudy,
  table: SweepTable,
  { columns, each }: { readonly columns: number; readonly each: boolean },
): string {
  const { rows } = table;
  const exceptions = study.exceptions(rows);
  const axes = axesOf(table);
  const indented = (text: string, by: number) =>
    wrap(text, Math.max(40, columns - by)).map((line) => ' '.repeat(by) + line);
  const kinds = exceptionsByKind(exceptions).flatMap(([kind, some]) => [
    ...indented(`${some.length} × ${kind}. ${study.kinds[kind] ?? ''}`, 2),
    ...(each ? some.flatMap(({ row, why }) => indented(`${placeOf(row, axes)}: ${why}`, 4)) : []),
  ]);
  const count = exceptions.length === 0 ? 'none is an exception.' : `${exceptions.length} are exceptions:`; // prettier-ignore
  return [
    detailText({ ...study, ...judgeStudy(study, rows) }, columns),
    `Of ${counted(rows.length, 'run')} ${count}`,
    ...kinds,
  ].join('\n');
}

/** The names of the axes of the sweep whose results these are. */
export function axesOf(table: Pick<SweepTable, 'about'>): string[] {
  return sweepOf(table).axes.map(({ name }) => name);
}

/** Where on the axes a run lies: 'relu, width 8, scale 0.05, seed 1119'. */
export function placeOf(row: SweepRow, axes: readonly string[]): string {
  return axes
    .map((axis) => (typeof row[axis] === 'string' ? row[axis] : `${axis} ${String(row[axis])}`))
    .join(', ');
}
