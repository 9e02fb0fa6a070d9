import { rounded } from '../text/numbers.js';
import type { Figure } from './figure.js';
import { heading, type Wording } from './line-chart.js';
import { panelTitle } from './panels.js';
import { colorOf, SOFT_INK } from './style.js';

const SIZE = 245;
const EDGE = 1.08;
const CIRCLE_POINTS = 120;

/** A path within the unit disc. */
export interface DiscPath {
  readonly title: string;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly color: number;
}

/** Half of the sphere seen from above, where paths are curves within the unit disc, one in each panel. */
export function discPaths(
  words: Wording,
  axes: { readonly x: string; readonly y: string },
  paths: readonly DiscPath[],
): Figure {
  const spec = {
    ...heading(words, words.caption),
    columns: 2,
    spacing: 28,
    concat: paths.map((path) => ({
      width: SIZE,
      height: SIZE,
      layer: [
        panelTitle(path.title),
        line(circle(), axes, { color: SOFT_INK, strokeWidth: 1, strokeDash: [3, 3] }),
        line(pointsOf(path), axes, { color: colorOf(path.color), strokeWidth: 2 }),
        dot(pointsOf(path)[0], axes, colorOf(path.color)),
      ],
    })),
  };
  const { name, title, caption } = words;
  return { name, title, caption, kind: 'vega-lite', spec };
}

interface DiscPoint {
  readonly x: number;
  readonly y: number;
  readonly k: number;
}

function pointsOf({ x, y }: DiscPath): DiscPoint[] {
  return Array.from(x, (value, k) => ({ x: rounded(value, 4), y: rounded(y[k], 4), k }));
}

function circle(): DiscPoint[] {
  return Array.from({ length: CIRCLE_POINTS + 1 }, (_, k) => {
    const angle = (2 * Math.PI * k) / CIRCLE_POINTS;
    return { x: rounded(Math.cos(angle), 4), y: rounded(Math.sin(angle), 4), k };
  });
}

function places(axes: { readonly x: string; readonly y: string }): object {
  const place = (field: 'x' | 'y') => ({
    field,
    type: 'quantitative',
    scale: { domain: [-EDGE, EDGE], nice: false, zero: false },
    axis: { title: axes[field], values: [-1, -0.5, 0, 0.5, 1] },
  });
  return { x: place('x'), y: place('y') };
}

function line(values: readonly DiscPoint[], axes: { x: string; y: string }, mark: object): object {
  return {
    data: { values },
    mark: { type: 'line', ...mark },
    encoding: { ...places(axes), order: { field: 'k', type: 'quantitative' } },
  };
}

function dot(start: DiscPoint, axes: { x: string; y: string }, color: string): object {
  return {
    data: { values: [start] },
    mark: { type: 'point', filled: true, size: 60, opacity: 1, color },
    encoding: places(axes),
  };
}
