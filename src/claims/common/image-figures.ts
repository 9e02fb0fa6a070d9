import {
  alphaAxis,
  lineChart,
  lineChartPanels,
  type Axis,
  type Figure,
  type Panel,
  type Plot,
  type Series,
} from '../../charts/index.js';
import { readable } from '../../text/numbers.js';
import { quantile } from '../../numerics/vectors.js';
import type { ImageCheckpoint, ImageTrainingRecord } from '../../records/index.js';

const NAMES: Readonly<Record<string, string>> = {
  'h-alexnet': 'H-AlexNet',
  densenet: 'DenseNet',
  resnet: 'ResNet',
};
/** A network's name in running text. */
export const titleOf = (name: string): string => NAMES[name] ?? name;
/** Words for a normaliser under a fraction bar. */
const DIVIDED: Record<string, string> = {
  norm: '‖θ‖ᴸ',
  frobenius: 'product of Frobenius norms',
  spectral: 'product of spectral norms',
  median: 'median margin',
};
const MOST_CHECKPOINTS = 6;
/** Places on a cumulative curve: quantiles, whatever the number of images. */
const FRACTIONS = Array.from({ length: 51 }, (_, k) => k / 50);

/** Figures of a network trained far past 100 % training accuracy. */
export function imageFigures(run: ImageTrainingRecord): Figure[] {
  return [
    distributionFigure(run),
    alignmentFigure(run),
    pathFigure(run),
    layerFigure(run),
    degreeFigure(run),
    errorFigure(run),
  ];
}

function distributionFigure(run: ImageTrainingRecord): Figure {
  const { name, checkpoints } = run;
  const contrast = checkpoints[0].distributions.length - 1;
  return lineChartPanels(
    {
      name: `${name}-margins`,
      title: `${titleOf(name)}: margins of the training images`,
      caption:
        `Cumulative distributions of the ${run.data.examples} smallest margins. Left, ` +
        `${checkpoints[0].distributions[0].why} Right, for contrast: ${checkpoints[0].distributions[contrast].why}`,
    },
    [distributionPanel(run, 0), distributionPanel(run, contrast)],
  );
}

/** What the margins of the k-th distribution are divided by. */
export function normaliserWords({ checkpoints }: ImageTrainingRecord, k: number): string {
  return DIVIDED[checkpoints[0].distributions[k].normaliser];
}

/** The margins at some moments of a training, divided by the k-th normaliser. */
export function distributionPanel(run: ImageTrainingRecord, k: number): Panel {
  const divided = normaliserWords(run, k);
  return {
    title: `÷ ${divided}`,
    x: {
      title: `margin ÷ ${divided} (no unit, log scale)`,
      symbol: 'margin',
      scale: 'log',
    },
    y: { title: 'share of images below', symbol: 'share', domain: [0, 1] },
    ordered: true,
    series: spread(run.checkpoints).map((checkpoint): Series => ({
      name: `α = ${readable(checkpoint.row.alpha, 3)}`,
      x: FRACTIONS.map((fraction) => quantile(checkpoint.distributions[k].margins, fraction)),
      y: FRACTIONS,
    })),
  };
}

function alignmentFigure(run: ImageTrainingRecord): Figure {
  return lineChart(
    {
      name: `${run.name}-alignment`,
      title: `${titleOf(run.name)}: cosine between θ and −∇ℒ`,
      caption:
        'The gradient of one point and the mean of steps. Across kinks of ReLU single gradients point to and ' +
        'fro; what they have in common turns towards θ.',
    },
    alignmentPlot(run),
  );
}

/** Cosines between the weights and gradients, or means of steps. */
export function alignmentPlot({ checkpoints, rows }: ImageTrainingRecord): Plot {
  const late = rows.filter(({ phase, alpha }) => phase > 0 && alpha >= 1);
  const series: Series[] = [
    { name: 'gradient at the point', ...columns(checkpoints, (at) => at.alignment), points: true },
    {
      name: 'mean step while α grows by 5 %',
      x: late.map(({ alpha }) => alpha),
      y: late.map(({ averagedAlignment }) => averagedAlignment),
    },
    {
      name: 'mean step while α doubles',
      ...columns(checkpoints.slice(1), (at) => at.averagedAlignment),
      points: true,
    },
  ];
  return {
    x: alphaAxis,
    y: { title: 'cosine (no unit)', symbol: 'cosine', domain: [-0.1, 1] },
    series,
  };
}

function pathFigure(run: ImageTrainingRecord): Figure {
  const { name, sampledLengths, rawLengths } = run;
  const perDoubling = (lengths: typeof rawLengths) => ({
    x: lengths.map(({ to }) => to),
    // Checkpoints lie nearly, not exactly, a factor 2 apart.
    y: lengths.map(({ from, to, length }) => length / Math.log2(to / from)),
    points: true,
  });
  return lineChart(
    {
      name: `${name}-path`,
      title: `${titleOf(name)}: the way of the direction θ/‖θ‖`,
      caption:
        'Length of the path per doubling of α, through the directions of the rows (sampled) and with every step counted. ' +
        'A direction that converges has ever shorter lengths; where steps go straight on, both are the same.',
    },
    {
      x: alphaAxis,
      y: { title: 'length (radians)', symbol: 'length', zero: true },
      series: [
        {
          name: 'every step counted',
          ...perDoubling(rawLengths),
          color: 1,
          dash: 0,
          beneath: true,
        },
        { name: 'sampled', ...perDoubling(sampledLengths), ...styled(0) },
      ],
    },
  );
}

function layerFigure({ name, checkpoints }: ImageTrainingRecord): Figure {
  const layers = checkpoints[0].layers.flatMap(({ weights, name: layer }, k) =>
    weights ? [{ layer, k }] : [],
  );
  const most = spread(layers, 8);
  const panel = (title: string, y: Axis, of: 'spectralShare' | 'share') => ({
    title,
    x: alphaAxis,
    y,
    series: most.map(({ layer, k }, place) => ({
      name: layer,
      color: place,
      // The palette begins again after seven; the dashes must not begin again with it.
      dash: place + Math.floor(place / 7),
      ...columns(checkpoints, (at) => at.layers[k][of]),
    })),
  });
  return lineChartPanels(
    {
      name: `${name}-layers`,
      title: `${titleOf(name)}: its layers`,
      caption:
        'Left: the largest singular value of each matrix of weights as a share of its Frobenius norm, 1 for rank ' +
        'one; a convolution has a row for each filter. Right: how ‖θ‖ is shared.' +
        (most.length < layers.length
          ? ` ${most.length} of ${layers.length} layers are shown.`
          : ''),
    },
    [
      panel('spectral share', { title: '‖W‖₂/‖W‖_F (no unit)', symbol: 'ratio' }, 'spectralShare'),
      panel('share of the norm', { title: '‖W‖_F/‖θ‖ (no unit)', symbol: 'share' }, 'share'),
    ],
  );
}

/** Relative to what is measured: below it, only rounding is seen. */
const ROUNDING = 1e-9;

/** One chart where the network is homogeneous: quartiles that are alike, and a residual of rounding, say nothing. */
function degreeFigure(run: ImageTrainingRecord): Figure {
  const { name, checkpoints } = run;
  const words = {
    name: `${name}-degree`,
    title: `${titleOf(name)}: degree of homogeneity, measured`,
  };
  const what = 'd log|f(rθ)|/d log r at r = 1, quartiles over the training images.';
  const degree = readable(checkpoints[0].nearHomogeneity.degree ?? NaN, 3);
  const residual = Math.max(...checkpoints.map(({ nearHomogeneity: { largest } }) => largest));
  if (residual < ROUNDING) {
    const caption =
      `${what} They are alike: ⟨∇f, θ⟩ differs from ${degree} f by ${readable(residual, 1)} of f at most, which is ` +
      'rounding.';
    return lineChart({ ...words, caption }, exactDegree(run));
  }
  const caption = `Left: ${what} Right: how far ⟨∇f, θ⟩ is from M f with M = ${degree}, relative to f.`;
  return lineChartPanels({ ...words, caption }, [quartilePanel(run), residualPanel(run)]);
}

const DEGREE: Axis = { title: 'degree (no unit)', symbol: 'degree' };

function exactDegree({ checkpoints }: ImageTrainingRecord): Plot {
  const medians = checkpoints.map(({ degrees: [, median] }) => median);
  const middle = Math.round(medians[0]);
  return {
    x: alphaAxis,
    y: { ...DEGREE, domain: [Math.max(0, middle - 2), middle + 2], ticks: 4 },
    series: [{ name: 'median', ...columns(checkpoints, (at) => at.degrees[1]), points: true }],
  };
}

function quartilePanel({ checkpoints }: ImageTrainingRecord): Panel {
  return {
    title: 'effective degree',
    x: alphaAxis,
    y: DEGREE,
    series: ['lower quartile', 'median', 'upper quartile'].map((quartile, k) => ({
      name: quartile,
      ...columns(checkpoints, (at) => at.degrees[k]),
    })),
  };
}

function residualPanel({ checkpoints }: ImageTrainingRecord): Panel {
  const curve = (name: string, place: number, of: (at: ImageCheckpoint) => number): Series => ({
    name,
    ...columns(checkpoints, of),
    ...styled(place),
  });
  return {
    title: 'near-homogeneity residual',
    x: alphaAxis,
    y: { title: '|⟨∇f, θ⟩ − M f|/|f| (log scale)', symbol: 'residual', scale: 'log' },
    series: [
      curve('median', 1, ({ nearHomogeneity }) => nearHomogeneity.median),
      curve('largest', 3, ({ nearHomogeneity }) => nearHomogeneity.largest),
    ],
  };
}

function errorFigure({ name, rows, network, test }: ImageTrainingRecord): Figure {
  const epochs = rows.map(({ step }) => Math.max(step, 1));
  return lineChart(
    {
      name: `${name}-errors`,
      title: `${titleOf(name)}: errors through the whole training`,
      caption: `Shares of misclassified images; ${test.examples} test images, ${network.parameters} parameters. Does long training hurt?`,
    },
    {
      x: { title: 'step (log scale)', symbol: 'step', scale: 'log' },
      y: { title: 'share of images', symbol: 'error', zero: true },
      steps: true,
      series: [
        { name: 'training error', x: epochs, y: rows.map(({ trainingError }) => trainingError) },
        { name: 'test error', x: epochs, y: rows.map(({ testError }) => testError) },
      ],
    },
  );
}

/** One look in both panels for what both show. */
const styled = (place: number) => ({ color: place, dash: place });

function columns(checkpoints: readonly ImageCheckpoint[], of: (at: ImageCheckpoint) => number) {
  return { x: checkpoints.map(({ row }) => row.alpha), y: checkpoints.map(of) };
}

/** At most so many items, evenly spread, the first and the last among them. */
function spread<T>(items: readonly T[], most = MOST_CHECKPOINTS): T[] {
  if (items.length <= most) return [...items];
  return Array.from(
    { length: most },
    (_, k) => items[Math.round((k * (items.length - 1)) / (most - 1))],
  );
}
