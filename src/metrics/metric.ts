import type { FlowPoint } from '../flows/index.js';
import type { Snapshot } from './snapshot.js';

/** A number to look at along runs, as a column of `measure`. */
export interface Metric<N extends string = string> {
  /** What its column is called. */
  readonly name: N;
  /** One sentence on what it says. */
  readonly doc: string;
  /** Such as 'radians' or 'nats'; empty for a plain number. */
  readonly unit: string;
  /**
   * Its value at a point: NaN where there is none. `point` is what the run itself knows of the point; it is
   * undefined for a network that was trained elsewhere.
   */
  value(at: Snapshot, point?: FlowPoint): number;
}

/** Throws a sentence where metrics of one's own lack what they need, or have a name that is taken. */
export function requireMetrics(metrics: readonly Metric[], taken: readonly string[]): void {
  metrics.forEach(({ name, doc, unit, value }, k) => {
    const place = `Metric ${k + 1} of ${metrics.length}`;
    if (typeof name !== 'string' || name === '') throw new Error(`${place} needs a name.`);
    const isTold = typeof doc === 'string' && typeof unit === 'string';
    if (!isTold || typeof value !== 'function') {
      throw new Error(
        `${place}, '${name}', needs a text \`doc\`, a text \`unit\` (empty for a plain number) and a function \`value\`.`,
      );
    }
    const isTwice = metrics.findIndex((other) => other.name === name) < k;
    if (isTwice || taken.includes(name)) {
      throw new Error(
        `${place} is called '${name}', as ${isTwice ? 'one before it' : 'one of the kit'} is; expected another name.`,
      );
    }
  });
}

/** The value of a metric; throws a sentence where it is no number. */
export function valueOfMetric(metric: Metric, at: Snapshot, point?: FlowPoint): number {
  const value: unknown = metric.value(at, point);
  if (typeof value === 'number') return value;
  const where = `α = ${at.alpha.toPrecision(6)}`;
  throw new Error(`The metric '${metric.name}' gives ${String(value)} at ${where}; expected a number.`); // prettier-ignore
}
