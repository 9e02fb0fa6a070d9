import { powerOfTen } from '../../text/numbers.js';
import type { Series } from '../../charts/index.js';
import type { FlowPoint } from '../../flows/index.js';
import type { FlowRecord, ProblemRecord } from '../../records/index.js';

/** Columns and words that several figures read off a run. */

const ACTIVATIONS: Readonly<Record<string, string>> = {
  relu: 'ReLU',
  'squared-relu': 'squared ReLU',
};
const PLACES: Record<string, string> = { planar: 'plane', images: 'images' };

/** A problem in a legend: its activation and its data. */
export function nameOf({ name, activation }: ProblemRecord): string {
  const place = PLACES[name.split(' ')[0]];
  return place === undefined ? name : `${ACTIVATIONS[activation] ?? activation}, ${place}`;
}

/** A problem's colour, the same in every figure. */
export function placeInPalette(problem: ProblemRecord): number {
  const known = ['squared ReLU, plane', 'ReLU, plane', 'squared ReLU, images', 'ReLU, images'];
  const place = known.indexOf(nameOf(problem));
  return place < 0 ? known.length : place;
}

/** A curve of a run, called after its problem and in its colour. */
export function seriesOf(
  { problem }: FlowRecord,
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  name = nameOf(problem),
): Series {
  const place = placeInPalette(problem);
  return { name, x, y, color: place, dash: place };
}

/** Whether a run's data can be drawn as points of the plane. */
export function isPlanar({ problem }: FlowRecord): boolean {
  return problem.name.startsWith('planar');
}

/** The margin distribution at one moment of a run, and what to call it. */
export interface MarginMoment {
  readonly label: string;
  readonly margins: Float64Array;
}

/** The run at its separation, where it has one, at the powers of ten given, and its limit. */
export function marginMoments(run: FlowRecord, exponents: readonly number[]): MarginMoment[] {
  const { separationMargins, decadePoints, decadeMeasures, limitMargins } = run;
  return [
    ...(separationMargins ? [{ label: 'separation', margins: separationMargins }] : []),
    ...exponents.flatMap((exponent) => {
      const near = (point: FlowPoint) => Math.abs(Math.log10(point.alpha) - exponent) < 1e-3;
      const k = decadePoints.findIndex(near);
      const label = `α = ${powerOfTen(exponent)}`;
      return k < 0 ? [] : [{ label, margins: decadeMeasures[k].margins }];
    }),
    { label: 'limit', margins: limitMargins },
  ];
}

/** Normalized margins of the training data at a row. */
export function marginsAt({ margins, problem }: FlowRecord, row: number): Float64Array {
  const { examples } = problem.data;
  return margins.subarray(row * examples, (row + 1) * examples);
}

/** 1 − cos of angles, to full relative accuracy. */
export function oneMinusCosine(angles: Float64Array): Float64Array {
  return angles.map((angle) => 2 * Math.sin(angle / 2) ** 2);
}
