import {
  lineChart,
  lineChartPanels,
  type Axis,
  type Figure,
  type Series,
} from '../../charts/index.js';
import type { RuleRecord, StepComparisonRecord } from '../../records/index.js';

/** Margins, loss and size of steps against the number of gradients, for every rule. */
export function lossScaledFigures(record: StepComparisonRecord): Figure[] {
  return [marginFigure(record), lossFigure(record), stepFigure(record)];
}

const GRADIENTS: Axis = { title: 'gradients of the whole training set', symbol: 'gradients' };

/** The loss-scaled rule comes first, in the colour that stands out. */
function seriesOf(
  { constant, scaled }: StepComparisonRecord,
  of: (run: RuleRecord) => Float64Array,
): Series[] {
  return [scaled, ...constant].map((run) => ({ name: run.name, x: run.evaluations, y: of(run) }));
}

/** An axis from whole number to whole number, so that no curve runs along its end. */
function roomFor(series: readonly Series[], axis: Axis): Axis {
  const values = series.flatMap(({ y }) => Array.from(y)).filter(Number.isFinite);
  if (values.length === 0) return axis;
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return { ...axis, domain: [Math.floor(low - 0.1), Math.ceil(high + 0.1)] };
}

function marginFigure(record: StepComparisonRecord): Figure {
  const axis = (title: string): Axis => ({ title, symbol: 'margin', scale: 'log' });
  return lineChartPanels(
    {
      name: 'loss-scaled-margin',
      title: 'Margins with constant and with loss-scaled steps',
      caption:
        'All rules start from one fitted network and compute equally many gradients, those of undone steps ' +
        'included. The smoothed margin puts α in place of the smallest margin; it grows steadily where the ' +
        'smallest margin, that of now one image and now another, goes up and down.',
    },
    [
      {
        title: 'normalized margin min pᵢ/‖θ‖ᴸ',
        x: GRADIENTS,
        y: axis('margin (log scale, no unit)'),
        series: seriesOf(record, ({ normalizedMargin }) => normalizedMargin),
      },
      {
        title: 'smoothed margin α/‖θ‖ᴸ',
        x: GRADIENTS,
        y: axis('margin (log scale, no unit)'),
        series: seriesOf(record, ({ smoothedMargin }) => smoothedMargin),
      },
    ],
  );
}

function lossFigure(record: StepComparisonRecord): Figure {
  const series = seriesOf(record, ({ log10Loss }) => log10Loss);
  return lineChart(
    {
      name: 'loss-scaled-loss',
      title: 'Loss with constant and with loss-scaled steps',
      caption:
        'The logarithm of the loss, summed over the images. With constant steps the loss falls like a ' +
        'power of their number, with loss-scaled ones almost geometrically.',
    },
    { x: GRADIENTS, y: roomFor(series, { title: 'log₁₀ 𝓛', symbol: 'log₁₀ 𝓛' }), series },
  );
}

function stepFigure(record: StepComparisonRecord): Figure {
  const series = seriesOf(record, ({ log10Step }) => log10Step);
  const symbol = 'log₁₀ of the step size';
  return lineChart(
    {
      name: 'loss-scaled-step',
      title: 'Size of the steps',
      caption:
        'The factor η on the gradient of the mean loss. The loss-scaled one is a over the mean loss: a grows ' +
        'by 2^(1/5) with every step that lowers the loss, and shrinks by 2^(1/10) with every other one, which ' +
        'is redone.',
    },
    { x: GRADIENTS, y: roomFor(series, { title: symbol, symbol }), series },
  );
}
