/** A drawing as data: a specification that JupyterLab draws, and that `exportFigures` prints. */
export interface Figure {
  /** File stem, in kebab case. */
  readonly name: string;
  readonly title: string;
  /** One sentence or two: what to see. */
  readonly caption: string;
  readonly kind: 'vega-lite' | 'plotly';
  readonly spec: object;
  /** What its pictures are painted from; the specification has their colours alone. */
  readonly pixels?: readonly PixelTable[];
  /** For a Plotly figure: the Vega-Lite figure that shows the same where nothing can be turned. */
  readonly twin?: Figure;
}

/** The numbers behind a picture within a figure: `values` row by row, a row for each of `ys`. */
export interface PixelTable {
  readonly panel: string;
  readonly xs: ArrayLike<number>;
  readonly ys: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

/** What a Plotly figure's `spec` holds. */
export interface PlotlySpec {
  readonly data: readonly object[];
  readonly layout: object;
}

/** The part of tslab's `display` that figures need: sends one value under one MIME type. */
export interface RawDisplay {
  raw(mime: string, value: never): void;
}

/** The MIME types that JupyterLab 4 draws without an extension, and with the Python package plotly. */
export const VEGA_LITE_MIME = 'application/vnd.vegalite.v5+json';
/** The MIME type under which a notebook output holds a Plotly figure. */
export const PLOTLY_MIME = 'application/vnd.plotly.v1+json';

/** The figure as a notebook output: MIME type to value. */
export function mimeBundle(figure: Figure): Record<string, object> {
  return figure.kind === 'plotly'
    ? { [PLOTLY_MIME]: figure.spec }
    : { [VEGA_LITE_MIME]: figure.spec };
}
