import { numberText } from './number-text.js';

/** What a cell of a table may hold. */
export type TableCell = string | number;

/** A table in Markdown, for `display.markdown`; numbers are printed with that many digits. */
export function table(
  headings: readonly string[],
  rows: readonly (readonly TableCell[])[],
  digits = 3,
): string {
  const line = (cells: readonly TableCell[]) =>
    `| ${cells.map((cell) => printed(cell, digits)).join(' | ')} |`;
  const numeric = headings.map((_, k) => rows.every((row) => typeof row[k] === 'number'));
  const rule = `|${numeric.map((right) => (right ? '---:' : '---')).join('|')}|`;
  return [line(headings), rule, ...rows.map(line)].join('\n');
}

/**
 * Sets a prediction, written down before the run (NaN for none), beside what the run says, and beside the
 * theory's number where there is one.
 */
export function compare(
  what: string,
  predicted: number,
  measured: number,
  theory?: number,
): string {
  const says = theory === undefined ? '' : `, the theory says ${printed(theory)}`;
  if (Number.isNaN(predicted)) {
    const run =
      theory === undefined ? printed(measured) : `the run says ${printed(measured)}${says}`;
    return `${what}: ${run}. You made no prediction.`;
  }
  const both = `${what}: you said ${printed(predicted)}, the run says ${printed(measured)}${says}`;
  const off = Math.abs(predicted - measured);
  if (off <= 0.1 * Math.abs(measured)) return `${both}. You are within 10 % of the run.`;
  if (off <= 0.5 * Math.abs(measured)) return `${both}. You are within 50 % of the run.`;
  return `${both}. What did you expect that does not happen?`;
}

/** A cell as text that cannot break the table: Markdown would take a bar for the end of the cell. */
function printed(cell: TableCell, digits = 3): string {
  return typeof cell === 'string' ? cell.replace(/\|/g, '\\|') : numberText(cell, digits);
}
