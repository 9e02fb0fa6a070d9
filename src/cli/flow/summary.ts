import type { FlowRecord } from './solve.js';

/** What the terminal shows of a result: one line a row, then the limit, then how the run ended. */
export function flowSummary({ rows, limit, solver }: FlowRecord): string {
  const lines = rows.map((row) =>
    [
      `α = ${row.target}`.padEnd(14),
      `log t = ${row.logT.toPrecision(10)}`.padEnd(26),
      `margin ${row.normalizedMargin.toPrecision(8)}`.padEnd(20),
      `alignment ${row.alignment.toFixed(9)}`,
    ].join(' '),
  );
  if (limit) {
    const widest = (values: readonly number[]) => Math.max(...values).toExponential(1);
    lines.push(
      limit.converged
        ? `KKT point: margin ${limit.margin.toPrecision(8)} on ${limit.support.length} support constraints, residual ${limit.residual.toExponential(1)}; ` +
            `between the last rows it moves by ${widest(limit.agreement)} rad, its margins by ${widest(limit.marginAgreement)}.`
        : limit.message,
    );
  }
  return [...lines, solver.message].join('\n');
}
