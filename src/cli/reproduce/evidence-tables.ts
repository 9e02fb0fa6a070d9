import type { Evidence } from '../../claims/index.js';
import { readable } from '../../text/numbers.js';

const DIGITS = 6;

/** Evidence in Markdown, a line each: a table of what is judged, and one of what is reported. */
export function evidenceTables(evidence: readonly Evidence[]): string[] {
  const decided = evidence.filter(({ verdict }) => verdict !== 'reported');
  const others = evidence.filter(({ verdict }) => verdict === 'reported');
  const judged = decided.map(({ metric, value, threshold, verdict }) => [metric, readable(value, DIGITS), threshold, verdict]); // prettier-ignore
  return [
    ...pageTable(['number', 'value', 'asked for', 'verdict'], judged),
    ...(others.length === 0 ? [] : ['Reported:', '']),
    ...pageTable(
      ['number', 'value'],
      others.map(({ metric, value }) => [metric, readable(value, DIGITS)]),
    ),
  ];
}

/** A table in Markdown, a line for each row, and an empty one; nothing where there are no rows. */
export function pageTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const line = (parts: readonly string[]) => `| ${parts.map(inCell).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line), ''];
}

/** A bar would end the cell. */
function inCell(text: string): string {
  return inText(text).replaceAll('|', '\\|');
}

/** Words that Markdown would take for emphasis or for a tag stay as they are. */
export function inText(text: string): string {
  return text.replace(/[*_<]/g, (sign) => `\\${sign}`);
}
