import type { Dataset } from '../datasets/index.js';
import type { Grid } from './contours.js';
import { readable, rounded } from '../text/numbers.js';
import { divergingRange } from './raster.js';

/** What drawings of scores over the plane are made of. */

/** The position channels of one panel. */
export interface PlaneAxes {
  readonly x: object;
  readonly y: object;
}

/** What captions of maps end with. */
export const HATCHED = 'Scores are negative where the map is hatched.';

/** The score that the strongest colour stands for: nine tenths of all are weaker. */
export function strongest(maps: readonly ArrayLike<number>[]): number {
  const sizes = maps.flatMap((map) => Array.from(map, Math.abs)).sort((a, b) => a - b);
  return sizes[Math.floor(0.9 * (sizes.length - 1))] || 1;
}

/** A position channel over part of the plane; without a title it has no axis. */
export function coordinate(
  field: string,
  domain: readonly [number, number],
  title: string | null,
): object {
  const axis = title === null ? null : { title, tickCount: 5, grid: false, zindex: 1 };
  return { field, type: 'quantitative', scale: { domain, nice: false, zero: false }, axis };
}

/** The values of a grid as a picture has them: its top row first. */
export function topRowFirst({ xs, ys, values }: Grid): number[] {
  const [width, height] = [xs.length, ys.length];
  return Array.from({ length: width * height }, (_, k) => {
    const row = height - 1 - Math.floor(k / width);
    return values[row * width + (k % width)];
  });
}

/** An invisible point, to which the legend of a picture's colours belongs. */
export function scoreLegend(
  most: number,
  title = 'Φ(x; θ/‖θ‖)',
): {
  readonly data: object;
  readonly mark: object;
  readonly encoding: object;
} {
  return {
    data: { values: [{ score: 0 }] },
    mark: { type: 'point', opacity: 0 },
    encoding: {
      x: { value: 0 },
      y: { value: 0 },
      color: {
        field: 'score',
        type: 'quantitative',
        scale: { domain: [-most, most], range: divergingRange(9) },
        legend: {
          title,
          orient: 'right',
          gradientLength: 130,
          gradientThickness: 12,
          values: [-most, 0, most],
          labelExpr: `datum.value === 0 ? '0' : datum.value < 0 ? '−${readable(most, 2)}' : '${readable(most, 2)}'`,
          gradientOpacity: 1,
        },
      },
    },
  };
}

/** The training points: triangles and circles, of `size` square pixels. */
export function pointsOfPlane(
  { inputs, labels, dimension }: Dataset,
  axes: PlaneAxes,
  size = 34,
): object {
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
      size,
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
