import type { SaddleVisit } from '../../flows/index.js';
import type { Provenance } from '../../specs/index.js';
import { listed } from '../../text/numbers.js';
import type { LimitEntry } from './limit.js';
import type { FlowResultFile } from './solve.js';

/** What the terminal shows of a result: one line a row, then the limit, then how the run ended. */
export function flowSummary({ rows, limit, visits, solver, data }: FlowResultFile): string {
  const lines = rows.map((row) =>
    [
      `α = ${row.target}`.padEnd(14),
      `log t = ${row.logT.toPrecision(10)}`.padEnd(26),
      `margin ${row.normalizedMargin.toPrecision(8)}`.padEnd(20),
      `alignment ${row.alignment.toFixed(9)}`,
    ].join(' '),
  );
  if (data) lines.unshift(labelText(data));
  for (const visit of visits) lines.push(visitLine(visit));
  if (limit) lines.push(...limitLines(limit));
  return [...lines, solver.message].join('\n');
}

function visitLine({ margin, lambda, fromAlpha, toAlpha, stays, nearest }: SaddleVisit): string {
  const stretch = `from α = ${fromAlpha.toPrecision(2)} to ${toAlpha.toPrecision(2)}`;
  const end = stays ? 'and is there still' : 'and left it';
  return `Came within ${nearest.toPrecision(2)} rad of an unstable KKT point (margin ${margin.toPrecision(8)}, λ = ${lambda.toPrecision(6)}), ${stretch}, ${end}.`;
}

function limitLines(limit: LimitEntry): string[] {
  if (!limit.converged) return [limit.message];
  const widest = (values: readonly number[]) => Math.max(...values).toExponential(1);
  const isExpected = limit.expectedRatios.length > 0 && !limit.expectedRatios.some(Number.isNaN);
  const expected = isExpected
    ? ` (from where these points lie: ${listed(limit.expectedRatios, 4)})`
    : '';
  const manifold =
    limit.flatDimensions > 0
      ? ` It is one of a manifold of ${limit.flatDimensions} dimension${limit.flatDimensions > 1 ? 's' : ''}: the run's own limit has these margins, and may lie elsewhere on it.`
      : '';
  return [
    `${limit.certified ? 'Certified limit' : 'KKT point, not certified'}: margin ${limit.margin.toPrecision(10)} on ${limit.support.length} support constraints, residual ${limit.residual.toExponential(1)}; ` +
      `from the last points it moves by ${widest(limit.agreement)} rad, its margins by ${widest(limit.marginAgreement)}.${manifold}`,
    `Stability: λ = ${Number.isNaN(limit.lambda) ? 'none, constraints leave no direction' : shown(limit.lambda)}; the angle to it is to change by a factor of ${limit.predictedRatio.toPrecision(4)} in a decade of α${expected}, and changed by ${listed(limit.measuredRatios, 4)}; at the last of them it is ${limit.angles[limit.angles.length - 1].toPrecision(2)} rad.`,
  ];
}

/** Zero but for rounding is zero. */
function shown(lambda: number): string {
  return Math.abs(lambda) < 1e-9 ? '0' : lambda.toPrecision(6);
}

/** Which value of the label column stands for which label. */
export function labelText({ label, labels }: Provenance): string {
  const meanings = labels.map(
    ({ text, label: value }) => `${text} is ${value > 0 && labels.length === 2 ? '+' : ''}${value}`,
  );
  return `${label}: ${meanings.join(', ')}`;
}
