import type { Dataset } from '../datasets/index.js';
import type { Network } from '../networks/index.js';
import { contour, type Grid } from './contours.js';
import type { Figure } from './figure.js';
import { heading, type Wording } from './line-chart.js';
import { rounded, shown } from './numbers.js';
import { panelTitle } from './panels.js';
import { frameOf, scorer } from './plane-scores.js';
import { divergingRange, rasterAddress } from './raster.js';
import { INK } from './style.js';

/** What a network computes at one moment. */
export interface SurfaceMoment {
  readonly title: string;
  /** θ/‖θ‖. */
  readonly direction: Float64Array;
  /** The smallest normalized margin there; where it is positive, its level lines are drawn. */
  readonly margin: number;
}

/** Pixels along a side of the picture, and points along a side of the grid for level lines. */
const PIXELS = 100;
const GRID = 81;
const SIZE = 175;

/**
 * Maps of Φ(x; θ/‖θ‖) over the plane, one for each moment and all in the same colours, with the line
 * where it changes sign, those where it is ± the smallest margin, and the training points. The data
 * have two coordinates, or two and a constant one.
 */
export function predictionSurfaces(
  words: Wording,
  network: Network,
  data: Dataset,
  moments: readonly SurfaceMoment[],
): Figure {
  const frame = frameOf(data);
  // A pixel shows the score at its middle; the grid of the level lines reaches the edge.
  const pixels = scorer(network, data, frame, { steps: PIXELS, inset: 0.5 });
  const lines = scorer(network, data, frame, { steps: GRID, inset: 0 });
  const maps = moments.map(({ direction }) => pixels(direction).values);
  const most = rounded(strongest(maps));
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
        picture(maps[k], most),
        ...levelLines(lines(moment.direction), axes[k], moment.margin),
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
function picture(values: ArrayLike<number>, most: number): object {
  const flipped = Array.from({ length: PIXELS * PIXELS }, (_, k) => {
    const row = PIXELS - 1 - Math.floor(k / PIXELS);
    return values[row * PIXELS + (k % PIXELS)] / most;
  });
  return {
    data: { values: [{ score: 0 }] },
    layer: [
      {
        mark: {
          type: 'image',
          url: rasterAddress(flipped, PIXELS, PIXELS),
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
              labelExpr: `datum.value === 0 ? '0' : datum.value < 0 ? '−${shown(most, 2)}' : '${shown(most, 2)}'`,
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
