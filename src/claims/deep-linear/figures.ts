import { alphaAxis, lineChart, type Axis, type Figure, type Series } from '../../charts/index.js';
import type { DeepLinearRecord } from '../../records/index.js';
import { deepMarginShare, marginErrors, worstMisalignment, worstRank } from './measures.js';
import type { DeepLinearRecords } from './plan.js';

/** Rank, alignment, margin and product of deep linear networks along their flows. */
export function deepLinearFigures({ networks, notSpanning }: DeepLinearRecords): Figure[] {
  const deep = networks.filter(({ neighbours }) => neighbours.length > 0);
  return [
    lineChart(
      {
        name: 'deep-linear-rank',
        title: 'How far the layers are from rank one',
        caption:
          '1 − ‖W‖₂/‖W‖_F of the layer for which it is largest: 0 for a matrix of rank one. It falls like ' +
          'α^(−2/L), so deeper networks take longer.',
      },
      {
        x: alphaAxis,
        y: logAxis('1 − ‖W‖₂/‖W‖_F (log scale)', '1 − ‖W‖₂/‖W‖_F'),
        series: deep.map((run) => curve(run, worstRank(run))),
      },
    ),
    lineChart(
      {
        name: 'deep-linear-alignment',
        title: 'How far neighbouring layers are from alignment',
        caption:
          '1 − |⟨v, u⟩| of the two neighbours for which it is largest; u is the leading left singular vector ' +
          'of the lower layer, v the leading right one of the upper. It falls like α^(−4/L).',
      },
      {
        x: alphaAxis,
        y: logAxis('1 − |⟨v, u⟩| (log scale)', '1 − |⟨v, u⟩|'),
        series: deep.map((run) => curve(run, worstMisalignment(run))),
      },
    ),
    lineChart(
      {
        name: 'deep-linear-margin',
        title: 'Normalized margins on their way to γ L^(−L/2)',
        caption:
          'Relative distance of the normalized margin from γ L^(−L/2), with γ the maximum margin of the data: ' +
          'one half of γ for two layers, 0.0046 of it for six.',
      },
      {
        x: alphaAxis,
        y: logAxis('relative distance from γ L^(−L/2) (log scale)', 'distance'),
        series: networks.map((run) =>
          curve(
            run,
            marginErrors(run).map((error) => error / deepMarginShare(run.depth)),
          ),
        ),
      },
    ),
    lineChart(
      {
        name: 'deep-linear-product',
        title: 'Angle of the product of all layers to the maximum margin',
        caption:
          'It falls like 1/α whatever the depth, where the support vectors span the space; with fewer of them ' +
          'the start is felt for long, and the angle falls like α^(−1/L).',
      },
      {
        x: alphaAxis,
        y: logAxis('angle (radians, log scale)', 'angle'),
        series: [...networks, notSpanning].map((run) => curve(run, run.productAngle)),
      },
    ),
  ];
}

function logAxis(title: string, symbol: string): Axis {
  return { title, symbol, scale: 'log' };
}

/** One colour and dash for each depth, in every figure; one more for the control. */
function curve(run: DeepLinearRecord, y: Float64Array): Series {
  const place = run.conditioning > 0 ? run.depth - 1 : 6;
  return { name: run.name, x: run.alpha, y, color: place, dash: place };
}
