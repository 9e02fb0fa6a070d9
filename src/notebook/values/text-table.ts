import { escapeHtml } from '../../text/html.js';

/** A table of texts. `words` names the columns that hold words and go to the left. */
export interface TextTable {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly words?: readonly string[];
}

/** Rows shown: all up to twice this many and one, else this many at either end. */
const EDGE = 5;

/**
 * The rows of a table that are shown, of `count` that `row` makes: all where they are few, else both
 * ends with a row of … between them.
 */
export function shownRows(count: number, row: (k: number) => string[]): string[][] {
  if (count <= 2 * EDGE + 1) return Array.from({ length: count }, (_, k) => row(k));
  const head = Array.from({ length: EDGE }, (_, k) => row(k));
  const tail = Array.from({ length: EDGE }, (_, k) => row(count - EDGE + k));
  return [...head, head[0].map(() => '…'), ...tail];
}

/** The table as lines of text. */
export function tableText({ headings, rows, words = [] }: TextTable): string {
  const widths = headings.map((heading, k) =>
    rows.reduce((widest, row) => Math.max(widest, row[k].length), heading.length),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, k) =>
        words.includes(headings[k]) ? cell.padEnd(widths[k]) : cell.padStart(widths[k]),
      )
      .join('  ')
      .trimEnd();
  return [headings, ...rows].map(line).join('\n');
}

/** The table as HTML, without colours of its own, so that it follows the theme. */
function tableHtml({ headings, rows, words = [] }: TextTable): string {
  const line = (tag: string) => (cells: readonly string[]) =>
    `<tr>${cells
      .map((cell, k) => {
        const side = words.includes(headings[k]) ? 'left' : 'right';
        return `<${tag} style="text-align:${side}">${escapeHtml(cell)}</${tag}>`;
      })
      .join('')}</tr>`;
  return [
    '<table>',
    `<thead>${line('th')(headings)}</thead>`,
    `<tbody>${rows.map(line('td')).join('\n')}</tbody>`,
    '</table>',
  ].join('\n');
}

/** Lines and a table below them, as text and as HTML; the first line is set in bold. */
export function summary(
  lines: readonly string[],
  table: TextTable | undefined,
): { 'text/plain': string; 'text/html': string } {
  const [first, ...others] = lines;
  const paragraph = [`<b>${escapeHtml(first)}</b>`, ...others.map(escapeHtml)].join('<br>\n');
  return {
    'text/plain': [...lines, ...(table ? ['', tableText(table)] : [])].join('\n'),
    'text/html': [`<p>${paragraph}</p>`, ...(table ? [tableHtml(table)] : [])].join('\n'),
  };
}
