import type { ClaimResult } from '../claims/claim.js';
import type { VerdictRecord } from './verdict-file.js';
import { NO_BREAK, numberText } from './number-text.js';

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

/** A verdict with every number that led to it, in Markdown. */
export function verdictTable({ verdict, evidence }: ClaimResult | VerdictRecord): string {
  const judged = evidence.filter((each) => each.verdict !== 'reported');
  const inFavour = judged.filter((each) => each.verdict === 'supported').length;
  const summary =
    `**Verdict: ${verdict}.** ${inFavour} of ${judged.length} judged numbers support the claim; ` +
    `${evidence.length - judged.length} more are reported.`;
  const rows = evidence.map((each) => [
    each.metric,
    each.value,
    each.verdict === 'reported'
      ? '–'
      : each.threshold.length < 24
        ? each.threshold.replaceAll(' ', NO_BREAK)
        : each.threshold,
    each.verdict,
    each.note,
  ]);
  return `${summary}\n\n${table(['what', 'value', 'asked for', '', 'note'], rows)}`;
}

/** Sets a prediction, written down before the run, beside what the run says. */
export function compare(what: string, predicted: number, measured: number): string {
  if (Number.isNaN(predicted)) return `${what}: ${printed(measured)}. You made no prediction.`;
  const both = `${what}: you said ${printed(predicted)}, the run says ${printed(measured)}`;
  const off = Math.abs(predicted - measured);
  if (off <= 0.1 * Math.abs(measured)) return `${both}. Within 10 %.`;
  if (off <= 0.5 * Math.abs(measured)) return `${both}. Within 50 %.`;
  return `${both}. What did you expect that does not happen?`;
}

/** A cell as text that cannot break the table: Markdown would take a bar for the end of the cell. */
function printed(cell: TableCell, digits = 3): string {
  return typeof cell === 'string' ? cell.replace(/\|/g, '\\|') : numberText(cell, digits);
}
