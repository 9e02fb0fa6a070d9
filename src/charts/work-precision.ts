import type { Axis } from './axis.js';
import type { Figure } from './figure.js';
import type { Series } from './plot.js';
import { lineChartPanels } from './panels.js';

/** One run of a solver at one tolerance, against a reference. */
export interface WorkPoint {
  readonly tolerance: number;
  readonly evaluations: number;
  readonly seconds: number;
  /** Distance of the direction from the reference. */
  readonly directionError: number;
  /** Error of log t; undefined where the solver has no time. */
  readonly logTimeError?: number;
}

/** The runs of one solver at several tolerances. */
export interface WorkSeries {
  readonly name: string;
  readonly points: readonly WorkPoint[];
}

const log = (title: string, symbol: string): Axis => ({ title, symbol, scale: 'log' });
const ERROR = log('error of the direction', 'error');

/**
 * Work–precision diagrams: whether the error follows the tolerance, and what a smaller one costs, in
 * evaluations and in time.
 */
export function workPrecisionFigure(solvers: readonly WorkSeries[], alpha: string): Figure {
  const curves = (
    x: (point: WorkPoint) => number,
    y: (point: WorkPoint) => number | undefined,
  ): Series[] =>
    solvers.map(({ name, points }, k) => {
      const drawn = points.filter((point) => y(point) !== undefined);
      const sorted = drawn.sort((a, b) => x(a) - x(b));
      const columns = { x: sorted.map(x), y: sorted.map((point) => y(point)!) };
      return { name, ...columns, color: k, dash: k, points: true };
    });
  const direction = (point: WorkPoint) => point.directionError;
  const withTime = ({ points }: WorkSeries) =>
    points.some((point) => point.logTimeError !== undefined);
  const logTime = curves(
    ({ tolerance }) => tolerance,
    (point) => point.logTimeError,
  ).filter((_, k) => withTime(solvers[k]));
  return lineChartPanels(
    {
      name: 'work-precision',
      title: `Work and precision at α = ${alpha}`,
      caption:
        'Every point is a whole run at one tolerance. The error falls with the tolerance, so that the ' +
        'estimates of the steps mean something; a digit more costs little.',
    },
    [
      {
        title: 'The error follows the tolerance',
        x: log('tolerance', 'tolerance'),
        y: ERROR,
        series: curves(({ tolerance }) => tolerance, direction),
      },
      {
        title: 'Work',
        x: ERROR,
        y: log('evaluations of the gradient', 'evaluations'),
        series: curves(direction, ({ evaluations }) => evaluations),
      },
      {
        title: 'Time',
        x: ERROR,
        y: log('seconds', 'time'),
        series: curves(direction, ({ seconds }) => seconds),
      },
      {
        title: 'The error of the time',
        x: log('tolerance', 'tolerance'),
        y: log('error of log t', 'error'),
        series: logTime,
      },
    ],
  );
}
