import type { ExperimentSpec } from './experiment.js';
import { experimentIn } from './experiment-format.js';
import { experimentKey } from './experiment-key.js';
import type { SweepAxis, SweepRange, SweepRun, SweepSpec, SweepValue } from './sweep.js';

/** A run with the text that names its experiment: descriptions of one meaning have the same. */
export interface NamedSweepRun extends SweepRun {
  readonly key: string;
}

/**
 * The experiments of a sweep, in order: every value of each axis with every value of the others, the last axis
 * fastest. Throws one sentence, which begins with `name`, where an axis leads to no place, a value makes no
 * experiment, or two runs are the same.
 */
export function sweepRuns(sweep: SweepSpec, name: string = sweep.name): NamedSweepRun[] {
  const axes = sweep.axes.map((axis, k) => pointsOf(axis, `${name}: axes[${k}]`));
  const names = sweep.axes.map((axis) => axis.name);
  const twice = names.find((each, k) => names.indexOf(each) !== k);
  if (twice !== undefined) {
    throw new Error(`${name}: two axes are called ${twice}; expected a name for each.`);
  }
  const seen = new Map<string, string>();
  return products(axes).map((points) => {
    const values = Object.fromEntries(points.map(({ label }, k) => [names[k], label]));
    const run = `${name}, run with ${wordsOf(values)}`;
    const draft = JSON.parse(JSON.stringify(sweep.experiment)) as object;
    points.forEach(({ at, value }, k) => {
      for (const place of at) putAt(draft, place, value, `${name}: axes[${k}].at`);
    });
    const spec: ExperimentSpec = experimentIn(draft, run);
    const key = experimentKey(spec);
    const other = seen.get(key);
    if (other !== undefined) {
      throw new Error(`${run} is the same experiment as that with ${other}; expected another one.`);
    }
    seen.set(key, wordsOf(values));
    return { axes: values, spec, key };
  });
}

/** One value of an axis. */
interface AxisPoint {
  readonly at: readonly string[];
  readonly value: unknown;
  readonly label: SweepValue;
}

function pointsOf({ at, values, labels }: SweepAxis, name: string): AxisPoint[] {
  const list = isRange(values)
    ? Array.from({ length: values.count }, (_, k) => values.from + k)
    : values;
  if (labels && labels.length !== list.length) {
    throw new Error(
      `${name}.labels has ${labels.length} entries; expected one for each of ${list.length} values.`,
    );
  }
  return list.map((value, k) => {
    const label = labels ? labels[k] : value;
    if (!isPlain(label)) {
      throw new Error(`${name}.labels is missing; expected a label for each value that is no number or text.`); // prettier-ignore
    }
    return { at: typeof at === 'string' ? [at] : at, value, label };
  });
}

const isRange = (values: SweepAxis['values']): values is SweepRange => !Array.isArray(values);
const isPlain = (value: unknown): value is SweepValue =>
  ['number', 'string', 'boolean'].includes(typeof value);

/** 'seed 3, width 8'. */
function wordsOf(values: Readonly<Record<string, SweepValue>>): string {
  return Object.entries(values)
    .map(([axis, value]) => `${axis} ${String(value)}`)
    .join(', ');
}

/** One of each, in every combination. */
function products<T>(lists: readonly (readonly T[])[]): T[][] {
  return lists.reduce<T[][]>(
    (chosen, list) => chosen.flatMap((some) => list.map((one) => [...some, one])),
    [[]],
  );
}

/** Puts a value at a place whose surroundings are there. */
function putAt(draft: object, place: string, value: unknown, name: string): void {
  const keys = place.split('.');
  const last = keys.pop() ?? '';
  let inside: unknown = draft;
  for (const key of keys) inside = childOf(inside, key);
  if (typeof inside !== 'object' || inside === null || last === '') {
    throw new Error(`${name} is '${place}'; expected a place in the experiment.`);
  }
  // A later axis may change what lies inside.
  (inside as Record<string, unknown>)[last] = structuredClone(value);
}

function childOf(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<string, unknown>)[key];
}
