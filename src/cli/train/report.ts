import { csvFormat } from 'd3-dsv';
import { degreeOrZero, type ImageNetwork } from '../../networks/index.js';
import { roughDurationText } from '../../text/durations.js';
import { rowColumns, type TrainingProgress, type TrainingRow } from '../../training/index.js';

/** 'phase 2 of 2, step 1234, loss 10^-312.4, α = 719.2 of 1000, margin 1.24e-5, 3 min left'. */
export function progressText(progress: TrainingProgress): string {
  const { phase, phases, step, log10Risk, alpha, untilAlpha, normalizedMargin } = progress;
  const goal = untilAlpha === undefined ? '' : ` of ${untilAlpha}`;
  return [
    `phase ${phase + 1} of ${phases}`,
    `step ${step}`,
    `loss 10^${log10Risk.toFixed(1)}`,
    ...(Number.isNaN(alpha) ? [] : [`α = ${alpha.toPrecision(4)}${goal}`]),
    ...(normalizedMargin === undefined ? [] : [`margin ${normalizedMargin.toPrecision(3)}`]),
    ...(progress.secondsLeft === undefined
      ? []
      : [`${roughDurationText(progress.secondsLeft)} left`]),
  ].join(', ');
}

/**
 * The rows as CSV: the columns of `TrainingRow`, log₁₀ of the risk, and the smallest margin over
 * ‖θ‖^L where the network has a degree. Empty where there is no number.
 */
export function rowsCsv(rows: readonly TrainingRow[], { degree }: ImageNetwork): string {
  const columns = [...rowColumns, 'log10Risk', 'normalizedMargin'];
  const records = rows.map((row) => {
    const { logRisk, logNorm, smallestMargin } = row;
    const normalizedMargin = smallestMargin * Math.exp(-degreeOrZero(degree) * logNorm);
    return {
      ...row,
      phase: row.phase + 1,
      log10Risk: logRisk / Math.LN10,
      normalizedMargin: degree.homogeneous ? normalizedMargin : NaN,
    };
  });
  const texts = records.map((record) =>
    Object.fromEntries(
      Object.entries(record).map(([name, value]) => [name, Number.isNaN(value) ? '' : value]),
    ),
  );
  return `${csvFormat(texts, columns)}\n`;
}
