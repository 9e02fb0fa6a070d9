import type { DirectionalConvergenceRecord } from '../claims/index.js';
import type { FlowRun } from '../experiments/index.js';
import type { Axis } from './axis.js';
import { directionPathProjected } from './direction-path-projected.js';
import { directionPath, directionPathFigure } from './direction-path.js';
import { errorFigure } from './error-figure.js';
import type { Figure } from './figure.js';
import { lineChart, type Series } from './line-chart.js';
import { cumulativeMargins } from './margin-curves.js';
import { predictionSurfaces } from './prediction-surface.js';
import { isPlanar, marginsAt, momentsOf, nameOf, placeInPalette } from './run-columns.js';

const ALPHA: Axis = { title: 'α (log scale)', symbol: 'α', scale: 'log', least: 0.1 };
/** The claim's criterion: the least shrinkage per decade that counts as a finite length. */
const SHRINKAGE = 0.8;

/** What Theorem 3.1 says, drawn: the path, its length, and what converges with it. */
export function convergenceFigures(record: DirectionalConvergenceRecord): Figure[] {
  const { flows } = record;
  const planar = flows.filter(isPlanar);
  return [
    ...planar.slice(0, 1).flatMap(pathFigures),
    lengthFigure(record),
    angleFigure(flows),
    distributionFigure(flows),
    errorFigure(flows),
    ...planar.map(surfaceFigure),
  ];
}

/** The path on the sphere, to turn round and on paper. */
export function pathFigures(run: FlowRun): Figure[] {
  const { limit } = run.certificate;
  const path = directionPath(run.result.trajectory, limit.direction);
  const twin = 'direction-path-projected';
  const title = `Path of the direction θ/‖θ‖: ${nameOf(run.problem)}`;
  const drawn =
    'The angle to the limit is exact; the way around it is seen along the two leading axes, which hold ' +
    `${(100 * path.kept).toFixed(1)} % of the path’s extent in ${limit.direction.length} dimensions.`;
  const caption = `The direction comes to rest where later decades of α are ever shorter. ${drawn}`;
  return [
    directionPathFigure({ name: 'direction-path', title, caption }, path, twin),
    directionPathProjected({ name: twin, title, caption }, path),
  ];
}

function lengthFigure({ flows, descent }: DirectionalConvergenceRecord): Figure {
  const column = (decades: FlowRun['decades']) => ({
    x: decades.map(({ to }) => to),
    y: decades.map(({ length }) => length),
    points: true,
  });
  const ofDescent = `${nameOf(descent.problem)}, descent ${descent.c}/α`;
  const series: Series[] = [
    ...flows.map((run) => ({
      name: `${nameOf(run.problem)}, flow`,
      ...column(run.decades),
      color: placeInPalette(run.problem),
      dash: 0,
    })),
    { name: `${ofDescent}, sampled`, ...column(descent.decades), color: 5, dash: 1 },
    { name: `${ofDescent}, every step`, ...column(descent.rawDecades), color: 3, dash: 2 },
  ];
  const ends = series.flatMap(({ x }) => Array.from(x));
  const first = Math.min(...ends);
  const top = Math.max(...flows.flatMap(({ decades }) => decades.map(({ length }) => length)));
  const guide = Array.from(new Set(ends)).sort((a, b) => a - b);
  series.push({
    name: `× ${SHRINKAGE} per decade (criterion)`,
    x: guide,
    y: guide.map((end) => 1.4 * top * SHRINKAGE ** Math.log10(end / first)),
    color: 6,
    dash: 2,
  });
  return lineChart(
    {
      name: 'length-per-decade',
      title: 'Length of the path per decade of α',
      caption:
        'Every curve that falls at least as steeply as the dotted line, a factor of 0.8 per decade, has a ' +
        'geometric series above it and so a finite total length. Descent with ReLU chatters across kinks: it ' +
        'is measured through directions sampled every 5 % of α, and step by step for comparison.',
    },
    {
      x: { title: 'α at the end of the decade (log scale)', symbol: 'α', scale: 'log' },
      y: { title: 'length within the decade (radians, log scale)', symbol: 'length', scale: 'log' },
      series,
    },
  );
}

function angleFigure(flows: readonly FlowRun[]): Figure {
  return lineChart(
    {
      name: 'angle-to-limit',
      title: 'Angle between the direction and its certified limit',
      caption:
        'Straight lines on these axes are powers of α: the angle falls like α^{−(1−λ)/L}, with L = 3 for ' +
        'squared ReLU, L = 2 for ReLU, and λ between 0 (parameters that stop growing) and 1.',
    },
    {
      x: ALPHA,
      y: { title: 'angle to the limit (radians, log scale)', symbol: 'angle', scale: 'log' },
      series: flows.map((run) => ({
        name: nameOf(run.problem),
        x: run.result.trajectory.alpha,
        y: run.angleToLimit,
        color: placeInPalette(run.problem),
        dash: placeInPalette(run.problem),
      })),
    },
  );
}

function distributionFigure(flows: readonly FlowRun[]): Figure {
  return cumulativeMargins(
    {
      name: 'margin-distribution',
      title: 'Margin distributions on the way to the limit',
      caption:
        'Cumulative distributions of the normalized training margins at separation, at powers of ten of α ' +
        'and in the limit, whose smallest margin is γ: the later a curve, the nearer it lies to the black one.',
    },
    flows.map((run) => ({
      title: nameOf(run.problem),
      limitMargin: run.certificate.limit.margin,
      samples: momentsOf(run, [0, 1, 2, 4]).map(({ label, direction }) => ({
        label,
        margins: marginsAt(run, direction),
      })),
    })),
  );
}

function surfaceFigure(run: FlowRun): Figure {
  const { problem } = run;
  return predictionSurfaces(
    {
      name: `prediction-surface-${problem.activation}`,
      title: `Prediction surface: ${nameOf(problem)}`,
      caption:
        'Φ(x; θ/‖θ‖) over the plane. The solid line is the decision, the dashed lines are ± the smallest ' +
        'normalized margin: the support vectors of the limit come to lie on them.',
    },
    problem.objective.network,
    problem.data,
    momentsOf(run, [1, 3]).map((moment) => ({ ...moment, title: moment.label })),
  );
}
