import { nonNegativeLeastSquares } from './nnls.js';

/** Both sides of a linear program. */
export interface LinearProgramSolution {
  /** x ≥ 0, `columns` numbers. */
  readonly solution: Float64Array;
  /** y ≥ 0 of the dual, one for each row. */
  readonly multipliers: Float64Array;
  /** ‖·‖ of what the conditions of optimality are off by; rounding where an optimum was found. */
  readonly residualNorm: number;
  readonly converged: boolean;
}

/**
 * Maximises c·x subject to A x ≤ b and x ≥ 0, together with the dual: minimise b·y subject to Aᵀy ≥ c and
 * y ≥ 0; `a` is rows×columns, row-major. Both are optimal just where A x + s = b, Aᵀy − r = c and c·x = b·y
 * with s, r ≥ 0 as well, so non-negative least squares on these equations finds both at once, to rounding
 * (Lawson & Hanson 1974, chapter 23). The time grows like (rows + columns)³. Where there is no optimum,
 * because the program is infeasible or unbounded, the residual norm does not vanish. Throws a RangeError
 * when the sizes do not match.
 */
export function linearProgram(
  rows: number,
  columns: number,
  a: Float64Array,
  b: Float64Array,
  c: Float64Array,
): LinearProgramSolution {
  if (a.length !== rows * columns || b.length !== rows || c.length !== columns) {
    throw new RangeError(
      `A ${rows}×${columns} program needs ${rows * columns}, ${rows} and ${columns} numbers, ` +
        `got ${a.length}, ${b.length} and ${c.length}.`,
    );
  }
  const equations = rows + columns + 1;
  // The unknowns: x, s, y, r.
  const [s, y, r] = [columns, columns + rows, columns + 2 * rows];
  const unknowns = 2 * (rows + columns);
  const matrix = new Float64Array(equations * unknowns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      matrix[i * unknowns + j] = a[i * columns + j];
      matrix[(rows + j) * unknowns + y + i] = a[i * columns + j];
    }
    matrix[i * unknowns + s + i] = 1;
  }
  for (let j = 0; j < columns; j++) matrix[(rows + j) * unknowns + r + j] = -1;
  const last = (equations - 1) * unknowns;
  for (let j = 0; j < columns; j++) matrix[last + j] = c[j];
  for (let i = 0; i < rows; i++) matrix[last + y + i] = -b[i];
  const target = Float64Array.of(...b, ...c, 0);
  const found = nonNegativeLeastSquares(equations, unknowns, matrix, target);
  return {
    solution: found.solution.slice(0, columns),
    multipliers: found.solution.slice(y, y + rows),
    residualNorm: found.residualNorm,
    converged: found.converged,
  };
}
