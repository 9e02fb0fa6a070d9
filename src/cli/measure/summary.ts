import { compact } from '../../text/numbers.js';
import type { MeasureRecord } from './record.js';

/** What the terminal shows of a result. */
export function measureSummary(record: MeasureRecord): string {
  const { network, data, kkt, effectiveDegree, nearHomogeneity: near } = record;
  const middle = effectiveDegree.quantiles[effectiveDegree.fractions.indexOf(0.5)];
  const share = (value: number | null) => (value === null ? '–' : `${(100 * value).toFixed(2)} %`);
  const lines = [
    `${network.name}: ${network.parameters} parameters, ${network.degree}`,
    `errors     ${share(record.trainingError)} of ${data.train.examples} training images, ` +
      (data.test ? `${share(record.testError)} of ${data.test.examples} test images` : 'no test images'), // prettier-ignore
    `size       ‖θ‖ = ${short(record.norm)}, α = ${short(record.alpha)}, log risk ${short(record.logRisk)} (${record.loss})`,
    `alignment  cos(θ, −∇𝓛) = ${record.alignment.cosine.toFixed(6)}, angle ${short(record.alignment.angle)}`,
    kkt.residual
      ? `KKT        stationarity ${short(kkt.residual.stationarity)}, complementarity ${short(kkt.residual.complementarity)}, ${kkt.residual.support} multipliers on ${kkt.residual.active} pairs. ${kkt.message}`.trimEnd()
      : `KKT        ${kkt.message}`,
    `degree     median ${short(middle)}, weighted ${short(effectiveDegree.weighted)}; beside M = ${near.degree} a residual of ${short(near.medianRelative)} of |f| in the median, ${short(near.largestRelative)} at most`,
    'margins    divided by'.padEnd(28) + 'smallest      median        largest',
    ...record.margins.flatMap(({ normaliser, fractions, training, test }) =>
      [training, test].map((values, k) => {
        if (!values) return [];
        const name = `${normaliser}${k === 1 ? ', test' : ''}`;
        const shown = [0, 0.5, 1].map((fraction) => values[fractions.indexOf(fraction)]);
        return `           ${name.padEnd(17)}${shown.map((value) => short(value).padEnd(14)).join('')}`.trimEnd(); // prettier-ignore
      }),
    ),
    'layers     block'.padEnd(42) + 'norm          share         ‖W‖₂/‖W‖_F',
    ...record.layers
      .filter(({ spectralShare }) => spectralShare !== null)
      .map(
        ({ name, norm, share, spectralShare }) =>
          `           ${name.padEnd(31)}${[norm, share, spectralShare!].map((value) => short(value).padEnd(14)).join('')}`.trimEnd(), // prettier-ignore
      ),
  ];
  return lines.flat().join('\n');
}

/** Six digits, in at most twelve characters. */
function short(value: number): string {
  return compact(value, 6, { from: 1e-4, below: 1e7 });
}
