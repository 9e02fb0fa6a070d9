import {
  alphaAxis,
  lineChart,
  lineChartPanels,
  type Axis,
  type Figure,
  type Panel,
  type Series,
} from '../../charts/index.js';
import type { TwoHomogeneousRecord } from '../../records/index.js';
import type { TwoHomogeneousRecords } from './plan.js';

const MARGIN: Axis = { title: 'margin (no unit)', symbol: 'margin', zero: true };

/** Margins and their bounds along flows of two-layer networks, and what units of each direction gain. */
export function twoHomogeneousFigures(records: TwoHomogeneousRecords): Figure[] {
  const { squared, relu, narrow, stuck, freed } = records;
  const fewer = narrow.filter((run) => run.kind !== 'unfinished');
  const [narrowest] = fewer.filter(({ activation }) => activation === squared.activation);
  return [
    lineChartPanels(
      {
        name: 'two-homogeneous-bounds',
        title: 'Margins, and what no width exceeds (squared ReLU)',
        caption:
          'The margin of each network, and the bound that its dual variables prove for networks of every width. ' +
          'Where they meet, the network has the best margin there is.',
      },
      [...(narrowest ? [narrowest] : []), squared].map(sandwich),
    ),
    lineChart(
      {
        name: 'two-homogeneous-gap',
        title: 'How much more a network of any width could have at most',
        caption:
          'The bound that the dual variables prove over the margin, minus 1. It goes to 0 where a network ends at the best margin of any width, ' +
          'and stays where it is stuck.',
      },
      {
        x: alphaAxis,
        y: { title: 'bound / margin − 1 (log scale)', symbol: 'gap', scale: 'log', least: 1e-12 },
        series: [squared, relu, ...fewer].map(gapOf),
      },
    ),
    lineChartPanels(
      {
        name: 'two-homogeneous-stuck',
        title: 'Two points, two units: a KKT point that is not the best',
        caption:
          'One unit stays off on both points, and the margin ends at 1/8, far below the bound. With a small unit on ' +
          'each point the flow leaves for √17/16 = 0.2577.',
      },
      [stuck, freed].map(sandwich),
    ),
    ...gainFigure(stuck),
  ];
}

function sandwich(run: TwoHomogeneousRecord): Panel {
  const points = true;
  return {
    title: run.name,
    x: alphaAxis,
    y: MARGIN,
    series: [
      { name: 'bound for every width', x: run.alpha, y: run.bound, color: 1, dash: 1, points },
      { name: 'margin of the network', x: run.alpha, y: run.margin, color: 0, dash: 0, points },
    ],
  };
}

function gapOf(run: TwoHomogeneousRecord, place: number): Series {
  const gap = run.bound.map((value, k) => value / run.margin[k] - 1);
  return { name: run.name, x: run.alpha, y: gap, color: place, dash: place };
}

/** Gains by direction, for data in the plane. */
function gainFigure({ gains, perGain, limit }: TwoHomogeneousRecord): Figure[] {
  if (gains === undefined) return [];
  const gain = gains.gain.map((value) => perGain * value);
  return [
    lineChart(
      {
        name: 'two-homogeneous-gains',
        title: 'What a new unit would gain, by its direction',
        caption:
          'Against the multipliers of the limit of two units. Its own unit points at 90°, on a small local maximum: ' +
          'no unit near it gains more, and the KKT conditions ask for less than that. Units at 14° and 166°, on the two ' +
          'points, would gain twice as much.',
      },
      {
        x: {
          title: 'direction of the unit (degrees)',
          symbol: 'direction',
          domain: [0, 360],
          ticks: 8,
        },
        y: { title: 'gain, as a margin (no unit)', symbol: 'gain', domain: [0, 0.3] },
        series: [{ name: 'gain', x: gains.angle, y: gain }],
        references: [
          { axis: 'x', at: 90, label: 'the unit of the network' },
          { axis: 'y', at: limit.margin, label: 'its margin' },
          { axis: 'y', at: limit.bound, label: 'bound for every width' },
        ],
      },
    ),
  ];
}
