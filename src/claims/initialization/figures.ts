import { alphaAxis, lineChart, type Figure, type Series } from '../../charts/index.js';
import type { EarlyFlowRecord, FlowRecord } from '../../records/index.js';
import { powerOfTen } from '../../text/numbers.js';
import { SMALL_OUTPUT, type InitializationRecord } from './plan.js';

/** What the start decides, drawn: units turning early, lazy starts, starts that fit nothing, limits. */
export function initializationFigures(record: InitializationRecord): Figure[] {
  return [
    earlyFigure(record.early),
    lazyFigure(record),
    idleFigure(record.opposed),
    limitsFigure(record.starts.filter((run) => run.kind === 'flow')),
  ];
}

function earlyFigure(early: readonly EarlyFlowRecord[]): Figure {
  return lineChart(
    {
      name: 'initialization-early',
      title: 'Units turn before anything is fitted',
      caption:
        'Mean angle of the units of a ReLU network to the direction that attracts them, weighted by their mass, ' +
        `until the largest output is ${SMALL_OUTPUT}. The smaller the start, the longer the units have to turn.`,
    },
    {
      x: {
        title: 'largest output on the training data (log scale)',
        symbol: 'output',
        scale: 'log',
      },
      y: { title: 'mean angle (radians, log scale)', symbol: 'angle', scale: 'log', least: 1e-5 },
      series: early.map(({ problem, largestOutput, attraction }) => {
        // Outputs may fall at first, where units leave examples behind.
        const from = largestOutput.indexOf(Math.min(...largestOutput));
        return {
          name: problem.name,
          x: largestOutput.subarray(from),
          y: attraction?.meanAngle.subarray(from) ?? [],
        };
      }),
    },
  );
}

function lazyFigure({ lazy }: InitializationRecord): Figure {
  return lineChart(
    {
      name: 'initialization-lazy',
      title: 'Large starts meet the tangent kernel’s predictor, and leave it',
      caption:
        'Angle between what the network has learned and the maximum margin of the tangent kernel at the start, over ' +
        'a grid of the plane. It falls like 1/α while the weights have hardly moved; it rises when they have moved ' +
        'by a fair share of themselves.',
    },
    {
      x: { ...alphaAxis, least: 1 },
      y: { title: 'angle (radians, log scale)', symbol: 'angle', scale: 'log' },
      series: lazy.map(({ problem, alpha, tangentAngle }) => ({
        name: problem.name,
        x: alpha,
        y: tangentAngle,
      })),
    },
  );
}

function idleFigure(opposed: readonly EarlyFlowRecord[]): Figure {
  const until = Math.max(...opposed.slice(1).map(({ logTime }) => logTime[logTime.length - 1]));
  const series = opposed.map(({ problem, logTime, alpha }): Series => {
    const rows = [...logTime.keys()].filter((k) => logTime[k] > -2 && logTime[k] <= until);
    return {
      name: problem.name,
      x: rows.map((k) => Math.exp(logTime[k])),
      y: rows.map((k) => alpha[k]),
    };
  });
  return lineChart(
    {
      name: 'initialization-idle',
      title: 'From a = −w, a·w·x fits nothing',
      caption:
        'From a = −w exactly the flow goes to zero weights, where α = ℓ⁻¹(n ℓ(0)) (dashed line). From a little ' +
        'beside it, it waits there, the longer the smaller the distance, and then fits the examples.',
    },
    {
      x: { title: 'time t (log scale)', symbol: 't', scale: 'log' },
      y: { title: 'α', symbol: 'α' },
      series,
      references: [{ axis: 'y', at: opposed[0].idleAlpha, label: 'network that computes 0' }],
    },
  );
}

function limitsFigure(flows: readonly FlowRecord[]): Figure {
  return lineChart(
    {
      name: 'initialization-limits',
      title: 'Smoothed margins of one network on one set of data, from several starts',
      caption:
        'The smoothed margin rises from each start to that of its own limit, a KKT point. Runs that came to rest ' +
        `before they had fitted the examples are not drawn. α from ${powerOfTen(-1)} on.`,
    },
    {
      x: alphaAxis,
      y: { title: 'γ̃ = α/‖θ‖ᴸ (no unit)', symbol: 'γ̃' },
      series: flows.map(({ problem, measurements }) => ({
        name: problem.name,
        x: measurements.alpha,
        y: measurements.smoothedMargin,
      })),
    },
  );
}
