import {
  alphaAxis,
  bundleChart,
  lineChart,
  type Axis,
  type Bundle,
  type Figure,
} from '../../charts/index.js';
import { rounded } from '../../text/numbers.js';
import { interpolateAt } from '../../metrics/paths.js';
import {
  kinkedFlowRecord,
  type DescentRecord,
  type KinkedFlowRecord,
} from '../../records/index.js';
import { oneMinusCosine } from '../common/flow-columns.js';
import { kinkSlopesFigure } from './kink-slopes.js';
import { SWEPT_LOSSES, type ReluAlignmentRecord } from './plan.js';
import { finishedOf, isSound } from './soundness.js';

const FROM_ONE: Axis = { ...alphaAxis, least: 1 };
const PER_DECADE = 5;

/** The question whether the flow of ReLU networks aligns, drawn over all seeds. */
export function reluAlignmentFigures(record: ReluAlignmentRecord): Figure[] {
  const runs = finishedOf(record.sweep).filter(isSound);
  const plane = kinkedFlowRecord(record.plane);
  return [
    angleFigure(runs),
    countFigure(runs),
    kinkSlopesFigure(plane),
    controlFigure(plane, record.descent),
  ];
}

/** Values of α that all runs are drawn at: from 1 to where the last of them ends. */
function gridOf(runs: readonly KinkedFlowRecord[]): number[] {
  const ends = runs.map(({ alpha }) => Math.log10(alpha[alpha.length - 1]));
  const decades = Math.max(0, ...ends) + 1e-6;
  return Array.from({ length: Math.floor(PER_DECADE * decades) + 1 }, (_, k) =>
    rounded(10 ** (k / PER_DECADE)),
  );
}

function bundleOf(
  name: string,
  runs: readonly KinkedFlowRecord[],
  grid: readonly number[],
  at: (run: KinkedFlowRecord, alpha: number) => number,
): Pick<Bundle, 'name' | 'lines' | 'median'> {
  const lines = runs.map((run) => ({ x: grid, y: grid.map((alpha) => at(run, alpha)) }));
  return { name, lines, median: true };
}

function angleFigure(runs: readonly KinkedFlowRecord[]): Figure {
  const grid = gridOf(runs);
  const sliding = runs.filter(({ decades }) => decades[decades.length - 1].kinks.length > 0);
  const flows = SWEPT_LOSSES.map((loss, k) => ({
    ...bundleOf(
      `velocity of the flow, ${loss} loss`,
      runs.filter((run) => run.loss === loss),
      grid,
      (run, alpha) => interpolateAt(run.alpha, run.angle, alpha),
    ),
    color: k,
    dash: k,
  }));
  const oneSided = bundleOf('gradient with slope 0 on kinks', sliding, grid, (run, alpha) =>
    interpolateAt(run.alpha, run.oneSided, alpha),
  );
  return bundleChart(
    {
      name: 'relu-alignment-angle',
      title: 'ReLU: angle between the weights and the velocity, all seeds',
      caption:
        'Thin: one run each; thick: their medians. The velocity, the shortest element of the Clarke ' +
        'subdifferential, turns towards the weights; the gradient that takes the slope 0 on every kink, drawn ' +
        'for runs that end on kinks, stays away.',
    },
    {
      x: FROM_ONE,
      y: { title: 'angle (radians, log scale)', symbol: 'angle', scale: 'log' },
      bundles: [...flows, { ...oneSided, color: 6, dash: 2 }],
    },
  );
}

function countFigure(runs: readonly KinkedFlowRecord[]): Figure {
  const grid = gridOf(runs);
  const bundles = SWEPT_LOSSES.map((loss, k) => ({
    ...bundleOf(
      `${loss} loss`,
      runs.filter((run) => run.loss === loss),
      grid,
      kinksAt,
    ),
    color: k,
    dash: k,
  }));
  return bundleChart(
    {
      name: 'relu-sliding-kinks',
      title: 'Kinks that the flow slides on, all seeds',
      caption:
        'Pairs of a training example and a unit on whose kink it stays. Thin: one run each; thick: their ' +
        'medians. Most runs gather kinks early and keep them.',
    },
    {
      x: FROM_ONE,
      y: { title: 'kinks (count)', symbol: 'count', zero: true },
      bundles,
      steps: true,
    },
  );
}

/** How many kinks the flow slides on at α. */
function kinksAt({ alpha, kinks }: KinkedFlowRecord, at: number): number {
  const row = alpha.findIndex((value) => value >= at * (1 - 1e-5));
  return row < 0 ? NaN : kinks[row].length;
}

function controlFigure(plane: KinkedFlowRecord, descent: DescentRecord): Figure {
  const { measurements, result } = descent;
  return lineChart(
    {
      name: 'relu-alignment-controls',
      title: 'ReLU, plane: alignment seen in four ways',
      caption:
        'One minus the cosine with the weights. Every step of descent sees the slope 0 or 1 of a kink that it ' +
        'chatters across; averaged over 5 % of α the steps take the slope of the flow between them.',
    },
    {
      x: FROM_ONE,
      y: { title: '1 − cosine (log scale)', symbol: '1 − cosine', scale: 'log' },
      series: [
        { name: 'velocity of the flow', x: plane.alpha, y: oneMinusCosine(plane.angle), color: 0 },
        {
          name: 'gradient with slope 0 on kinks',
          x: plane.alpha,
          y: oneMinusCosine(plane.oneSided),
          color: 6,
          dash: 2,
        },
        {
          name: `descent ${descent.c}/α, every step`,
          x: measurements.alpha,
          y: oneMinusCosine(measurements.alignmentAngle),
          color: 1,
          dash: 0,
        },
        {
          name: `descent ${descent.c}/α, averaged`,
          x: measurements.alpha,
          y: result.averagedAlignment.map((cosine) => 1 - cosine),
          color: 2,
          dash: 1,
        },
      ],
    },
  );
}
