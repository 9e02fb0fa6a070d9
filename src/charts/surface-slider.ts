import type { Dataset } from '../datasets/index.js';
import type { PlaneScores } from '../metrics/index.js';
import { powerOfTen, rounded } from '../text/numbers.js';
import type { Figure } from './figure.js';
import { heading, type Wording } from './line-chart.js';
import { contour, type Grid } from './contours.js';
import {
  coordinate,
  HATCHED,
  pointsOfPlane,
  scoreLegend,
  strongest,
  topRowFirst,
} from './plane-parts.js';
import { rasterAddress } from './raster.js';
import { INK, SOFT_INK } from './style.js';

const SIZE = 235;

/** What a notebook can hold and a browser redraws at once, in characters of JSON. */
const MOST_CHARACTERS = 1_000_000;

/** One place of the slider. */
export interface SliderMoment {
  /** α = ℓ⁻¹(𝓛), positive. */
  readonly alpha: number;
  /** p_i / ‖θ‖^L of each example, in the order of the data set. */
  readonly margins: ArrayLike<number>;
}

/**
 * The map of Φ(x; θ/‖θ‖) over the plane with a slider for α, and beside it every example's normalized
 * margin. The slider is part of the Vega-Lite specification and asks nothing of a kernel. `scores` and
 * `moments` belong together, in the order of α. Throws a sentence where they do not, or where the figure
 * would hold more than a million characters.
 */
export function surfaceSlider(
  words: Wording,
  data: Dataset,
  scores: PlaneScores,
  moments: readonly SliderMoment[],
): Figure {
  const { frame, moments: maps } = scores;
  if (maps.length !== moments.length || maps.length === 0) {
    throw new Error(
      `surfaceSlider: ${maps.length} maps and ${moments.length} moments; expected one of each for every place of the slider.`,
    );
  }
  const caption = `${words.caption} ${HATCHED}`;
  const axes = { x: coordinate('x', frame.x, 'x₁'), y: coordinate('y', frame.y, 'x₂') };
  const spec = {
    ...heading(words, caption),
    params: [slider(moments)],
    spacing: 30,
    hconcat: [
      {
        width: SIZE,
        height: SIZE,
        layer: [
          moving(
            moments.map(({ alpha }, k) => ({ k, text: momentInWords(alpha) })),
            {
              mark: { type: 'text', align: 'left', baseline: 'bottom', fontSize: 13 },
              encoding: { x: { value: 0 }, y: { value: -8 }, text: { field: 'text' } },
            },
          ),
          ...pictures(maps.map(({ pixels }) => pixels)),
          border(
            maps.map(({ crossings }) => crossings),
            axes,
          ),
          pointsOfPlane(data, axes, 55),
        ],
      },
      { width: SIZE, height: SIZE, layer: marginLayers(data, moments) },
    ],
    resolve: { scale: { color: 'independent', shape: 'shared', fill: 'shared' } },
  };
  const size = JSON.stringify(spec).length;
  if (size > MOST_CHARACTERS) {
    throw new Error(
      `surfaceSlider: ${moments.length} places make ${size} characters, more than ${MOST_CHARACTERS}; expected fewer places.`,
    );
  }
  const { name, title } = words;
  return { name, title, caption, kind: 'vega-lite', spec };
}

/** The places are counted from 0: log₁₀ α need not be evenly spaced. */
function slider(moments: readonly SliderMoment[]): object {
  const [first, last] = [moments[0], moments[moments.length - 1]].map(({ alpha }) =>
    powerInWords(alpha),
  );
  return {
    name: 'place',
    value: 0,
    bind: {
      input: 'range',
      min: 0,
      max: moments.length - 1,
      step: 1,
      name: `Slide: α from ${first} to ${last} `,
    },
  };
}

/** A layer of which the rows of the slider's place are shown. */
function moving(values: readonly object[], { mark, encoding }: { mark: object; encoding: object }) {
  return { data: { values }, transform: [{ filter: 'datum.k === place' }], mark, encoding };
}

function momentInWords(alpha: number): string {
  return `α = ${powerInWords(alpha)}, loss about ${lossInWords(alpha)}`;
}

/** 10³ where it is a power of ten, 5.6 × 10³ where it is not. */
function powerInWords(alpha: number): string {
  const exponent = Math.floor(Math.log10(alpha) + 1e-6);
  const mantissa = rounded(alpha / 10 ** exponent, 2);
  const power = powerOfTen(exponent);
  if (mantissa === 1) return power;
  return exponent < 3 && exponent > -2 ? String(rounded(alpha, 2)) : `${mantissa} × ${power}`;
}

/** e^{−α}, in the powers of ten that a reader can take in. */
function lossInWords(alpha: number): string {
  if (alpha < 3) return String(rounded(Math.log1p(Math.exp(-alpha)), 2));
  return powerOfTen(-Math.round(alpha / Math.LN10));
}

/** One picture for each place, all in the same colours, and their legend. */
function pictures(grids: readonly Grid[]): object[] {
  const most = rounded(strongest(grids.map(({ values }) => values)));
  const values = grids.map((grid, k) => ({
    k,
    url: rasterAddress(
      topRowFirst(grid).map((value) => value / most),
      grid.xs.length,
      grid.ys.length,
    ),
  }));
  const image = {
    type: 'image',
    width: SIZE,
    height: SIZE,
    align: 'left',
    baseline: 'top',
    aspect: false,
  };
  const encoding = { url: { field: 'url', type: 'nominal' }, x: { value: 0 }, y: { value: 0 } };
  return [moving(values, { mark: image, encoding }), scoreLegend(most)];
}

/** The line where the network changes its mind, at each place. */
function border(grids: readonly Grid[], axes: { readonly x: object; readonly y: object }): object {
  const values = grids.flatMap((grid, k) =>
    contour(grid, 0).flatMap((curve, line) =>
      thinned(curve).map((at, order) => ({
        k,
        x: rounded(at.x, 3),
        y: rounded(at.y, 3),
        line,
        order,
      })),
    ),
  );
  return moving(values, {
    mark: { type: 'line', color: INK, strokeWidth: 1.8 },
    encoding: {
      ...axes,
      detail: { field: 'line', type: 'nominal' },
      order: { field: 'order', type: 'quantitative' },
    },
  });
}

/** Every second point and the last: the curves are smooth at this size. */
function thinned<T>(curve: readonly T[]): T[] {
  return curve.filter((_, k) => k % 2 === 0 || k === curve.length - 1);
}

/** The margins from the smallest to the largest, on an axis that all places share. */
function marginLayers({ labels }: Dataset, moments: readonly SliderMoment[]): object[] {
  const values = moments.flatMap(({ margins }, k) =>
    Array.from(margins, (margin, i) => ({
      k,
      margin: rounded(margin, 4),
      label: labels[i] > 0 ? 'y = +1' : 'y = −1',
    }))
      .sort((a, b) => a.margin - b.margin)
      .map((row, rank) => ({ ...row, rank: rank + 1 })),
  );
  const all = values.map(({ margin }) => margin);
  const domain = [Math.min(0, ...all), Math.max(...all)];
  const x = {
    field: 'margin',
    type: 'quantitative',
    scale: { domain, nice: true },
    axis: { title: 'normalized margin p/‖θ‖ᴸ (no unit)', tickCount: 5 },
  };
  const y = {
    field: 'rank',
    type: 'quantitative',
    scale: { domain: [0.5, labels.length + 0.5], nice: false, zero: false },
    axis: { title: 'examples by their margin', tickCount: 5, grid: false },
  };
  const least = moments.map(({ margins }, k) => ({
    k,
    margin: rounded(Math.min(...Array.from(margins)), 4),
  }));
  const classes = ['y = +1', 'y = −1'];
  return [
    moving(least, {
      mark: { type: 'rule', color: SOFT_INK, strokeDash: [4, 3] },
      encoding: { x },
    }),
    moving(values, {
      mark: { type: 'point', filled: true, size: 50, opacity: 1 },
      encoding: {
        x,
        y,
        shape: {
          field: 'label',
          type: 'nominal',
          scale: { domain: classes, range: ['triangle-up', 'circle'] },
          legend: { title: null, orient: 'right' },
        },
        fill: {
          field: 'label',
          type: 'nominal',
          scale: { domain: classes, range: ['#8c3b00', '#08306b'] },
          legend: { title: null, orient: 'right' },
        },
      },
    }),
  ];
}
