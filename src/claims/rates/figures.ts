import {
  bundleChart,
  lineChart,
  lineChartPanels,
  type Axis,
  type Figure,
  type Series,
} from '../../charts/index.js';
import type { DescentRatesRecord, FlowRatesRecord, RuleRates } from '../../records/index.js';
import { finishedFlows, flowExponents, isSound } from './exponents.js';
import type { RatesRecord } from './plan.js';

const ALPHA: Axis = { title: 'α (log scale)', symbol: 'α', scale: 'log', least: 1 };
const ANGLE: Axis = {
  title: 'angle to the limit (radians, log scale)',
  symbol: 'angle',
  scale: 'log',
};

/** Rates, drawn: flows of networks, predicted exponents beside fitted ones, and steps by their clocks. */
export function ratesFigures({ flows, steps }: RatesRecord): Figure[] {
  const sound = finishedFlows(flows).filter(isSound);
  return [
    ...(sound.length > 0 ? [flowsFigure(sound), exponentsFigure(sound)] : []),
    stepsFigure(steps),
  ];
}

function flowsFigure(sound: readonly FlowRatesRecord[]): Figure {
  return bundleChart(
    {
      name: 'rates-flows',
      title: 'The angle of flows to their limits, all seeds',
      caption:
        'Straight lines: powers of α, each with an exponent of its own, which the curvature at its limit predicts. Beyond ' +
        'α = 10¹¹ the equation for infinite α is followed.',
    },
    {
      x: ALPHA,
      y: ANGLE,
      bundles: [
        {
          name: 'flows',
          lines: sound.map(({ alpha, angle }) => ({ x: alpha, y: angle })),
          color: 0,
        },
      ],
    },
  );
}

function exponentsFigure(sound: readonly FlowRatesRecord[]): Figure {
  const exponents = sound.map((run) => flowExponents(run)).sort((a, b) => a.slowest - b.slowest);
  const place = exponents.map((_, k) => k + 1);
  return lineChart(
    {
      name: 'rates-exponents',
      title: 'Exponents of the angle, predicted and fitted',
      caption:
        'Each place is one flow, in the order of (1−λ)/L, which no flow may fall below. Where the slowest part of a ' +
        'deviation is small or absent the flow is faster, and the whole curvature predicts by how much.',
    },
    {
      x: { title: 'flow, in the order of (1−λ)/L', symbol: 'flow', least: 0 },
      y: { title: 'exponent of 1/α (no unit)', symbol: 'exponent' },
      series: [
        {
          name: '(1−λ)/L',
          x: place,
          y: exponents.map(({ slowest }) => slowest),
          color: 6,
          dash: 2,
        },
        {
          name: 'predicted from the whole curvature',
          x: place,
          y: exponents.map(({ predicted }) => predicted),
          color: 1,
          dash: 0,
        },
        {
          name: 'fitted',
          x: place,
          y: exponents.map(({ fitted }) => fitted),
          color: 0,
          dash: 1,
          points: true,
        },
      ],
    },
  );
}

function stepsFigure({ constant, normalised, shrinking }: DescentRatesRecord): Figure {
  const rules = [constant, normalised, shrinking];
  const axis: Axis = { title: 'steps (log scale)', symbol: 'steps', scale: 'log', least: 1 };
  const anglesOver = (x: (rule: RuleRates) => Float64Array): Series[] =>
    rules.map((rule, k) => ({ name: rule.name, x: x(rule), y: rule.angle, color: k, dash: k }));
  return lineChartPanels(
    {
      name: 'rates-steps',
      title: 'One curve, three clocks: a linear model by three rules',
      caption:
        'Angle to the maximum margin. Left: over α all three rules come to the same line, on which the third hides behind the ' +
        'second. Right: over their steps they do not, as α grows like log t, like t and like √t.',
    },
    [
      {
        title: 'over α',
        x: ALPHA,
        y: { ...ANGLE, title: 'angle (radians, log scale)' },
        series: anglesOver((rule) => rule.alpha),
      },
      {
        title: 'over steps',
        x: axis,
        y: { ...ANGLE, title: 'angle (radians, log scale)' },
        series: anglesOver((rule) => rule.steps),
      },
    ],
  );
}
