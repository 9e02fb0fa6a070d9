import type { Dataset } from '../datasets/index.js';
import { evaluator, type Network } from '../networks/index.js';
import type { Grid } from './contours.js';
import { rounded } from './numbers.js';

/** The part of the plane that is drawn. */
interface Frame {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** The data with some room around them. Throws a sentence where they do not lie in the plane. */
export function frameOf({ inputs, dimension, examples }: Dataset): Frame {
  if (dimension !== 2 && !(dimension === 3 && hasConstant(inputs, examples))) {
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

function hasConstant(inputs: Float64Array, examples: number): boolean {
  return Array.from({ length: examples }, (_, i) => inputs[3 * i + 2]).every(
    (value) => value === inputs[2],
  );
}

/** steps × steps points, the outermost `inset` steps within the frame's edge. */
export interface Sampling {
  readonly steps: number;
  readonly inset: number;
}

/** The network's scores on a grid over the frame, as a function of its parameters. */
export function scorer(
  network: Network,
  data: Dataset,
  frame: Frame,
  { steps, inset }: Sampling,
): (direction: Float64Array) => Grid {
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
  return (direction: Float64Array): Grid => ({ xs, ys, values: engine.outputs(direction).slice() });
}
