import { MARKER_SIZE, THEME } from '../style.js';
import { textWidth } from '../text-widths.js';
import type { Part } from './part.js';
import { wrapped } from './wrapped.js';

/** Below this width, in pixels, legends that stood at the right go below. */
const WIDE = 400;
/** What labels may be wider than they are thought to be. */
const SPARE = 8;
const LONGEST_GRADIENT = 260;

/** A legend where a page of that many pixels has room for it. `channel` is what it explains. */
export function relaidLegend(channel: Part, legend: Part, room: number): Part {
  const atRight = legend.orient === 'right';
  if (atRight && room >= WIDE) return legend;
  const below = atRight ? { ...legend, orient: 'bottom', direction: 'horizontal' } : legend;
  if (typeof legend.gradientLength === 'number') {
    // One with many numbers stands alone; others stand beside the symbols of classes.
    const share = ((legend.values as unknown[] | undefined) ?? []).length > 3 ? 0.9 : 0.45;
    return { ...below, gradientLength: Math.min(LONGEST_GRADIENT, Math.round(share * room)) };
  }
  const domain = (channel.scale as { domain?: unknown } | undefined)?.domain;
  if (!Array.isArray(domain)) return below;
  return { ...below, ...labelsIn(domain as string[], legend, room) };
}

/** Columns by the longest label; labels that are longer than a line go on in the next one. */
function labelsIn(labels: readonly string[], legend: Part, room: number): Part {
  const { labelFontSize, labelOffset, columnPadding } = THEME.legend;
  // The stroke behind a marker is 1.6 times as long as the symbol is wide.
  const symbol = 1.6 * Math.sqrt(MARKER_SIZE) + labelOffset + SPARE;
  const widths = labels.map((label) => textWidth(label, labelFontSize));
  const longest = Math.min(Math.max(...widths), room - symbol);
  const fitting = Math.floor((room + columnPadding) / (longest + symbol + columnPadding));
  const columns = Math.max(1, Math.min(labels.length, fitting));
  if (Math.max(...widths) <= longest) return { columns };
  const table = Object.fromEntries(
    labels.map((label) => [label, wrapped(label, longest, labelFontSize)]),
  );
  return {
    columns,
    labelExpr: `${JSON.stringify(table)}[datum.label] || datum.label`,
    ...legendExpr(legend),
  };
}

function legendExpr(legend: Part): Part {
  return 'labelExpr' in legend ? { labelExpr: legend.labelExpr } : {};
}
