import { escapeHtml } from '../text/html.js';

/** A column of a table: its heading, and whether its cells hold numbers. */
export interface Column {
  readonly heading: string;
  readonly numbers?: boolean;
  /** Says the heading before each cell where the page is too narrow for columns. */
  readonly labelled?: boolean;
}

/**
 * A table of cells that are HTML already, the first of each row being its heading. Its roles are written out:
 * where a narrow page shows rows as blocks, browsers would take them away.
 */
export function tableHtml(
  name: string,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): string {
  const head = columns.map(({ heading }) => `<th role="columnheader" scope="col">${heading}</th>`);
  const body = rows.map((cells) => `<tr role="row">${cells.map(cell).join('')}</tr>`);
  return `<table role="table" aria-label="${escapeHtml(name)}">
<thead role="rowgroup"><tr role="row">${head.join('')}</tr></thead>
<tbody role="rowgroup">
${body.join('\n')}
</tbody></table>`;

  function cell(content: string, k: number): string {
    if (k === 0) return `<th role="rowheader" scope="row">${content}</th>`;
    const { heading, numbers, labelled } = columns[k];
    const label = labelled ? ` data-label="${escapeHtml(heading)}"` : '';
    return `<td role="cell"${numbers ? ' class="number"' : ''}${label}>${content}</td>`;
  }
}

/** What is folded away until somebody asks for it. */
export function foldedHtml(summary: string, content: string): string {
  return `<details><summary>${escapeHtml(summary)}</summary>
${content}
</details>`;
}

/** Terms and what each of them is, as HTML. */
export function termsHtml(terms: readonly (readonly [string, string])[]): string {
  const rows = terms.map(([term, what]) => `<dt>${escapeHtml(term)}</dt><dd>${what}</dd>`);
  return `<dl>\n${rows.join('\n')}\n</dl>`;
}
