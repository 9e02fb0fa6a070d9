import {
  alphaAxis,
  lineChart,
  lineChartPanels,
  type Figure,
  type Panel,
} from '../../charts/index.js';
import type { DualPotentialRecord } from '../../records/index.js';
import { boundShare, potentialRatio } from './measures.js';
import { IDENTITY_FROM, type DualPotentialRecords } from './plan.js';

/** The dual potential and the margin that it meets, how near they are, and the bound for one layer. */
export function dualPotentialFigures({ linear, deep, squared }: DualPotentialRecords): Figure[] {
  const runs = [linear, deep, squared];
  return [
    lineChartPanels(
      {
        name: 'dual-potential-sandwich',
        title: 'The dual potential above, the margin below',
        caption:
          '𝒥 and ½(Lγ̃)² along flows of degree 1, 2 and 3. They meet where gradients align. γ̃ only rises; 𝒥 falls all ' +
          'the way with one layer, and may turn with more.',
      },
      runs.map(sandwich),
    ),
    lineChart(
      {
        name: 'dual-potential-ratio',
        title: 'How far 𝒥 is above ½(Lγ̃)²',
        caption:
          '𝒥/½(Lγ̃)² − 1, which equals [1 + H(q)/α]²/cos² − 1: the entropy makes it fall like 1/α, the angle between ' +
          'weights and gradient more slowly where there is one left.',
      },
      {
        x: alphaAxis,
        y: { title: '𝒥/½(Lγ̃)² − 1 (log scale)', symbol: '𝒥/½(Lγ̃)² − 1', scale: 'log' },
        series: runs.map((run) => ({
          name: run.name,
          x: run.alpha,
          y: potentialRatio(run).map((ratio) => ratio - 1),
        })),
      },
    ),
    lineChart(
      {
        name: 'dual-potential-bound',
        title: 'One layer: the dual potential under its bound',
        caption:
          '(𝒥 − ½γ²)·s as a share of KL(q*‖q₀), with s the time of dw/ds = ∇α. Mirror descent keeps it below 1.',
      },
      {
        x: alphaAxis,
        y: { title: 'share of the bound (no unit)', symbol: 'share', domain: [0, 1.1] },
        series: [{ name: linear.name, x: linear.alpha, y: boundShare(linear) }],
        references: [{ axis: 'y', at: 1, label: 'bound' }],
      },
    ),
  ];
}

function sandwich(run: DualPotentialRecord): Panel {
  const { alpha, potential, smoothedMargin, degree } = run;
  const from = alpha.findIndex((value) => value >= IDENTITY_FROM);
  const late = (values: Float64Array) => values.subarray(from);
  const square = smoothedMargin.map((value) => 0.5 * (degree * value) ** 2);
  return {
    title: run.name,
    x: alphaAxis,
    y: { title: '𝒥, ½(Lγ̃)² (no unit)', symbol: '𝒥', zero: true, ticks: 4 },
    series: [
      { name: '𝒥', x: late(alpha), y: late(potential), color: 1, dash: 1 },
      { name: '½(Lγ̃)²', x: late(alpha), y: late(square), color: 0, dash: 0 },
    ],
  };
}
