import { escapeHtml } from '../../../text/html.js';
import { figuresHtml, htmlPage, paragraphs, table } from '../../html-page.js';
import type { Problem } from '../problem.js';
import { pageFigures } from './figures.js';
import type { FlowResultFile } from '../solve.js';
import { limitWords, numberText, problemWords, rowTable } from './words.js';

/** A result as one HTML page that needs no other file; the same result gives the same bytes. */
export async function pageOf(
  record: FlowResultFile,
  problem: Problem,
  title: string,
): Promise<string> {
  const { status, message } = record.solver;
  const { headings, cells } = rowTable(record);
  return htmlPage(title, [
    paragraphs(problemWords(record)),
    `<p class="end ${status}"><strong>${status}</strong>: ${escapeHtml(message)}</p>`,
    '<h2>The limit</h2>',
    paragraphs(limitWords(record, problem)),
    ...visitsHtml(record.visits),
    await figuresHtml(pageFigures(record, problem)),
    '<h2>Rows</h2>',
    table(headings, cells),
  ]);
}

function visitsHtml(visits: FlowResultFile['visits']): string[] {
  if (visits.length === 0) return [];
  const cells = visits.map(({ margin, lambda, fromAlpha, toAlpha, nearest, stays }) => [
    numberText(margin, 7),
    numberText(lambda, 4),
    numberText(fromAlpha, 4),
    stays ? 'there still' : numberText(toAlpha, 4),
    numberText(nearest, 3),
  ]);
  const headings = ['margin', 'λ', 'from α', 'to α', 'nearest angle (rad)'];
  return ['<h2>Unstable KKT points that the run came near</h2>', table(headings, cells)];
}
