import type { Dataset } from '../datasets/index.js';
import { evaluator, type Network } from '../networks/index.js';

/** Values on a grid: columns × rows numbers, row by row, at xs[column], ys[row]. */
export interface Grid {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly values: Float64Array;
}

/** A network's scores over the plane at some moments, to be drawn. */
export interface PlaneScores {
  /** The part of the plane: the data with some room around them. */
  readonly frame: Frame;
  readonly moments: readonly SurfaceScores[];
}

/** What a network computes over the plane at one moment. */
export interface SurfaceScores {
  readonly title: string;
  /** The smallest normalized margin there. */
  readonly margin: number;
  /** At the middles of PIXELS × PIXELS pixels. */
  readonly pixels: Grid;
  /** At the crossings of a grid that reaches the frame's edge, for level lines. */
  readonly crossings: Grid;
}

/** A moment that is to be drawn. */
export interface SurfaceMoment {
  readonly title: string;
  /** θ/‖θ‖. */
  readonly direction: Float64Array;
  /** The smallest normalized margin there; where it is positive, its level lines are drawn. */
  readonly margin: number;
  /** What is drawn in place of the network's scores at the direction, for inputs row by row. */
  readonly scores?: (inputs: Float64Array) => Float64Array;
}

/** The part of the plane that is drawn. */
export interface Frame {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** Pixels along a side of the picture, and points along a side of the grid for level lines. */
const PIXELS = 100;
const CROSSINGS = 81;

/**
 * Φ(x; θ/‖θ‖) over the plane for each moment: at 100×100 pixels, and at 81×81 crossings for level lines, in
 * a frame a little larger than the data. The data have two coordinates, or two and a constant one. Throws a
 * sentence for others.
 */
export function planeScores(
  network: Network,
  data: Dataset,
  moments: readonly SurfaceMoment[],
): PlaneScores {
  const frame = frameOf(data);
  // A pixel shows the score at its middle; the grid of the level lines reaches the edge.
  const pixels = scorer(network, data, frame, { steps: PIXELS, inset: 0.5 });
  const crossings = scorer(network, data, frame, { steps: CROSSINGS, inset: 0 });
  return {
    frame,
    moments: moments.map((moment) => ({
      title: moment.title,
      margin: moment.margin,
      pixels: pixels(moment),
      crossings: crossings(moment),
    })),
  };
}

/** Whether data lie in the plane: two coordinates, or two and a constant one. */
export function liesInPlane({ inputs, dimension, examples }: Dataset): boolean {
  return dimension === 2 || (dimension === 3 && hasConstant(inputs, examples));
}

function frameOf(data: Dataset): Frame {
  const { inputs, dimension, examples } = data;
  if (!liesInPlane(data)) {
    throw new Error(
      `A prediction surface needs data in the plane; these have ${dimension} inputs.`,
    );
  }
  const range = (axis: number): [number, number] => {
    const values = Array.from({ length: examples }, (_, i) => inputs[i * dimension + axis]);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const room = 0.08 * (high - low);
    return [rounded(low - room), rounded(high + room)];
  };
  return { x: range(0), y: range(1) };
}

/** A frame of few digits keeps what is drawn from it short. */
function rounded(value: number): number {
  return Number(value.toPrecision(6));
}

function hasConstant(inputs: Float64Array, examples: number): boolean {
  return Array.from({ length: examples }, (_, i) => inputs[3 * i + 2]).every(
    (value) => value === inputs[2],
  );
}

/** steps × steps points, the outermost `inset` steps within the frame's edge. */
interface Sampling {
  readonly steps: number;
  readonly inset: number;
}

/** The scores of a moment on a grid over the frame. */
function scorer(
  network: Network,
  data: Dataset,
  frame: Frame,
  { steps, inset }: Sampling,
): (moment: SurfaceMoment) => Grid {
  const places = ([low, high]: readonly [number, number]) =>
    Array.from(
      { length: steps },
      (_, k) => low + ((k + inset) / (steps - 1 + 2 * inset)) * (high - low),
    );
  const [xs, ys] = [places(frame.x), places(frame.y)];
  const { dimension } = data;
  const inputs = new Float64Array(steps * steps * dimension);
  ys.forEach((y, j) => {
    xs.forEach((x, i) => {
      const at = (j * steps + i) * dimension;
      inputs[at] = x;
      inputs[at + 1] = y;
      if (dimension === 3) inputs[at + 2] = data.inputs[2];
    });
  });
  const engine = evaluator(network, inputs);
  return ({ direction, scores }: SurfaceMoment): Grid => ({
    xs,
    ys,
    values: scores ? scores(inputs) : engine.outputs(direction).slice(),
  });
}
