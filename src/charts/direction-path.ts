import type { Trajectory } from '../flows/index.js';
import { directionAt } from '../metrics/paths.js';
import type { Figure, PlotlySpec } from './figure.js';
import { powerOfTen, rounded, roundedAll } from '../text/numbers.js';
import { spherePath, type Triple } from './path-coordinates.js';
import { pathRows } from './path-rows.js';
import type { Wording } from './line-chart.js';
import { TILT } from './sphere-view.js';
import { EARLY_TO_LATE, FONT, INK, PALETTE } from './style.js';

/** A direction's path in α, drawn on the sphere. */
export interface DirectionPath {
  readonly points: readonly Triple[];
  readonly alpha: readonly number[];
  readonly kept: number;
  /** Where α is a power of ten, from 1 on. */
  readonly decades: readonly { exponent: number; point: Triple }[];
}

/**
 * The path θ/‖θ‖ of a run, on a sphere whose pole is the limit: its points, evenly along the path, with α at each.
 * `limit` is a direction of the same length as θ; it need not have norm 1.
 */
export function directionPath(trajectory: Trajectory, limit: Float64Array): DirectionPath {
  const { rows, decades } = pathRows(trajectory);
  const directions = rows.map((row) => directionAt(trajectory, row));
  const { points, kept } = spherePath(directions, limit);
  return {
    points: points.map((point) => roundedAll(point) as unknown as Triple),
    alpha: rows.map((row) => rounded(trajectory.alpha[row])),
    kept,
    decades: decades.map(({ exponent, place }) => ({
      exponent,
      point: roundedAll(points[place]) as unknown as Triple,
    })),
  };
}

/** log₁₀ α for the colour; everything before α = 0.1 has the first one. */
export function colorPlace(alpha: number): number {
  return rounded(Math.log10(Math.max(alpha, 0.1)));
}

/** The path as an interactive drawing. */
export function directionPathFigure(words: Wording, path: DirectionPath, twin?: Figure): Figure {
  const { name, title, caption } = words;
  const spec: PlotlySpec = {
    data: [ball(), ...wireframe(), track(path), ...markers(path)],
    layout: {
      // As wide as the page, however narrow.
      autosize: true,
      height: 560,
      title: { text: title, font: { size: 15, color: INK }, x: 0.02, xanchor: 'left' },
      font: { family: FONT, size: 12, color: INK },
      paper_bgcolor: '#ffffff',
      margin: { l: 0, r: 0, t: 40, b: 0 },
      showlegend: true,
      legend: { orientation: 'h', x: 0.02, y: 0.02, yanchor: 'bottom' },
      scene: {
        aspectmode: 'manual',
        aspectratio: { x: 1.75, y: 1.75, z: 1.75 },
        camera: cameraOn(path.points[0]),
        xaxis: hiddenAxis(),
        yaxis: hiddenAxis(),
        zaxis: hiddenAxis(),
      },
    },
  };
  return { name, title, caption, kind: 'plotly', spec, twin };
}

/** The view from which the twin on paper is drawn: the limit above the middle. */
function cameraOn(start: Triple): object {
  const turn = Math.atan2(start[2], start[1]);
  const distance = 1.5;
  const across = distance * Math.sin(TILT);
  return {
    eye: {
      x: rounded(distance * Math.cos(TILT)),
      y: rounded(across * Math.cos(turn)),
      z: rounded(across * Math.sin(turn)),
    },
    up: { x: 1, y: 0, z: 0 },
    center: { x: 0, y: 0, z: 0 },
    projection: { type: 'orthographic' },
  };
}

function hiddenAxis(): object {
  return { visible: false, range: [-1.05, 1.05], showspikes: false };
}

function columns(points: readonly Triple[]): { x: number[]; y: number[]; z: number[] } {
  const column = (axis: 0 | 1 | 2) => points.map((point) => rounded(point[axis]));
  return { x: column(0), y: column(1), z: column(2) };
}

/** The path, coloured by log₁₀ α. */
function track(path: DirectionPath): object {
  const color = path.alpha.map(colorPlace);
  const exponents = Array.from(
    { length: Math.floor(Math.max(...color) + 1e-6) + 2 },
    (_, k) => k - 1,
  );
  return {
    type: 'scatter3d',
    mode: 'lines',
    name: 'path of θ/‖θ‖',
    showlegend: false,
    ...columns(path.points),
    customdata: path.alpha,
    hovertemplate: 'α = %{customdata:.3g}<extra></extra>',
    line: {
      width: 7,
      color,
      colorscale: EARLY_TO_LATE.map((tone, k) => [k / (EARLY_TO_LATE.length - 1), tone]),
      colorbar: {
        title: { text: 'α', side: 'top' },
        tickvals: exponents,
        ticktext: exponents.map((k) => (k === -1 ? '≤ 0.1' : powerOfTen(k))),
        thickness: 12,
        len: 0.6,
      },
    },
  };
}

function markers(path: DirectionPath): object[] {
  const marker = (name: string, point: Triple, style: object) => ({
    type: 'scatter3d',
    mode: 'markers',
    name,
    ...columns([point]),
    hovertemplate: `${name}<extra></extra>`,
    marker: style,
  });
  return [
    marker('start', path.points[0], { size: 5, symbol: 'circle', color: EARLY_TO_LATE[0] }),
    marker('limit', [1, 0, 0], { size: 5, symbol: 'diamond', color: PALETTE[1] }),
  ];
}

const SMOOTHNESS = 48;

/** The sphere itself, so faint that the far side shows through. */
function ball(): object {
  const angles = Array.from({ length: 13 }, (_, k) => (Math.PI * k) / 12);
  const turns = Array.from({ length: 25 }, (_, k) => (2 * Math.PI * k) / 24);
  const grid = (at: (angle: number, turn: number) => number) =>
    angles.map((angle) => turns.map((turn) => rounded(0.99 * at(angle, turn))));
  return {
    type: 'surface',
    x: grid((angle) => Math.cos(angle)),
    y: grid((angle, turn) => Math.sin(angle) * Math.cos(turn)),
    z: grid((angle, turn) => Math.sin(angle) * Math.sin(turn)),
    opacity: 0.25,
    lighting: { ambient: 1, diffuse: 0, specular: 0 },
    showscale: false,
    hoverinfo: 'skip',
    colorscale: [
      [0, '#eef1f5'],
      [1, '#eef1f5'],
    ],
  };
}

/** Meridians through the limit and circles of equal angle to it. */
function wireframe(): object[] {
  const circle = (at: (turn: number) => Triple) =>
    Array.from({ length: SMOOTHNESS + 1 }, (_, k) => at((2 * Math.PI * k) / SMOOTHNESS));
  const meridians = [0, 30, 60, 90, 120, 150].map((degrees) => {
    const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    return circle((turn) => [Math.cos(turn), c * Math.sin(turn), s * Math.sin(turn)]);
  });
  const parallels = [30, 60, 90, 120, 150].map((degrees) => {
    const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    return circle((turn) => [c, s * Math.cos(turn), s * Math.sin(turn)]);
  });
  return [...meridians, ...parallels].map((points) => ({
    type: 'scatter3d',
    mode: 'lines',
    ...columns(points),
    showlegend: false,
    hoverinfo: 'skip',
    line: { width: 2, color: '#bdbdbd' },
  }));
}
