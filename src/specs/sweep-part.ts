import type { SweepAxis, SweepRange, SweepSpec } from './sweep.js';

/**
 * The same sweep with other values on the axes that are named: on an axis with labels those of these labels, on
 * others these values themselves. Throws one sentence for an axis or a label that it does not have.
 */
export function sweepWith(
  sweep: SweepSpec,
  values: Readonly<Record<string, SweepRange | readonly unknown[]>>,
): SweepSpec {
  const names = sweep.axes.map(({ name }) => name);
  const unknown = Object.keys(values).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new Error(`${sweep.name} has no axis ${unknown}; expected one of ${names.join(', ')}.`);
  }
  const axes = sweep.axes.map((axis) => {
    const asked = values[axis.name];
    return asked === undefined ? axis : axisWith(axis, asked, sweep.name);
  });
  return { ...sweep, axes };
}

function axisWith(axis: SweepAxis, asked: SweepRange | readonly unknown[], of: string): SweepAxis {
  const { labels } = axis;
  if (labels === undefined) return { ...axis, values: asked };
  const listed = axis.values as readonly unknown[];
  const wanted = asked as typeof labels;
  const places = wanted.map((label) => labels.indexOf(label));
  const missing = wanted.find((_, k) => places[k] < 0);
  if (missing !== undefined) {
    throw new Error(`${of}: the axis ${axis.name} has no ${String(missing)}; expected some of ${labels.join('; ')}.`); // prettier-ignore
  }
  return { ...axis, values: places.map((place) => listed[place]), labels: wanted };
}
