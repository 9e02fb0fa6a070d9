/** What stands in a cell; null where nothing was measured. */
export type SweepCell = number | string | boolean | readonly number[] | null;

/** How a column's cells are kept: floating-point and whole numbers, texts, truth values, lists of numbers. */
export type SweepColumnType = 'number' | 'whole' | 'text' | 'flag' | 'numbers';

/** A column of a sweep's results. */
export interface SweepColumn {
  readonly name: string;
  readonly type: SweepColumnType;
}

/** One run: what each column says of it. */
export type SweepRow = Readonly<Record<string, SweepCell>>;

/** The results of a sweep, one row for each run. */
export interface SweepTable {
  readonly columns: readonly SweepColumn[];
  readonly rows: readonly SweepRow[];
  /** What the file says about itself: the sweep's description, and what it was computed with. */
  readonly about: Readonly<Record<string, string>>;
}

/** The number in a cell; NaN where nothing was measured, or no number. */
export function numberIn(row: SweepRow, column: string): number {
  const cell = row[column];
  return typeof cell === 'number' ? cell : NaN;
}

/** The text in a cell; '' where there is none. */
export function textIn(row: SweepRow, column: string): string {
  const cell = row[column];
  return typeof cell === 'string' ? cell : '';
}

/** The list of numbers in a cell; empty where there is none. */
export function numbersIn(row: SweepRow, column: string): readonly number[] {
  const cell = row[column];
  return Array.isArray(cell) ? (cell as readonly number[]) : [];
}

/** Whether a cell says true. */
export function isTrueIn(row: SweepRow, column: string): boolean {
  return row[column] === true;
}

/** Rows by what a column says, in the order in which that first occurs. */
export function rowsBy(rows: readonly SweepRow[], column: string): Map<SweepCell, SweepRow[]> {
  const groups = new Map<SweepCell, SweepRow[]>();
  for (const row of rows) {
    const cell = row[column] ?? null;
    const group = groups.get(cell);
    if (group) group.push(row);
    else groups.set(cell, [row]);
  }
  return groups;
}
