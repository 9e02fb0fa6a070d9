import { createRequire } from 'node:module';
import type { Evidence } from '../../claims/claim.js';
import type { Figure } from '../../charts/figure.js';
import { counted } from '../../text/numbers.js';
import { numberText } from '../number-text.js';
import type { MimeBundle } from '../jupyter-display.js';
import { inReadersNumerals, inReadersWords } from '../reader-words.js';
import { verdictTable } from '../verdict-table.js';
import { field, hasFields, isArray, isObject, isText } from './fields.js';
import { tableText } from './text-table.js';

const VERDICTS: readonly unknown[] = ['supported', 'contradicted', 'inconclusive'];

/** Longest lists that are taken for evidence and for figures. */
const MOST_EVIDENCE = 200;
const MOST_FIGURES = 100;

/** A figure: drawn, with what it shows as text. Several in an array: their names. */
export function figureBundle(value: unknown): MimeBundle | undefined {
  if (isFigure(value)) return formsOf(value);
  if (!isArray(value) || value.length === 0 || value.length > MOST_FIGURES) return undefined;
  // `every` passes over the holes of an array.
  const all: readonly unknown[] = Array.from(value);
  if (!all.every(isFigure)) return undefined;
  const lines = all.map(({ name, title }) => `  ${name}: ${title}`);
  return {
    'text/plain': [`${counted(lines.length, 'figure')}, drawn one by one:`, ...lines].join('\n'),
  };
}

/** What draws pictures is loaded by the first figure, so that kernels start without it. */
function formsOf(figure: Figure): MimeBundle {
  const require = createRequire(import.meta.url);
  const { figureForms } = require('../figure-forms.js') as typeof import('../figure-forms.js');
  return figureForms(figure);
}

function isFigure(value: unknown): value is Figure {
  const isKind = (kind: unknown) => kind === 'vega-lite' || kind === 'plotly';
  const texts = { name: isText, title: isText, caption: isText };
  return hasFields(value, { ...texts, kind: isKind, spec: isObject });
}

/** A claim's result or a verdict record: every number that led to the verdict, in a table. */
export function verdictBundle(value: unknown): MimeBundle | undefined {
  const [verdict, evidence] = [field(value, 'verdict'), field(value, 'evidence')];
  if (!VERDICTS.includes(verdict) || !isArray(evidence)) return undefined;
  if (evidence.length > MOST_EVIDENCE || !Array.from(evidence).every(isEvidence)) return undefined;
  const claim = field(value, 'claim');
  const id = field(value, 'id') ?? field(claim, 'id');
  const record = value as Parameters<typeof verdictTable>[0];
  const rows = record.evidence.map((each) => [
    inReadersWords(each.metric),
    numberText(each.value),
    each.verdict === 'reported' ? '' : inReadersNumerals(each.threshold),
    each.verdict,
  ]);
  const headings = ['what', 'value', 'asked for', 'verdict'];
  const words = ['what', 'asked for', 'verdict'];
  const heading = `${isText(id) ? `${id}: ` : ''}${record.verdict}`;
  return {
    'text/markdown': verdictTable(record),
    'text/plain': `${heading}\n\n${tableText({ headings, rows, words })}`,
  };
}

function isEvidence(value: unknown): value is Evidence {
  return hasFields(value, {
    metric: isText,
    value: (number) => typeof number === 'number',
    threshold: isText,
    note: isText,
    verdict: isText,
  });
}
