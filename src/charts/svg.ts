import type * as Vega from 'vega';
import type * as VegaLite from 'vega-lite';
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
  readonly SVGStringRenderer: new (loader: Vega.Loader) => StringRenderer;
}

interface StringRenderer {
  initialize(element: null, width: number, height: number, origin: readonly number[]): this;
  background(color: string): this;
  render(root: SceneItem): this;
  svg(): string;
}

/** An item of what Vega is about to draw, or a mark that holds items. */
interface SceneItem {
  readonly marktype?: string;
  readonly items?: readonly SceneItem[];
  readonly url?: string;
  image?: object;
}

interface UndeclaredView {
  evaluate(): Promise<unknown>;
  origin(): readonly [number, number];
  padding(): { left: number; right: number; top: number; bottom: number };
  background(): string;
  scenegraph(): { readonly root: SceneItem };
  readonly _pending: unknown;
  readonly _viewWidth: number;
  readonly _viewHeight: number;
}

/** Vega and the compiler of Vega-Lite, loaded. */
export interface VegaLibraries {
  readonly vega: typeof Vega;
  readonly compile: typeof VegaLite.compile;
}

/**
 * A Vega-Lite figure as an SVG document: the same specification gives the same bytes. What Vega-Lite
 * or Vega only warns of is an error here. Both are loaded by the first call, since a script that
 * draws nothing has no need of them.
 */
export async function toSvg(figure: Figure): Promise<string> {
  const vega = await import('vega');
  const { compile } = await import('vega-lite');
  return withName(figure, (spec) => drawnSpec({ vega, compile }, spec, 'strict'));
}

/**
 * The Vega specification that a Vega-Lite figure compiles to, as a page's own Vega draws it. What Vega-Lite
 * only warns of is an error here.
 */
export async function toVega(figure: Figure): Promise<Vega.Spec> {
  const { compile } = await import('vega-lite');
  return withName(figure, (spec) => {
    const complaints: string[] = [];
    const { spec: compiled } = compile(spec, { logger: listeningLogger(complaints, true) });
    if (complaints.length > 0) throw new Error(complaints[0]);
    return compiled;
  });
}

/** What `work` makes of a figure's specification; what it throws names the figure. */
function withName<Made>({ name, kind, spec }: Figure, work: (spec: TopLevelSpec) => Made): Made {
  if (kind !== 'vega-lite') throw new Error(`${name} is not a Vega-Lite figure.`);
  try {
    return work(spec as TopLevelSpec);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`${name}: ${message}`, { cause: error });
  }
}

/**
 * A Vega-Lite specification as an SVG document, at once: nothing waits in between, so that Vega's measure of
 * text and its numbering, which belong to the whole process, are those of this drawing. `strict` takes warnings
 * for errors. Throws where the specification is wrong, or asks for data from elsewhere.
 */
export function drawnSpec(
  { vega, compile }: VegaLibraries,
  spec: object,
  manner: 'strict' | 'lenient',
): string {
  const complaints: string[] = [];
  const logger = listeningLogger(complaints, manner === 'strict');
  const { textMetrics, resetSVGDefIds, SVGStringRenderer } = vega as unknown as Undeclared;
  const runtime = vega.parse(compile(spec as TopLevelSpec, { logger }).spec);
  const view = new vega.View(runtime, { renderer: 'none', logger });
  const usual = textMetrics.width;
  textMetrics.width = widthOf;
  try {
    const bare = view as unknown as UndeclaredView;
    // What goes wrong in it is told to the logger.
    bare.evaluate().catch(() => undefined);
    if (bare._pending) complaints.push('The data are elsewhere, and are not waited for.');
    if (complaints.length > 0) throw new Error(complaints[0]);
    const { left, right, top, bottom } = bare.padding();
    const [x, y] = bare.origin();
    const { root } = bare.scenegraph();
    nameImages(root);
    // Clip paths and gradients are numbered through the life of the process otherwise.
    resetSVGDefIds();
    const width = Math.max(0, bare._viewWidth + left + right);
    const height = Math.max(0, bare._viewHeight + top + bottom);
    const renderer = new SVGStringRenderer(view.loader())
      .initialize(null, width, height, [left + x, top + y])
      .background(bare.background())
      .render(root);
    return `${renderer.svg()}\n`;
  } finally {
    textMetrics.width = usual;
    view.finalize();
  }
}

/** Gives images their addresses: Vega would look at each picture first, which takes time and is not needed. */
function nameImages({ marktype, items = [] }: SceneItem): void {
  for (const item of items) {
    if (marktype === 'image') {
      const { url = '' } = item;
      item.image = { complete: false, width: 0, height: 0, src: url, url };
    }
    nameImages(item);
  }
}

function widthOf(item: TextItem, text: string | number | undefined): number {
  const bold = item.fontWeight === 'bold' || Number(item.fontWeight) >= 600;
  return textWidth(String(text ?? ''), item.fontSize ?? 11, bold);
}

/** A logger that keeps errors, and warnings where it is strict: a figure that is half right is wrong. */
function listeningLogger(complaints: string[], strict: boolean): Vega.LoggerInterface {
  let level = 0;
  const keep = (...args: readonly unknown[]): Vega.LoggerInterface => {
    complaints.push(args.map(String).join(' '));
    return logger;
  };
  const logger: Vega.LoggerInterface = {
    level: ((next?: number) => {
      if (next === undefined) return level;
      level = next;
      return logger;
    }) as Vega.LoggerInterface['level'],
    error: keep,
    warn: strict ? keep : () => logger,
    info: () => logger,
    debug: () => logger,
  };
  return logger;
}
