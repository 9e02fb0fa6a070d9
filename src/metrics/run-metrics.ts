import { classificationError, normalizedMargin, smoothedMargin } from './margins.js';
import { valueOfMetric, type Metric } from './metric.js';
import { alignment, alignmentAngle, type Snapshot } from './snapshot.js';

/** Every metric of the kit that is a column along runs. */
const METRICS = {
  alpha: {
    doc: 'ℓ⁻¹ of the summed risk: it grows like the smallest margin, without bound.',
    unit: '',
    value: (at, point) => point?.alpha ?? at.alpha,
  },
  logRisk: { doc: 'log 𝓛.', unit: '', value: (at) => at.logRisk },
  logTime: {
    doc: 'log t since the start; −∞ there. For descent t is the sum of step sizes.',
    unit: '',
    value: (_at, point) => point?.logTime ?? NaN,
  },
  logNorm: { doc: 'log ‖θ‖.', unit: '', value: (at) => at.logNorm },
  normalizedMargin: { doc: 'min pᵢ / ‖θ‖^L.', unit: '', value: normalizedMargin },
  smoothedMargin: { doc: 'α / ‖θ‖^L.', unit: '', value: smoothedMargin },
  alignment: {
    doc: 'cos(θ, −∇𝓛).',
    unit: '',
    // On a kink the gradient at the point is no single vector: the run's own velocity is.
    value: (at, point) =>
      point?.alignmentAngle === undefined ? alignment(at) : Math.cos(point.alignmentAngle),
  },
  alignmentAngle: {
    doc: 'Angle between θ and −∇𝓛.',
    unit: 'radians',
    value: (at, point) => point?.alignmentAngle ?? alignmentAngle(at),
  },
  trainingError: {
    doc: 'Share of the examples whose smallest margin is not positive.',
    unit: '',
    value: classificationError,
  },
} satisfies Record<string, Omit<Metric, 'name'>>;

/** The name of a metric of the kit: a column of `measure`. */
export type MetricName = keyof typeof METRICS;

/** Them by name, in the order of their columns. */
export const runMetrics: readonly Metric<MetricName>[] = (
  Object.entries(METRICS) as [MetricName, Omit<Metric, 'name'>][]
).map(([name, metric]) => ({ name, ...metric }));

/** A metric with its value at one point. */
export interface MetricValue {
  readonly name: string;
  readonly doc: string;
  readonly unit: string;
  readonly value: number;
}

/**
 * What the kit's metrics and the given ones are at a point, with their units; those that ask for a run, or
 * are NaN there, are left out.
 */
export function metricsAt(at: Snapshot, own: readonly Metric[] = []): MetricValue[] {
  return [...runMetrics, ...own]
    .map((metric) => {
      const { name, doc, unit } = metric;
      return { name, doc, unit, value: valueOfMetric(metric, at) };
    })
    .filter(({ value }) => !Number.isNaN(value));
}
