import { keyNumbers, type Evidence, type Verdict } from '../claims/index.js';
import { escapeHtml } from '../text/html.js';
import { counted, readable } from '../text/numbers.js';
import { alternativeText, type ReportedFigure } from './figures.js';
import { foldedHtml, tableHtml } from './html.js';
import { svgAddress } from './packed.js';
import type { ReportedClaim } from './report.js';

/** Digits of a number in the evidence, and of one that is to be taken in at a glance. */
const DIGITS = 6;
const FEW = 4;
const MOST_KEYS = 6;
/** Letters of a hash that tell it from the others. */
const SHORT = 12;
/** A drawing wider than this has panels, and the whole width of the page. */
const ONE_PLOT = 660;

const MARKS = { supported: '✓', contradicted: '✗', inconclusive: '?', reported: '·' } as const;

/** A verdict by its colour, its sign and its word. */
export function verdictHtml(verdict: Verdict | 'reported'): string {
  return `<span class="verdict ${verdict}"><span aria-hidden="true">${MARKS[verdict]}</span> ${verdict}</span>`;
}

/** All that the page tells of a claim: what it says, how it was judged, its numbers and its figures. */
export function claimSection(claim: ReportedClaim): string {
  const { id, title, statement, source, criterion, figures, notes } = claim;
  const drawn = figures.length === 0 ? '' : `<div class="figures">\n${drawings(figures)}\n</div>`;
  return `<section class="claim" id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${escapeHtml(title)}</h2>
<p class="answer">${answerHtml(claim)}</p>
<p>${escapeHtml(statement)}</p>
<p class="soft">Claim <code>${id}</code>. Source: ${escapeHtml(source)}.</p>
${foldedHtml('How it is judged', `<p>${escapeHtml(criterion)}</p>`)}
<h3>Key numbers</h3>
${keysHtml(claim.evidence)}
${drawn}
${notes.map((note) => `<p class="soft">${escapeHtml(note)}</p>`).join('\n')}
${evidenceHtml(claim)}
${recordsHtml(claim)}
${notebookHtml(claim)}<p class="back"><a href="#claims">All claims</a></p>
</section>`;
}

function answerHtml({ verdict, expected, headline }: ReportedClaim): string {
  const words = headline === undefined ? '' : `: ${escapeHtml(headline)}`;
  const other = verdict === expected ? '' : ` It was expected to be ${expected}.`;
  return `${verdictHtml(verdict)}${words}.${other}`;
}

function keysHtml(evidence: readonly Evidence[]): string {
  const keys = keyNumbers(evidence);
  const shown = keys.slice(0, MOST_KEYS).map(({ metric, low, high, threshold }) => {
    const ends = [...new Set([low, high].map((end) => readable(end, FEW)))].join(' to ');
    return [escapeHtml(metric), escapeHtml(ends), escapeHtml(threshold)];
  });
  const more = keys.length - shown.length;
  const rest = more > 0 ? `\n<p class="soft">${more} more are among the evidence.</p>` : '';
  if (shown.length === 0) return '<p>No number was judged.</p>';
  const columns = [
    { heading: 'number' },
    { heading: 'value', numbers: true },
    { heading: 'asked for', numbers: true, labelled: true },
  ];
  return tableHtml('Key numbers', columns, shown) + rest;
}

function evidenceHtml({ evidence }: ReportedClaim): string {
  const rows = evidence.map(({ metric, value, threshold, verdict, note }) => [
    escapeHtml(metric),
    verdictHtml(verdict),
    escapeHtml(readable(value, DIGITS)),
    verdict === 'reported' ? '' : escapeHtml(threshold),
    escapeHtml(note),
  ]);
  const columns = [
    { heading: 'number' },
    { heading: 'verdict' },
    { heading: 'value', numbers: true, labelled: true },
    { heading: 'asked for', labelled: true },
    { heading: 'what it means' },
  ];
  if (rows.length === 0) return '';
  const summary = `All the evidence: ${counted(rows.length, 'number')}`;
  return foldedHtml(summary, tableHtml('Evidence', columns, rows));
}

function recordsHtml({ records }: ReportedClaim): string {
  if (records.length === 0) return '';
  const codes = [...new Set(records.map(({ code }) => code.slice(0, SHORT)))];
  const items = records.map(({ folder }) => `<code>${escapeHtml(folder)}</code>`);
  return foldedHtml(
    `Judged by ${counted(records.length, 'record')}`,
    `<p>Below <code>records/</code>: ${items.join(', ')}.</p>
<p>SHA-256 of the code that computed them: ${codes.map((code) => `<code>${code}…</code>`).join(', ')}.</p>`,
  );
}

function notebookHtml({ notebook, title }: ReportedClaim): string {
  if (notebook === undefined) return '';
  return `<p><a href="${escapeHtml(notebook)}">The executed notebook<span class="unseen"> of ${escapeHtml(title)}</span></a></p>\n`;
}

function drawings(figures: readonly ReportedFigure[]): string {
  return figures.map(figureHtml).join('\n');
}

function figureHtml(figure: ReportedFigure): string {
  const { name, title, caption, wide, narrow } = figure;
  const { width, height } = sizeOf(wide);
  const kind = width > ONE_PLOT ? ' class="panels"' : '';
  return `<figure${kind}><picture><source media="screen and (max-width: 44rem)" srcset="${svgAddress(narrow)}">
<img alt="${escapeHtml(alternativeText(figure))}" width="${width}" height="${height}" src="${svgAddress(wide)}"></picture>
<figcaption><strong>${escapeHtml(title)}</strong> ${escapeHtml(caption)}
<button type="button" class="explore figure-tools" data-name="${escapeHtml(name)}" aria-haspopup="dialog">Explore<span class="unseen"> ${escapeHtml(title)}</span></button></figcaption></figure>`;
}

/** The size of a drawing, in pixels. */
function sizeOf(svg: string): { width: number; height: number } {
  const [, width, height] = /<svg[^>]* width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
  return { width: Math.round(Number(width)), height: Math.round(Number(height)) };
}
