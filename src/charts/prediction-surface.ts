import type { Dataset } from '../datasets/index.js';
import type { PlaneScores } from '../metrics/index.js';
import { contour, type Grid } from './contours.js';
import type { Figure } from './figure.js';
import { heading, type Wording } from './line-chart.js';
import { readable, rounded } from '../text/numbers.js';
import { panelTitle } from './panels.js';
import { divergingRange, rasterAddress } from './raster.js';
import { INK } from './style.js';

const SIZE = 175;

/** At separation the smallest margin is 0 but for rounding: below this share of the scores it has no lines. */
const ROUNDING = 1e-9;

/**
 * Maps of Φ(x; θ/‖θ‖) over the plane, one for each moment and all in the same colours, with the line
 * where it changes sign, those where it is ± the smallest margin, and the training points.
 */
export function predictionSurfaces(words: Wording, data: Dataset, scores: PlaneScores): Figure {
  const { frame, moments } = scores;
  const most = rounded(strongest(moments.map(({ pixels }) => pixels.values)));
  // The panels share their frame, so the first one alone names the vertical axis.
  const axes = moments.map((_, k) => ({
    x: coordinate('x', frame.x, 'x₁'),
    y: coordinate('y', frame.y, k === 0 ? 'x₂' : null),
  }));
  const spec = {
    ...heading(words, words.caption),
    spacing: 18,
    hconcat: moments.map((moment, k) => ({
      width: SIZE,
      height: SIZE,
      layer: [
        panelTitle(moment.title),
        picture(moment.pixels, most),
        ...levelLines(
          moment.crossings,
          axes[k],
          moment.margin > ROUNDING * most ? moment.margin : 0,
        ),
        points(data, axes[k]),
      ],
    })),
    resolve: { scale: { color: 'shared', shape: 'shared' } },
  };
  const { name, title, caption } = words;
  return { name, title, caption, kind: 'vega-lite', spec };
}

/** The position channels of one panel. */
interface Axes {
  readonly x: object;
  readonly y: object;
}

/** The score that the strongest colour stands for: nine tenths of all are weaker. */
function strongest(maps: readonly ArrayLike<number>[]): number {
  const sizes = maps.flatMap((map) => Array.from(map, Math.abs)).sort((a, b) => a - b);
  return sizes[Math.floor(0.9 * (sizes.length - 1))] || 1;
}

function coordinate(field: string, domain: readonly [number, number], title: string | null) {
  const axis = title === null ? null : { title, tickCount: 5, grid: false, zindex: 1 };
  return { field, type: 'quantitative', scale: { domain, nice: false, zero: false }, axis };
}

/** The coloured map, whose legend belongs to an invisible point. */
function picture({ xs, ys, values }: Grid, most: number): object {
  const [width, height] = [xs.length, ys.length];
  const flipped = Array.from({ length: width * height }, (_, k) => {
    const row = height - 1 - Math.floor(k / width);
    return values[row * width + (k % width)] / most;
  });
  return {
    data: { values: [{ score: 0 }] },
    layer: [
      {
        mark: {
          type: 'image',
          url: rasterAddress(flipped, width, height),
          width: SIZE,
          height: SIZE,
          align: 'left',
          baseline: 'top',
          aspect: false,
        },
        encoding: { x: { value: 0 }, y: { value: 0 } },
      },
      {
        mark: { type: 'point', opacity: 0 },
        encoding: {
          x: { value: 0 },
          y: { value: 0 },
          color: {
            field: 'score',
            type: 'quantitative',
            scale: { domain: [-most, most], range: divergingRange(9) },
            legend: {
              title: 'Φ(x; θ/‖θ‖)',
              orient: 'right',
              gradientLength: 130,
              gradientThickness: 12,
              values: [-most, 0, most],
              labelExpr: `datum.value === 0 ? '0' : datum.value < 0 ? '−${readable(most, 2)}' : '${readable(most, 2)}'`,
              gradientOpacity: 1,
            },
          },
        },
      },
    ],
  };
}

/** Where the score is 0, and thinner where it is ± the margin. */
function levelLines(grid: Grid, axes: Axes, margin: number): object[] {
  const curves = (level: number) =>
    contour(grid, level).map((curve) =>
      curve.map((at) => ({ x: rounded(at.x), y: rounded(at.y) })),
    );
  const layer = (found: { x: number; y: number }[][], style: object) => ({
    data: { values: found.flatMap((line, curve) => line.map((at, k) => ({ ...at, curve, k }))) },
    mark: { type: 'line', color: INK, ...style },
    encoding: {
      ...axes,
      detail: { field: 'curve', type: 'nominal' },
      order: { field: 'k', type: 'quantitative' },
    },
  });
  const thin = { strokeWidth: 0.8, strokeDash: [3, 2] };
  const sides = margin > 0 ? [...curves(margin), ...curves(-margin)] : [];
  return [layer(sides, thin), layer(curves(0), { strokeWidth: 1.8 })];
}

function points({ inputs, labels, dimension }: Dataset, axes: Axes): object {
  const values = Array.from(labels, (label, i) => ({
    x: rounded(inputs[i * dimension]),
    y: rounded(inputs[i * dimension + 1]),
    label: label > 0 ? 'y = +1' : 'y = −1',
  }));
  const domain = ['y = +1', 'y = −1'];
  return {
    data: { values },
    mark: {
      type: 'point',
      filled: true,
      size: 34,
      stroke: '#ffffff',
      strokeWidth: 0.8,
      opacity: 1,
    },
    encoding: {
      ...axes,
      shape: {
        field: 'label',
        type: 'nominal',
        scale: { domain, range: ['triangle-up', 'circle'] },
        legend: { title: null, orient: 'right' },
      },
      fill: {
        field: 'label',
        type: 'nominal',
        scale: { domain, range: ['#8c3b00', '#08306b'] },
        legend: { title: null, orient: 'right' },
      },
    },
  };
}
