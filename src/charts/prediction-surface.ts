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
  HATCHED,
  strongest,
  topRowFirst,
  type PlaneAxes,
} from './plane-parts.js';
import { rasterAddress } from './raster.js';
import { INK } from './style.js';

/** Side of one map, by how many stand beside each other. */
const SIZES = [240, 240, 220, 150] as const;

/** Three beside each other, four in two rows. */
function columnsFor(maps: number): 1 | 2 | 3 {
  return maps === 4 || maps === 2 ? 2 : maps === 1 ? 1 : 3;
}

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
  const caption = `${words.caption} ${HATCHED}`;
  const columns = columnsFor(moments.length);
  const size = SIZES[columns];
  // The panels share their frame, so the first of a row alone names the vertical axis.
  const axes = moments.map((_, k) => ({
    x: coordinate('x', frame.x, 'x₁'),
    y: coordinate('y', frame.y, k % columns === 0 ? 'x₂' : null),
  }));
  const spec = {
    ...heading(words, caption),
    columns,
    spacing: 18,
    concat: moments.map((moment, k) => ({
      width: size,
      height: size,
      layer: [
        panelTitle(moment.title),
        picture(moment.pixels, most, size, legend),
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
  const { name, title } = words;
  const tables = moments.map((moment) => ({ panel: moment.title, ...moment.pixels }));
  return { name, title, caption, kind: 'vega-lite', spec, pixels: tables };
}

/** The coloured map, and its legend. */
function picture(grid: Grid, most: number, size: number, title?: string): object {
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
          width: size,
          height: size,
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
