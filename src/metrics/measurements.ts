import { pointAt, type Trajectory } from '../flows/index.js';
import type { Objective } from '../losses/objective.js';
import { marginQuantiles } from './margins.js';
import { requireMetrics, valueOfMetric, type Metric } from './metric.js';
import { runMetrics, type MetricName } from './run-metrics.js';
import { snapshot } from './snapshot.js';

/**
 * Metrics along a run, as columns: row k belongs to row `rows[k]` of the trajectory. `runMetrics` says what
 * each column of the kit is, and its unit.
 */
export interface Measurements<N extends string = never> extends Readonly<
  Record<MetricName, Float64Array>
> {
  readonly rows: readonly number[];
  /** The columns of metrics of one's own. */
  readonly own: Readonly<Record<N, Float64Array>>;
  /** For each row the quantiles of the margin distribution at `fractions`. */
  readonly fractions: readonly number[];
  readonly quantiles: readonly (readonly number[])[];
}

/** Which rows of a run are measured, and what beside the metrics of the kit. */
export interface MeasureOptions<N extends string = never> {
  /** Rows of the trajectory; all by default. */
  readonly rows?: readonly number[];
  /** Metrics of one's own, beside those of the kit. */
  readonly metrics?: readonly Metric<N>[];
}

const FRACTIONS = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1];

/**
 * Measures rows of a trajectory (given alone, or as an option; all by default), one snapshot for each.
 * Throws a sentence for a metric without what it needs, of a name that is taken, or that gives no number.
 */
export function measure<N extends string = never>(
  objective: Objective,
  trajectory: Trajectory,
  options: readonly number[] | MeasureOptions<N> = {},
): Measurements<N> {
  const { rows = [...trajectory.alpha.keys()], metrics = [] } = isRows(options)
    ? { rows: options }
    : options;
  const names: readonly string[] = runMetrics.map(({ name }) => name);
  requireMetrics(metrics, names);
  const all: readonly Metric[] = [...runMetrics, ...metrics];
  const columns = all.map(() => new Float64Array(rows.length));
  // One snapshot at a time: each holds a gradient.
  const quantiles = rows.map((row, k) => {
    const point = pointAt(trajectory, row);
    const at = snapshot(objective, point.direction, point.logNorm);
    all.forEach((metric, m) => (columns[m][k] = valueOfMetric(metric, at, point)));
    return marginQuantiles(at, FRACTIONS);
  });
  const named = <M extends string>(list: readonly Metric<M>[], first: number) =>
    Object.fromEntries(list.map(({ name }, m) => [name, columns[first + m]])) as Record<
      M,
      Float64Array
    >;
  return {
    rows,
    ...named(runMetrics, 0),
    own: named(metrics, runMetrics.length),
    fractions: FRACTIONS,
    quantiles,
  };
}

function isRows(options: readonly number[] | MeasureOptions<string>): options is readonly number[] {
  return Array.isArray(options);
}
