import type * as Vega from 'vega';
import type { TopLevelSpec } from 'vega-lite';
import type { Figure } from './figure.js';
import { textWidth } from './text-widths.js';

/** A text mark as Vega hands it to whoever measures it. */
interface TextItem {
  readonly fontSize?: number;
  readonly fontWeight?: string | number;
}

/** What Vega 5 has and its type declarations leave out. */
interface Undeclared {
  readonly textMetrics: { width(item: TextItem, text: string | number | undefined): number };
  resetSVGDefIds(): void;
}

/**
 * A Vega-Lite figure as an SVG document: the same specification gives the same bytes. What Vega-Lite
 * or Vega only warns of is an error here. Both are loaded by the first call, since a notebook that
 * shows figures has no need of them.
 */
export function toSvg(figure: Figure): Promise<string> {
  // One after the other: Vega's measure of text and its numbering belong to the whole process.
  const turn = before.then(() => named(figure));
  before = turn.catch(() => undefined);
  return turn;
}

let before: Promise<unknown> = Promise.resolve();

async function named({ name, kind, spec }: Figure): Promise<string> {
  if (kind !== 'vega-lite') throw new Error(`${name} is not a Vega-Lite figure.`);
  try {
    return await drawn(spec as TopLevelSpec);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`${name}: ${message}`, { cause: error });
  }
}

async function drawn(spec: TopLevelSpec): Promise<string> {
  const vega = await import('vega');
  const { compile } = await import('vega-lite');
  const { textMetrics, resetSVGDefIds } = vega as unknown as Undeclared;
  const logger = strictLogger();
  const runtime = vega.parse(compile(spec, { logger }).spec);
  const view = new vega.View(runtime, { renderer: 'none', logger });
  const usual = textMetrics.width;
  textMetrics.width = widthOf;
  try {
    await view.runAsync();
    // Clip paths and gradients are numbered through the life of the process otherwise.
    resetSVGDefIds();
    return `${await view.toSVG()}\n`;
  } finally {
    textMetrics.width = usual;
    view.finalize();
  }
}

function widthOf(item: TextItem, text: string | number | undefined): number {
  const bold = item.fontWeight === 'bold' || Number(item.fontWeight) >= 600;
  return textWidth(String(text ?? ''), item.fontSize ?? 11, bold);
}

/** A logger that takes warnings for errors: a figure that is half right is wrong. */
function strictLogger(): Vega.LoggerInterface {
  let level = 0;
  const fail = (...args: readonly unknown[]): never => {
    throw new Error(args.map(String).join(' '));
  };
  const logger: Vega.LoggerInterface = {
    level: ((next?: number) => {
      if (next === undefined) return level;
      level = next;
      return logger;
    }) as Vega.LoggerInterface['level'],
    error: fail,
    warn: fail,
    info: () => logger,
    debug: () => logger,
  };
  return logger;
}
