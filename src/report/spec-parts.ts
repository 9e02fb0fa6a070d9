import { legendColumns } from '../charts/series-style.js';

/** A Vega-Lite specification, or a part of one, as plain data. */
export type Spec = Readonly<Record<string, unknown>>;

/** The views of a specification that have axes of their own, changed one by one. */
export function mapViews(spec: Spec, change: (view: Spec, place: number) => Spec): Spec {
  for (const key of ['concat', 'hconcat', 'vconcat']) {
    if (Array.isArray(spec[key])) return { ...spec, [key]: (spec[key] as Spec[]).map(change) };
  }
  return change(spec, 0);
}

/** Those of its layers that draw something, however deep they lie. */
export function leavesOf(view: Spec): Spec[] {
  return Array.isArray(view.layer) ? (view.layer as Spec[]).flatMap(leavesOf) : [view];
}

/** The same with every layer that draws something changed. */
export function mapLeaves(view: Spec, change: (leaf: Spec) => Spec): Spec {
  if (!Array.isArray(view.layer)) return change(view);
  return { ...view, layer: (view.layer as Spec[]).map((leaf) => mapLeaves(leaf, change)) };
}

/** The type of a layer's mark. */
export function markOf({ mark }: Spec): string | undefined {
  return typeof mark === 'string' ? mark : (mark as { type?: string } | undefined)?.type;
}

/** A channel whose legend, where it has columns, keeps within `width` pixels. */
export function withLegendWithin(channel: Spec, width: number): Spec {
  const legend = channel.legend as Spec | null | undefined;
  const names = (channel.scale as { domain?: unknown } | undefined)?.domain;
  if (typeof legend?.columns !== 'number' || !Array.isArray(names)) return channel;
  return { ...channel, legend: { ...legend, columns: legendColumns(names as string[], width) } };
}
