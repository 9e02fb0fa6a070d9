/** Any object within a Vega-Lite specification. */
export type Part = Readonly<Record<string, unknown>>;
