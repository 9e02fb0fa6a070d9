import type { Figure } from './figure.js';
import { heading, type Wording } from './line-chart.js';
import { rasterAddress } from './raster.js';

/** One picture: height×width values, row by row, the top row first. */
export interface GridPicture {
  readonly row: string;
  readonly column: string;
  readonly values: ArrayLike<number>;
}

/** Pictures in rows and columns, whose names are written along two axes. */
export interface PictureGrid {
  readonly height: number;
  readonly width: number;
  readonly rowTitle: string;
  readonly columnTitle: string;
  readonly pictures: readonly GridPicture[];
}

/** Side of one picture, and how far the next one lies from it, in pixels. */
const SIDE = 96;
const STEP = 104;

/**
 * Small pictures side by side, in the order in which rows and columns come first. Each is coloured by itself:
 * from blue and hatched for its largest value, with a minus sign, through white for 0 to orange for its largest value.
 */
export function pictureGrid(words: Wording, grid: PictureGrid): Figure {
  const { height, width, pictures } = grid;
  const names = (of: (picture: GridPicture) => string) => [...new Set(pictures.map(of))];
  const enlarged = Math.ceil(SIDE / width);
  const axis = (title: string, more: object) => ({
    title,
    domain: false,
    ticks: false,
    labelAngle: 0,
    ...more,
  });
  const spec = {
    ...heading(words, words.caption),
    width: { step: STEP },
    height: { step: STEP },
    data: {
      values: pictures.map(({ row, column, values }) => ({
        row,
        column,
        url: rasterAddress(scaled(values), width, height, enlarged),
      })),
    },
    mark: { type: 'image', width: SIDE, height: SIDE, aspect: false },
    encoding: {
      x: {
        field: 'column',
        type: 'ordinal',
        sort: names(({ column }) => column),
        scale: { paddingInner: 0, paddingOuter: 0 },
        axis: axis(grid.columnTitle, { orient: 'top' }),
      },
      y: {
        field: 'row',
        type: 'ordinal',
        sort: names(({ row }) => row),
        scale: { paddingInner: 0, paddingOuter: 0 },
        axis: axis(grid.rowTitle, {}),
      },
      url: { field: 'url', type: 'nominal' },
    },
  };
  const places = (count: number) => Array.from({ length: count }, (_, k) => k);
  const tables = pictures.map(({ row, column, values }) => ({
    panel: `${row}, ${column}`,
    xs: places(width),
    ys: places(height),
    values,
  }));
  const { name, title, caption } = words;
  return { name, title, caption, kind: 'vega-lite', spec, pixels: tables };
}

/** Values in [−1, 1], the largest at one of the ends. */
function scaled(values: ArrayLike<number>): Float64Array {
  const most = Array.from(values).reduce((a, b) => Math.max(a, Math.abs(b)), 0) || 1;
  return Float64Array.from(values, (value) => value / most);
}
