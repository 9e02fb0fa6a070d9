import type { Axis } from './axis.js';
import type { Figure } from './figure.js';
import { lineChartPanels, type Panel } from './panels.js';

/** How one quantity grows with another, and the power of it that was fitted. */
export interface ScalingLaw {
  readonly title: string;
  readonly x: Omit<Axis, 'scale'>;
  readonly y: Omit<Axis, 'scale'>;
  readonly sizes: readonly number[];
  readonly values: readonly number[];
  /** y ≈ factor · x^exponent. */
  readonly exponent: number;
  readonly factor: number;
}

/** Small double-logarithmic charts of measured values and their fitted powers. */
export function scalingFigure(laws: readonly ScalingLaw[]): Figure {
  const panels = laws.map(({ title, x, y, sizes, values, exponent, factor }): Panel => ({
    title: `${title}: power ${exponent.toFixed(2)}`,
    x: { ...x, scale: 'log' },
    y: { ...y, scale: 'log' },
    series: [
      { name: 'measured', x: sizes, y: values, points: true },
      { name: 'fitted power', x: sizes, y: sizes.map((size) => factor * size ** exponent) },
    ],
  }));
  return lineChartPanels(
    {
      name: 'scale',
      title: 'Time and memory as the problem grows',
      caption:
        'A two-layer squared-ReLU network on Fashion-MNIST, followed to α = 100 unless the axis is α ' +
        'itself. A straight line is a power law; each panel names its power.',
    },
    panels,
  );
}
