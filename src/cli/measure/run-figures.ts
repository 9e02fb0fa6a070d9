import { lineChart, type Axis, type Figure, type Series } from '../../charts/index.js';
import type { CheckpointRecord } from './checkpoints.js';
import type { MarginEntry } from './record.js';

const AT: Axis = { title: 'checkpoint (the number in its name)', symbol: 'checkpoint' };
/** Shares of the examples whose margins and degrees are drawn. */
const QUANTILES = [
  { share: 0, name: 'smallest' },
  { share: 0.1, name: '10 %' },
  { share: 0.5, name: 'median' },
  { share: 0.9, name: '90 %' },
];
const MOST_LAYERS = 8;

type Value = (record: CheckpointRecord) => number | null;

/** A chart of numbers that each checkpoint has, or may have. */
interface Chart {
  readonly name: string;
  readonly title: string;
  readonly caption: string;
  readonly y: Axis;
  readonly curves: Readonly<Record<string, Value>>;
}

const FIT: readonly Chart[] = [
  {
    name: 'errors',
    title: 'Errors',
    caption: 'The share of images that are classified wrongly. What follows is about the time after the first curve is 0.', // prettier-ignore
    y: { title: 'wrong (% of the images)', symbol: 'wrong', zero: true },
    curves: {
      training: ({ trainingError }) => 100 * trainingError,
      test: ({ testError }) => testError && 100 * testError,
    },
  },
  {
    name: 'alpha',
    title: 'How far the fit has gone',
    caption: 'α = −log of the summed loss of exponential tail: from 0 on every image is classified, and it grows for ever.', // prettier-ignore
    y: { title: 'α (no unit)', symbol: 'α' },
    curves: { α: ({ alpha }) => alpha },
  },
];

const WAY: readonly Chart[] = [
  {
    name: 'path',
    title: 'Path of the direction',
    caption: 'Chords between the directions θ/‖θ‖ of neighbouring checkpoints, and their sum. Where a direction converges the sum stays below some number.', // prettier-ignore
    y: { title: 'length on the unit sphere', symbol: 'length', zero: true },
    curves: {
      'since the checkpoint before': ({ chord }) => chord,
      'in all': ({ length }) => length,
    },
  },
  {
    name: 'alignment',
    title: 'Alignment',
    caption: 'The cosine of θ with −∇𝓛, and with the step from the checkpoint before. Where gradients align with the weights both go to 1.', // prettier-ignore
    y: { title: 'cosine (no unit)', symbol: 'cosine' },
    curves: {
      'with −∇𝓛': ({ alignment }) => alignment.cosine,
      'with the step': ({ stepCosine }) => stepCosine,
    },
  },
  {
    name: 'kkt',
    title: 'Distance from a KKT point',
    caption: 'The stationarity residual of the margin problem, from 0 at a KKT point to 1; it needs every training image to be classified.', // prettier-ignore
    y: { title: 'residual (no unit)', symbol: 'residual', zero: true },
    curves: { stationarity: ({ kkt }) => kkt.residual?.stationarity ?? null },
  },
];

const SIZE: readonly Chart[] = [
  {
    name: 'norm',
    title: 'Size of the weights',
    caption: 'The norm of all parameters together.',
    y: { title: '‖θ‖ (no unit)', symbol: '‖θ‖' },
    curves: { '‖θ‖': ({ norm }) => norm },
  },
];

/** The figures of a run from its checkpoints, in the order of the page. */
export function runFigures(records: readonly CheckpointRecord[]): Figure[] {
  const x = records.map(({ at }) => at);
  const drawn = (charts: readonly Chart[]) => charts.flatMap((chart) => chartOf(chart, x, records));
  return [
    ...drawn(FIT),
    marginFigure(x, records),
    ...drawn(WAY),
    quantileFigure(x, records),
    ...drawn(SIZE),
    layerFigure(x, records),
  ];
}

/** A chart of the curves that have a value anywhere, each from its first value on; none where no curve has. */
function chartOf(
  { curves, y, ...words }: Chart,
  x: readonly number[],
  records: readonly CheckpointRecord[],
): Figure[] {
  const series = Object.entries(curves).flatMap(([name, value]): Series[] => {
    const all = records.map(value);
    const from = all.findIndex((one) => one !== null);
    if (from < 0) return [];
    const rest = all.slice(from).map((one) => one ?? NaN);
    return [{ name, x: x.slice(from), y: rest, points: true }];
  });
  return series.length === 0 ? [] : [lineChart(words, { x: AT, y, series })];
}

/** Training margins over the product of the layers' norms, which is there whatever the network. */
function marginFigure(x: readonly number[], records: readonly CheckpointRecord[]): Figure {
  const entries = records.map(({ margins }) => entryOf(margins));
  const [{ normaliser }] = entries;
  return lineChart(
    {
      name: 'margins',
      title: 'Margins',
      caption: `Training margins divided by the network's own measure of size (${normaliser}): ${entries[0].why}`,
    },
    {
      x: AT,
      y: { title: 'margin (no unit)', symbol: 'margin' },
      series: QUANTILES.map(({ share, name }) => ({
        name,
        x,
        y: entries.map(({ fractions, training }) => training[fractions.indexOf(share)]),
        points: true,
      })),
      ordered: true,
    },
  );
}

function entryOf(margins: readonly MarginEntry[]): MarginEntry {
  const wanted = ['norm', 'frobenius'].flatMap((name) =>
    margins.filter(({ normaliser }) => normaliser === name),
  );
  return wanted[0] ?? margins[0];
}

function quantileFigure(x: readonly number[], records: readonly CheckpointRecord[]): Figure {
  return lineChart(
    {
      name: 'degree',
      title: 'Effective degree of homogeneity',
      caption: 'The degree with which each image’s score grows with the length of θ, as quantiles over the training images. It is one number for a homogeneous network.', // prettier-ignore
    },
    {
      x: AT,
      y: { title: 'degree (no unit)', symbol: 'degree' },
      series: QUANTILES.slice(1).map(({ share, name }) => ({
        name,
        x,
        y: records.map(
          ({ effectiveDegree: { fractions, quantiles } }) => quantiles[fractions.indexOf(share)],
        ),
        points: true,
      })),
      ordered: true,
    },
  );
}

function layerFigure(x: readonly number[], records: readonly CheckpointRecord[]): Figure {
  const shown = records[0].layers
    .map(({ name, spectralShare }, k) => ({ name, k, matrix: spectralShare !== null }))
    .filter(({ matrix }) => matrix);
  const every = Math.max(1, Math.ceil(shown.length / MOST_LAYERS));
  const few = shown.filter((_, k) => k % every === 0);
  return lineChart(
    {
      name: 'layers',
      title: 'How much one direction of each layer holds',
      caption:
        'The largest singular value of a layer’s weights over their Frobenius norm; 1 for a matrix of rank one.' +
        (every > 1 ? ` Every ${every}th of ${shown.length} layers.` : ''),
    },
    {
      x: AT,
      y: { title: '‖W‖₂ / ‖W‖_F (no unit)', symbol: 'share' },
      series: few.map(({ name, k }) => ({
        name,
        x,
        y: records.map(({ layers }) => layers[k].spectralShare ?? NaN),
        points: true,
      })),
    },
  );
}
