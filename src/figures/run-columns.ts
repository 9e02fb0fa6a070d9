import type { FlowProblem, FlowRun } from '../experiments/index.js';
import { pointAt, type FlowPoint } from '../flows/index.js';
import { objective } from '../losses/index.js';
import { powerOfTen } from './numbers.js';

/** Columns and words that several figures read off a run. */

const ACTIVATIONS = { relu: 'ReLU', 'squared-relu': 'squared ReLU' } as const;
const PLACES: Record<string, string> = { planar: 'plane', images: 'images' };

/** A problem in a legend: its activation and its data. */
export function nameOf({ name, activation }: FlowProblem): string {
  const place = PLACES[name.split(' ')[0]];
  return place === undefined ? name : `${ACTIVATIONS[activation]}, ${place}`;
}

/** A problem's colour, the same in every figure. */
export function placeInPalette(problem: FlowProblem): number {
  const known = ['squared ReLU, plane', 'ReLU, plane', 'squared ReLU, images', 'ReLU, images'];
  const place = known.indexOf(nameOf(problem));
  return place < 0 ? known.length : place;
}

/** Whether a run's data can be drawn as points of the plane. */
export function isPlanar({ problem }: FlowRun): boolean {
  return problem.name.startsWith('planar');
}

/** A moment of a run and what to call it. */
export interface Moment {
  readonly label: string;
  readonly direction: Float64Array;
  readonly margin: number;
}

/** The run at its separation, where it has one, at the powers of ten given, and its limit. */
export function momentsOf(run: FlowRun, exponents: readonly number[]): Moment[] {
  const at = (label: string, point: FlowPoint): Moment => ({
    label,
    direction: point.direction,
    margin: point.smallestMargin,
  });
  const separated = run.result.marks.find(({ name }) => name === 'separation');
  const { limit } = run.certificate;
  return [
    ...(separated ? [at('separation', separated.point)] : []),
    ...exponents.flatMap((exponent) => {
      const near = (point: FlowPoint) => Math.abs(Math.log10(point.alpha) - exponent) < 1e-3;
      const point = run.decadePoints.find(near);
      return point ? [at(`α = ${powerOfTen(exponent)}`, point)] : [];
    }),
    { label: 'limit', direction: limit.direction, margin: limit.margin },
  ];
}

/** Normalized margins of the training data at a direction. */
export function marginsAt({ problem }: FlowRun, direction: Float64Array): Float64Array {
  return problem.objective.margins(direction).slice();
}

/** Share of the test data that are misclassified, one number for each row of the run's measurements. */
export function testError({ problem, result, measurements }: FlowRun): number[] | undefined {
  if (problem.test === undefined) return undefined;
  const { network, loss } = problem.objective;
  const { inputs, labels } = problem.test;
  const held = objective(network, inputs, labels, loss);
  return measurements.rows.map((row) => {
    const margins = held.margins(pointAt(result.trajectory, row).direction);
    return margins.filter((margin) => !(margin > 0)).length / margins.length;
  });
}

/** 1 − cos of angles, to full relative accuracy. */
export function oneMinusCosine(angles: Float64Array): Float64Array {
  return angles.map((angle) => 2 * Math.sin(angle / 2) ** 2);
}
