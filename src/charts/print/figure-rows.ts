import type { Figure } from '../figure.js';
import type { Part } from './part.js';
import { panelsOf } from './relayout.js';

/** One row of what a figure shows: numbers and words by the names of their columns. */
export type FigureRow = Readonly<Record<string, string | number>>;

/** What the axes of a panel say; a panel without titles has neither. */
export interface PanelAxes {
  readonly panel: string;
  readonly x: string | null;
  readonly y: string | null;
}

/**
 * The numbers that a Vega-Lite figure draws, a row for each point of a curve, each mark and each pixel of its
 * pictures, with the columns `panel`, `mark` and those that the marks have. Charts are thinned before they are drawn,
 * and so are these; the records have every row.
 */
export function figureRows({ spec, pixels = [] }: Figure): FigureRow[] {
  const rows = panelsOf(spec as Part).flatMap((panel) => rowsOfPanel(panel, titleOfPanel(panel)));
  const painted = pixels.flatMap(({ panel, xs, ys, values }) =>
    Array.from(values, (value, k) => ({
      panel,
      mark: 'pixel',
      x: xs[k % xs.length],
      y: ys[Math.floor(k / xs.length)],
      value,
    })),
  );
  return [...rows, ...painted];
}

/** The titles of each panel and of its axes: what `x` and `y` of the rows are. */
export function figureAxes({ spec }: Figure): PanelAxes[] {
  return panelsOf(spec as Part).map((panel) => {
    const encodings = unitsOf(panel).map(({ encoding }) => encoding as Part | undefined);
    const title = (along: 'x' | 'y') => {
      const titles = encodings.map((encoding) => axisTitle(encoding?.[along] as Part | undefined));
      return titles.find((one) => one !== undefined) ?? null;
    };
    return { panel: titleOfPanel(panel), x: title('x'), y: title('y') };
  });
}

function axisTitle(channel: Part | undefined): string | undefined {
  const title = (channel?.axis as Part | null | undefined)?.title;
  return typeof title === 'string' ? title : undefined;
}

/** A panel's layers, and those within them. */
function unitsOf(part: Part): Part[] {
  const inner = (part.layer as Part[] | undefined) ?? [];
  return [part, ...inner.flatMap(unitsOf)];
}

function titleOfPanel(panel: Part): string {
  const texts = unitsOf(panel).map(({ mark }) => (mark as Part | undefined)?.text);
  return texts.find((text) => typeof text === 'string') ?? '';
}

function rowsOfPanel(panel: Part, title: string): FigureRow[] {
  const seen = new Set<string>();
  return unitsOf(panel).flatMap(({ data, mark }) => {
    const values = (data as { values?: Part[] } | undefined)?.values ?? [];
    const kind = (mark as Part | undefined)?.type;
    return values.flatMap((value) => {
      // Addresses of pictures are colours, and what they are painted from is in `pixels`.
      const { url: _, ...numbers } = value as Record<string, string | number>;
      const text = JSON.stringify(numbers);
      if (Object.keys(numbers).length === 0 || seen.has(text)) return [];
      seen.add(text);
      return [{ panel: title, mark: typeof kind === 'string' ? kind : '', ...numbers }];
    });
  });
}
