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

/** The figures of a run from its checkpoints, in the order of the page. */
export function runFigures(records: readonly CheckpointRecord[]): Figure[] {
  const x = records.map(({ at }) => at);
  /** A curve from the first checkpoint on that has a value. */
  const curve = (name: string, value: (record: CheckpointRecord) => number | null): Series => {
    const all = records.map(value);
    const from = all.findIndex((one) => one !== null);
    const y = from < 0 ? [] : all.slice(from).map((one) => one ?? NaN);
    return { name, x: from < 0 ? [] : x.slice(from), y, points: true };
  };
  return [
    lineChart(
      {
        name: 'errors',
        title: 'Errors',
        caption: 'The share of images that are classified wrongly. What follows is about the time after the first curve is 0.', // prettier-ignore
      },
      {
        x: AT,
        y: { title: 'wrong (% of the images)', symbol: 'wrong', zero: true },
        series: [
          curve('training', ({ trainingError }) => 100 * trainingError),
          ...(records[0].testError === null
            ? []
            : [curve('test', ({ testError }) => 100 * (testError ?? NaN))]),
        ],
      },
    ),
    lineChart(
      {
        name: 'alpha',
        title: 'How far the fit has gone',
        caption: 'α = −log of the summed loss of exponential tail: from 0 on every image is classified, and it grows for ever.', // prettier-ignore
      },
      { x: AT, y: { title: 'α (no unit)', symbol: 'α' }, series: [curve('α', ({ alpha }) => alpha)] }, // prettier-ignore
    ),
    marginFigure(x, records),
    lineChart(
      {
        name: 'path',
        title: 'Path of the direction',
        caption: 'Chords between the directions θ/‖θ‖ of neighbouring checkpoints, and their sum. Where a direction converges the sum stays below some number.', // prettier-ignore
      },
      {
        x: AT,
        y: { title: 'length on the unit sphere', symbol: 'length', zero: true },
        series: [curve('since the checkpoint before', ({ chord }) => chord), curve('in all', ({ length }) => length)], // prettier-ignore
      },
    ),
    lineChart(
      {
        name: 'alignment',
        title: 'Alignment',
        caption: 'The cosine of θ with −∇𝓛, and with the step from the checkpoint before. Where gradients align with the weights both go to 1.', // prettier-ignore
      },
      {
        x: AT,
        y: { title: 'cosine (no unit)', symbol: 'cosine' },
        series: [
          curve('with −∇𝓛', ({ alignment }) => alignment.cosine),
          // Where no checkpoint differs from the one before there is none.
          ...[curve('with the step', ({ stepCosine }) => stepCosine)].filter(
            ({ x }) => x.length > 0,
          ),
        ],
      },
    ),
    ...(records.some(({ kkt }) => kkt.residual !== null)
      ? [
          lineChart(
            {
              name: 'kkt',
              title: 'Distance from a KKT point',
              caption: 'The stationarity residual of the margin problem, from 0 at a KKT point to 1; it needs every training image to be classified.', // prettier-ignore
            },
            {
              x: AT,
              y: { title: 'residual (no unit)', symbol: 'residual', zero: true },
              series: [curve('stationarity', ({ kkt }) => kkt.residual?.stationarity ?? null)],
            },
          ),
        ]
      : []),
    quantileFigure(x, records),
    lineChart(
      {
        name: 'norm',
        title: 'Size of the weights',
        caption: 'The norm of all parameters together.',
      },
      { x: AT, y: { title: '‖θ‖ (no unit)', symbol: '‖θ‖' }, series: [curve('‖θ‖', ({ norm }) => norm)] }, // prettier-ignore
    ),
    layerFigure(x, records),
  ];
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
