import {
  alphaAxis,
  cumulativeMargins,
  directionPath,
  directionPathFigure,
  directionPathProjected,
  lineChart,
  predictionSurfaces,
  type Figure,
  type Series,
} from '../../charts/index.js';
import { powerOfTen } from '../../text/numbers.js';
import type { FlowRecord } from '../../records/index.js';
import {
  isPlanar,
  marginMoments,
  nameOf,
  placeInPalette,
  seriesOf,
} from '../common/flow-columns.js';
import { SHRINKAGE } from '../common/flow-plans.js';
import type { DirectionalConvergenceRecord } from './plan.js';
import { errorFigure } from './error-figure.js';

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
    ...planar.flatMap(surfaceFigure),
  ];
}

/** The path on the sphere, to turn round and on paper. */
export function pathFigures(run: FlowRecord): Figure[] {
  const { limit } = run.certificate;
  const path = directionPath(run.result.trajectory, limit.direction);
  const title = `Path of the direction θ/‖θ‖: ${nameOf(run.problem)}`;
  const drawn =
    'The angle to the limit is exact; the way around it is seen along the two leading axes, which hold ' +
    `${(100 * path.kept).toFixed(1)} % of the path’s extent in ${limit.direction.length} dimensions.`;
  const caption = `The direction comes to rest where later decades of α are ever shorter. ${drawn}`;
  const twin = directionPathProjected({ name: 'direction-path-projected', title, caption }, path);
  return [directionPathFigure({ name: 'direction-path', title, caption }, path, twin), twin];
}

function lengthFigure({ flows, descent }: DirectionalConvergenceRecord): Figure {
  const column = (decades: FlowRecord['decades']) => ({
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
      dash: placeInPalette(run.problem),
    })),
    { name: `${ofDescent}, sampled`, ...column(descent.decades), color: 5, dash: 3 },
    { name: `${ofDescent}, every step`, ...column(descent.rawDecades), color: 3, dash: 5 },
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
    dash: 6,
  });
  return lineChart(
    {
      name: 'length-per-decade',
      title: 'Length of the path per decade of α',
      caption:
        'Every curve that falls at least as steeply as the black line, a factor of ' +
        `${SHRINKAGE} per decade, has a ` +
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

function angleFigure(flows: readonly FlowRecord[]): Figure {
  return lineChart(
    {
      name: 'angle-to-limit',
      title: 'Angle between the direction and its certified limit',
      caption:
        'Straight lines on these axes are powers of α: the angle falls like α^{−(1−λ)/L}, with L = 3 for ' +
        'squared ReLU, L = 2 for ReLU, and λ between 0 (parameters that stop growing) and 1. For ReLU the limit is one ' +
        'point of a manifold of limits.',
    },
    {
      x: alphaAxis,
      y: { title: 'angle to the limit (radians, log scale)', symbol: 'angle', scale: 'log' },
      series: flows.map((run) => seriesOf(run, run.result.trajectory.alpha, run.angleToLimit)),
    },
  );
}

function distributionFigure(flows: readonly FlowRecord[]): Figure {
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
      samples: marginMoments(run, [0, 1, 2, 4]),
    })),
  );
}

function surfaceFigure({ problem, surfaces }: FlowRecord): Figure[] {
  if (surfaces === undefined) return [];
  const named = surfaces.moments.map((moment) => ({ ...moment, title: titleOf(moment.title) }));
  return [
    predictionSurfaces(
      {
        name: `prediction-surface-${problem.activation}`,
        title: `Prediction surface: ${nameOf(problem)}`,
        caption:
          'Φ(x; θ/‖θ‖) over the plane. The solid line is the decision, the dashed lines are ± the smallest ' +
          'normalized margin: the support vectors of the limit come to lie on them.',
      },
      problem.data,
      { ...surfaces, moments: named },
    ),
  ];
}

/** A record names a power of ten by its exponent, as 'alpha 1e3'. */
function titleOf(name: string): string {
  const exponent = /^alpha 1e(\d+)$/.exec(name)?.[1];
  return exponent === undefined ? name : `α = ${powerOfTen(Number(exponent))}`;
}
