import { colorPlace, type DirectionPath } from './direction-path.js';
import type { Figure } from './figure.js';
import { heading, type Wording } from './line-chart.js';
import { powerOfTen, rounded } from '../text/numbers.js';
import { panelTitle } from './panels.js';
import { viewFrom, wireframe, type View, type Window } from './sphere-view.js';
import { EARLY_TO_LATE, INK, PALETTE, SOFT_INK } from './style.js';

const SIZE = 255;

/**
 * The path drawn on paper: the sphere seen from afar, and beside it a close-up around the limit for
 * what happens from α = 1 on.
 */
export function directionPathProjected(words: Wording, path: DirectionPath): Figure {
  const view = viewFrom(path.points[0]);
  const panel = (title: string, window: Window, labels: boolean) => ({
    width: SIZE,
    height: SIZE,
    view: { stroke: labels ? SOFT_INK : null },
    layer: [panelTitle(title), ...panelLayers(path, view, window, labels)],
  });
  const spec = {
    ...heading(words, words.caption),
    spacing: 28,
    hconcat: [
      panel('the whole path', { x: 0, y: 0, half: 1.03 }, false),
      panel('close-up from α = 1 on', lateWindow(path, view), true),
    ],
    resolve: { scale: { color: 'shared' } },
  };
  const { name, title, caption } = words;
  return { name, title, caption, kind: 'vega-lite', spec };
}

/** A square around the limit and everything from α = 1 on. */
function lateWindow(path: DirectionPath, view: View): Window {
  const late = [
    view([1, 0, 0]),
    ...path.points.filter((_, k) => path.alpha[k] >= 0.999).map(view),
    ...path.decades.map(({ point }) => view(point)),
  ];
  const range = (values: number[]) => [Math.min(...values), Math.max(...values)];
  const [left, right] = range(late.map(({ x }) => x));
  const [bottom, top] = range(late.map(({ y }) => y));
  const half = 0.6 * Math.max(right - left, top - bottom, 0.02);
  return { x: (left + right) / 2, y: (bottom + top) / 2, half };
}

function panelLayers(path: DirectionPath, view: View, window: Window, labels: boolean): object[] {
  const position = {
    x: coordinate('x', window.x, window.half),
    y: coordinate('y', window.y, window.half),
  };
  return [
    {
      data: { values: wireframe(view, window, labels ? 5 : 30) },
      mark: { type: 'line', color: '#c4c4c4', strokeWidth: 0.8, clip: true },
      encoding: {
        ...position,
        detail: { field: 'curve', type: 'nominal' },
        order: { field: 'k', type: 'quantitative' },
      },
    },
    track(path, view, position),
    ...(labels ? decadeLayers(path, view, window, position) : []),
    ...endLayers(path, view, position, labels),
  ];
}

function coordinate(field: 'x' | 'y', middle: number, half: number): object {
  const domain = [rounded(middle - half), rounded(middle + half)];
  return { field, type: 'quantitative', scale: { domain, nice: false, zero: false }, axis: null };
}

/** The path as short segments, each in the colour of its log₁₀ α. */
function track(path: DirectionPath, view: View, position: { x: object; y: object }): object {
  const places = path.points.map(view);
  const values = places.slice(1).map((to, k) => ({
    x: places[k].x,
    y: places[k].y,
    x2: to.x,
    y2: to.y,
    decade: colorPlace(path.alpha[k + 1]),
  }));
  const last = Math.floor(Math.max(...values.map(({ decade }) => decade)) + 1e-6);
  const ticks = Array.from({ length: last + 2 }, (_, k) => k - 1);
  const table = Object.fromEntries(
    ticks.map((k) => [String(k), k === -1 ? '≤ 0.1' : powerOfTen(k)]),
  );
  return {
    data: { values },
    mark: { type: 'rule', strokeWidth: 3, strokeCap: 'round', clip: true },
    encoding: {
      ...position,
      x2: { field: 'x2' },
      y2: { field: 'y2' },
      color: {
        field: 'decade',
        type: 'quantitative',
        scale: { domain: [-1, last], range: EARLY_TO_LATE },
        legend: {
          title: 'α',
          orient: 'right',
          gradientLength: 180,
          gradientThickness: 12,
          values: ticks,
          labelExpr: `${JSON.stringify(table)}[datum.value] || ''`,
        },
      },
    },
  };
}

/** A dot at every power of ten, and its label beside the path where there is room. */
function decadeLayers(
  path: DirectionPath,
  view: View,
  window: Window,
  position: { x: object; y: object },
): object[] {
  const dots = path.decades.map(({ exponent, point }) => ({ ...view(point), exponent }));
  const limit = view([1, 0, 0]);
  const labels: { x: number; y: number; label: string }[] = [];
  dots.forEach(({ x, y, exponent }, k) => {
    const next = dots[k + 1] ?? limit;
    const length = Math.hypot(next.x - x, next.y - y);
    if (length < 0.12 * window.half) return;
    // Beside the dot, to the right of the way ahead.
    const away = (0.09 * window.half) / length;
    const label = powerOfTen(exponent);
    labels.push({
      x: rounded(x + away * (next.y - y)),
      y: rounded(y - away * (next.x - x)),
      label: labels.length === 0 ? `α = ${label}` : label,
    });
  });
  return [
    {
      data: { values: dots.map(({ x, y }) => ({ x, y })) },
      mark: { type: 'point', filled: true, size: 26, color: INK, opacity: 1, clip: true },
      encoding: position,
    },
    textLayer(labels, position, { align: 'center', baseline: 'middle' }),
  ];
}

function endLayers(
  path: DirectionPath,
  view: View,
  position: { x: object; y: object },
  closeUp: boolean,
): object[] {
  const { x, y } = view(path.points[0]);
  const { x: limitX, y: limitY } = view([1, 0, 0]);
  const dot = (at: object, style: object) => ({
    data: { values: [at] },
    mark: { type: 'point', filled: true, opacity: 1, ...style },
    encoding: position,
  });
  const above = { align: 'center', baseline: 'bottom', dy: -10 };
  const below = { align: 'center', baseline: 'top', dy: 10 };
  const start = [
    dot({ x, y }, { size: 60, color: EARLY_TO_LATE[0] }),
    textLayer([{ x, y, label: 'start' }], position, below),
  ];
  return [
    ...(closeUp ? [] : start),
    dot({ x: limitX, y: limitY }, { shape: 'diamond', size: 90, color: PALETTE[1] }),
    textLayer([{ x: limitX, y: limitY, label: 'limit' }], position, above),
  ];
}

function textLayer(values: object[], position: { x: object; y: object }, style: object): object {
  return {
    data: { values },
    mark: { type: 'text', ...style },
    encoding: { ...position, text: { field: 'label', type: 'nominal' } },
  };
}
