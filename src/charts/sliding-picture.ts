import { channel, type Axis } from './axis.js';
import type { Figure } from './figure.js';
import { heading } from './line-chart.js';
import { rounded } from '../text/numbers.js';
import { HEIGHT, PALETTE, SOFT_INK, WIDTH } from './style.js';

/** Velocities on the two sides of a kink: along it and across it. They differ across it alone. */
const ALONG = 1;
const OFF = 0.7;
const ON = -1.3;

/** Length of an arrow, as a multiple of the velocity. */
const ARROW = 0.22;

/** The slope with which the velocity stays on the kink: (1 − s)·OFF + s·ON = 0. */
export const picturedSlope = OFF / (OFF - ON);

const X: Axis = { title: 'along the kink (no unit)', symbol: 'x', domain: [0, 4] };
const Z: Axis = {
  title: 'z = w · x (no unit)',
  symbol: 'z',
  domain: [-1, 1],
};

/** The weights of one unit near the kink of one example: both sides push towards it, so it is slid on. */
export function slidingPicture(): Figure {
  const x = channel(X, 'x', []);
  const y = channel(Z, 'y', []);
  const title = 'Sliding: one unit, one example';
  const caption =
    'Arrows: the velocity with the unit off (below) and on (above). Each side sends the weights to the other; ' +
    `on the line z = 0 they follow the mixture of slope ${picturedSlope}, which stays on it.`;
  const from = (height: number, speed: number) => {
    const hit = (-height / speed) * ALONG;
    return [
      { x: 0, y: height },
      { x: rounded(hit), y: 0 },
      { x: 3.8, y: 0 },
    ];
  };
  const starts = [
    { height: -0.9, speed: OFF },
    { height: -0.45, speed: OFF },
    { height: 0.95, speed: ON },
  ];
  const paths = starts.flatMap(({ height, speed }, path) =>
    from(height, speed).map((point) => ({ ...point, path })),
  );
  const line = { type: 'line', clip: true };
  const spec = {
    ...heading({ name: 'sliding', title, caption }, caption),
    width: WIDTH,
    height: HEIGHT,
    layer: [
      {
        data: { values: [{ y: 0 }] },
        mark: { type: 'rule', strokeDash: [3, 3], color: SOFT_INK },
        encoding: { y },
      },
      ...arrowLayers(x, y),
      {
        data: { values: paths },
        mark: { ...line, color: PALETTE[0], strokeWidth: 2.5 },
        encoding: { x, y, detail: { field: 'path', type: 'nominal' } },
      },
      {
        data: { values: [{ x: 3.8, y: 0 }] },
        mark: {
          type: 'point',
          shape: 'triangle-right',
          filled: true,
          size: 160,
          color: PALETTE[0],
          opacity: 1,
        },
        encoding: { x, y },
      },
      words(x, y),
    ],
  };
  return { name: 'relu-sliding-picture', title, caption, kind: 'vega-lite', spec };
}

/** A grid of arrows: short lines with a head at their end. */
function arrowLayers(x: object, y: object): object[] {
  const places = [0.35, 1.05, 1.75, 2.45, 3.15];
  const arrows = [-0.75, -0.35, 0.35, 0.75].flatMap((height) =>
    places.map((place) => {
      const across = height < 0 ? OFF : ON;
      return {
        x: place,
        y: height,
        x2: rounded(place + ARROW * ALONG),
        y2: rounded(height + ARROW * across),
        // Clockwise from the right, on a chart that is not square.
        angle: rounded((-180 / Math.PI) * Math.atan2((across * HEIGHT) / 2, (ALONG * WIDTH) / 4)),
      };
    }),
  );
  const data = { values: arrows };
  const head = { type: 'point', shape: 'triangle-right', filled: true, size: 45, color: SOFT_INK };
  return [
    {
      data,
      mark: { type: 'rule', color: SOFT_INK, strokeWidth: 1.2 },
      encoding: { x, y, x2: { field: 'x2' }, y2: { field: 'y2' } },
    },
    {
      data,
      mark: { ...head, opacity: 1 },
      encoding: {
        x: { ...x, field: 'x2' },
        y: { ...y, field: 'y2' },
        angle: { field: 'angle', type: 'quantitative', scale: null },
      },
    },
  ];
}

function words(x: object, y: object): object {
  const values = [
    { x: 1.05, y: 0.88, text: 'unit on: slope 1' },
    { x: 1.05, y: -0.95, text: 'unit off: slope 0' },
    { x: 2.05, y: -0.14, text: `on the kink: slope ${picturedSlope}` },
  ];
  return {
    data: { values },
    mark: { type: 'text', align: 'left', baseline: 'bottom', fontSize: 12 },
    encoding: { x, y, text: { field: 'text', type: 'nominal' } },
  };
}
