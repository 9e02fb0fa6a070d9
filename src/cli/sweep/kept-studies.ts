import { judgeStudy, type StudyResult, type SweepStudy } from '../../claims/index.js';
import type { SweepColumn, SweepRow, SweepTable } from '../../records/index.js';
import { rounded } from '../../text/numbers.js';
import { axesOf } from './judged.js';

/** Digits of the numbers in lists that are kept: enough for every judge, and fewer bytes. */
const DIGITS = 10;

/** What rows were computed with. */
export interface RowsOrigin {
  readonly node: string;
  readonly linearAlgebra: string;
  /** SHA-256 of the code that decides a row. */
  readonly code: string;
}

/** One run that is not as a study's statement says. */
export interface KeptException {
  /** Where on the axes it lies. */
  readonly run: SweepRow;
  readonly kind: string;
  readonly why: string;
}

/** What `docs/sweep-results.json` holds of a study. */
export interface KeptStudy extends StudyResult {
  readonly sweep: string;
  readonly title: string;
  readonly statement: string;
  readonly criterion: string;
  readonly runs: number;
  readonly exceptions: readonly KeptException[];
  /** What the rows were computed with. */
  readonly origin: RowsOrigin;
}

/** A study with what the table of its sweep says. */
export function keptStudy(study: SweepStudy, table: SweepTable): KeptStudy {
  const { rows, about } = table;
  const { id, sweep, title, statement, criterion } = study;
  const { expected, verdict, evidence } = judgeStudy(study, rows);
  const axes = axesOf(table);
  return {
    id,
    sweep,
    title,
    statement,
    verdict,
    expected,
    criterion,
    runs: rows.length,
    evidence,
    exceptions: study.exceptions(rows).map(({ row, kind, why }) => ({
      run: Object.fromEntries(axes.map((axis) => [axis, row[axis]])),
      kind,
      why,
    })),
    origin: JSON.parse(about.origin) as RowsOrigin,
  };
}

/** A table with what its study reads alone, and with lists of numbers to ten digits: small enough to be kept. */
export function slimTable({ columns: read }: SweepStudy, table: SweepTable): SweepTable {
  const kept = ['run', ...axesOf(table), 'status', 'message', ...read, 'experiment'];
  const columns = table.columns.filter(({ name }) => kept.includes(name));
  const meanings = JSON.parse(table.about.meanings) as Record<string, string>;
  const own = Object.entries(meanings).filter(([name]) => kept.includes(name));
  return {
    columns,
    rows: table.rows.map((row) => Object.fromEntries(columns.map((column) => [column.name, cellOf(row, column)]))), // prettier-ignore
    about: { ...table.about, meanings: JSON.stringify(Object.fromEntries(own)) },
  };
}

function cellOf(row: SweepRow, { name }: SweepColumn): SweepRow[string] {
  const cell = row[name];
  return Array.isArray(cell) ? (cell as number[]).map((value) => rounded(value, DIGITS)) : cell;
}
