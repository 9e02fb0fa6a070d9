import { readable } from '../text/numbers.js';
import type { Figure } from './figure.js';

/** Lines of numbers: enough for what a figure shows, few enough to be read out. */
const MOST_LINES = 24;

type Row = Readonly<Record<string, unknown>>;

/** The part of a Vega-Lite specification that is read here. */
interface Node {
  readonly data?: { readonly values?: unknown };
  readonly mark?: { readonly type?: string; readonly text?: unknown } | string;
  readonly encoding?: Readonly<Record<string, Channel | undefined>>;
  readonly transform?: unknown;
  readonly layer?: readonly Node[];
  readonly concat?: readonly Node[];
  readonly hconcat?: readonly Node[];
  readonly vconcat?: readonly Node[];
}

interface Channel {
  readonly field?: string;
  readonly datum?: unknown;
  readonly title?: unknown;
  readonly axis?: { readonly title?: unknown } | null;
}

/** One curve, or several of one name. */
interface Curve {
  readonly name: string;
  readonly points: readonly (readonly [number, number])[];
  readonly isBundle: boolean;
}

interface PanelWords {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly curves: readonly Curve[];
}

/**
 * What a figure shows, in words: its title, its caption, and for every curve where it begins and ends. A screen
 * reader, a terminal and a search find them. Pictures, arrows and drawings have title and caption alone.
 */
export function figureText({ name, title, caption, kind, spec }: Figure): string {
  const words = [title, caption].filter((text) => text !== '');
  const panels = kind === 'vega-lite' ? panelsOf(spec) : [];
  const numbers = panels.flatMap(panelLines);
  const left = numbers.length - MOST_LINES;
  const shown = left > 1 ? [...numbers.slice(0, MOST_LINES), `… and ${left} lines more`] : numbers;
  return [...words, ...shown].join('\n') || name;
}

function panelsOf(node: Node, data: readonly Row[] = []): PanelWords[] {
  const own = rowsIn(node) ?? data;
  const parts = node.concat ?? node.hconcat ?? node.vconcat;
  if (parts) return parts.flatMap((part) => panelsOf(part, own));
  const units = unitsOf(node, own);
  const drawn = units.filter(({ type, rows }) => type === 'line' && rows.length > 1);
  const shown = drawn.length > 0 ? drawn : units.filter(({ type }) => type === 'point');
  const found = shown.flatMap(curvesOf);
  // Several lines without a name are parts of a drawing.
  const curves = found.length === 1 ? found : found.filter(({ name }) => name !== '');
  if (curves.length === 0) return [];
  const title = units.find(({ text }) => text !== undefined)?.text ?? '';
  const [{ encoding }] = shown;
  return [{ title, x: titleOf(encoding.x), y: titleOf(encoding.y), curves }];
}

interface Unit {
  readonly type: string;
  readonly text: string | undefined;
  readonly rows: readonly Row[];
  readonly encoding: Readonly<Record<string, Channel | undefined>>;
}

function unitsOf(node: Node, data: readonly Row[]): Unit[] {
  // Of rows that a slider chooses from, not all are seen.
  if (node.transform !== undefined) return [];
  const rows = rowsIn(node) ?? data;
  if (node.layer) return node.layer.flatMap((part) => unitsOf(part, rows));
  const { mark = '', encoding = {} } = node;
  const { type = '', text } = typeof mark === 'string' ? { type: mark } : mark;
  return [{ type, text: typeof text === 'string' ? text : undefined, rows, encoding }];
}

function rowsIn({ data }: Node): readonly Row[] | undefined {
  return Array.isArray(data?.values) ? (data.values as readonly Row[]) : undefined;
}

/** Curves by the name that their colour stands for. Axes without a title belong to drawings. */
function curvesOf({ rows, encoding }: Unit): Curve[] {
  const { x, y, color, detail } = encoding;
  if (!x?.field || !y?.field || titleOf(x) === '' || titleOf(y) === '') return [];
  const found = new Map<string, (readonly [number, number])[]>();
  for (const row of rows) {
    const [at, value] = [row[x.field], row[y.field]];
    if (typeof at !== 'number' || typeof value !== 'number') continue;
    const key = color?.field === undefined ? color?.datum : row[color.field];
    const name = typeof key === 'string' ? key : '';
    found.set(name, [...(found.get(name) ?? []), [at, value]]);
  }
  const isBundle = detail !== undefined;
  return Array.from(found, ([name, points]) => ({ name, points, isBundle }));
}

function titleOf(channel: Channel | undefined): string {
  const title = channel?.axis?.title ?? channel?.title;
  return typeof title === 'string'
    ? title.replace(/ \((no unit|log scale|no unit, log scale)\)$/, '')
    : '';
}

function panelLines({ title, x, y, curves }: PanelWords): string[] {
  const places = curves.flatMap(({ points }) => points.map(([at]) => at));
  const named = title === '' ? '' : `${title}: `;
  const range = `from ${number(least(places))} to ${number(most(places))}`;
  return [`${named}${y}, over ${x} ${range}`, ...curves.map(curveText)];
}

function curveText({ name, points, isBundle }: Curve): string {
  const values = points.map(([, value]) => value);
  const [low, high] = [least(values), most(values)];
  const label = name === '' ? '' : `${name}: `;
  if (isBundle) return `  ${label}curves between ${number(low)} and ${number(high)}`;
  if (isDistribution(values)) {
    const [half] = points[values.findIndex((value) => value >= 0.5)];
    const ends = `from ${number(points[0][0])} to ${number(points[points.length - 1][0])}`;
    return `  ${label}${ends}, half below ${number(half)}`;
  }
  const [first, last] = [values[0], values[values.length - 1]];
  const beyond = [
    ...(low < Math.min(first, last) ? [`lowest ${number(low)}`] : []),
    ...(high > Math.max(first, last) ? [`highest ${number(high)}`] : []),
  ];
  return `  ${label}${[`from ${number(first)} to ${number(last)}`, ...beyond].join(', ')}`;
}

/** Shares that rise from 0 to 1: where half is reached says more than the ends. */
function isDistribution(values: readonly number[]): boolean {
  const rises = values.every((value, k) => k === 0 || value >= values[k - 1]);
  return rises && values[0] === 0 && values[values.length - 1] === 1;
}

const number = (value: number) => readable(value, 3);
const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b), Infinity);
const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), -Infinity);
