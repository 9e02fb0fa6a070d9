import type { Dataset } from '../datasets/index.js';
import type { PlaneScores } from '../metrics/index.js';
import { contour, type Grid } from './contours.js';
import type { Figure } from './figure.js';
import { heading, type Wording } from './line-chart.js';
import { rounded } from '../text/numbers.js';
import { panelTitle } from './panels.js';
import {
  coordinate,
  pointsOfPlane,
  scoreLegend,
  strongest,
  topRowFirst,
  type PlaneAxes,
} from './plane-parts.js';
import { rasterAddress } from './raster.js';
import { INK } from './style.js';

const SIZE = 175;

/** At separation the smallest margin is 0 but for rounding: below this share of the scores it has no lines. */
const ROUNDING = 1e-9;

/**
 * Maps of Φ(x; θ/‖θ‖) over the plane, one for each moment and all in the same colours, with the line
 * where it changes sign, those where it is ± the smallest margin, and the training points. `legend` says what the scores
 * are where they are not Φ(x; θ/‖θ‖).
 */
export function predictionSurfaces(
  words: Wording,
  data: Dataset,
  scores: PlaneScores,
  legend?: string,
): Figure {
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
        picture(moment.pixels, most, legend),
        ...levelLines(
          moment.crossings,
          axes[k],
          moment.margin > ROUNDING * most ? moment.margin : 0,
        ),
        pointsOfPlane(data, axes[k]),
      ],
    })),
    resolve: { scale: { color: 'shared', shape: 'shared' } },
  };
  const { name, title, caption } = words;
  const tables = moments.map((moment) => ({ panel: moment.title, ...moment.pixels }));
  return { name, title, caption, kind: 'vega-lite', spec, pixels: tables };
}

/** The coloured map, and its legend. */
function picture(grid: Grid, most: number, title?: string): object {
  const { data, ...legend } = scoreLegend(most, title);
  return {
    data,
    layer: [
      {
        mark: {
          type: 'image',
          url: rasterAddress(
            topRowFirst(grid).map((value) => value / most),
            grid.xs.length,
            grid.ys.length,
          ),
          width: SIZE,
          height: SIZE,
          align: 'left',
          baseline: 'top',
          aspect: false,
        },
        encoding: { x: { value: 0 }, y: { value: 0 } },
      },
      legend,
    ],
  };
}

/** Where the score is 0, and thinner where it is ± the margin. */
function levelLines(grid: Grid, axes: PlaneAxes, margin: number): object[] {
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
