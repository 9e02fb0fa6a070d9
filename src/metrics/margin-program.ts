import { linearProgram } from '../numerics/linear-program.js';
import { dot } from '../numerics/vectors.js';

/** Weights and multipliers up to positive factors. */
interface MarginProgramSolution {
  readonly weights: Float64Array;
  readonly multipliers: Float64Array;
}

/** Examples that the first program has, and those that each later one adds. */
const FIRST = 60;
const MORE = 20;
/** Margins below the optimum of the program so far by less than this are rounding. */
const ROUNDING = 1e-14;

/**
 * The linear program of the largest margin over weights of l1 or l∞ norm at most 1, for rows yᵢ xᵢ with
 * entries near 1: w = u − v with u, v ≥ 0 and u + v bounded in sum (l1) or each (l∞), and the margin itself.
 * Of many examples only those that matter are in the program; those that its weights violate join, until
 * there are none.
 */
export function marginProgram(
  rows: Float64Array,
  count: number,
  size: number,
  of: 'l1' | 'linf',
): MarginProgramSolution {
  const chosen = new Set<number>();
  for (let i = 0; i < Math.min(FIRST, count); i++)
    chosen.add(Math.floor((i * count) / Math.min(FIRST, count)));
  for (;;) {
    const examples = [...chosen].sort((a, b) => a - b);
    const { weights, margin, multipliers } = programOf(rows, examples, size, of);
    const products = Array.from({ length: count }, (_, i) =>
      dot(weights, rows.subarray(i * size, (i + 1) * size)),
    );
    const violated = [...products.keys()]
      .filter((i) => !chosen.has(i) && products[i] < margin - ROUNDING * size)
      .sort((a, b) => products[a] - products[b]);
    if (violated.length === 0 || !(margin > 0)) {
      const all = new Float64Array(count);
      examples.forEach((i, k) => (all[i] = multipliers[k]));
      return { weights, multipliers: all };
    }
    for (const i of violated.slice(0, MORE)) chosen.add(i);
  }
}

function programOf(
  rows: Float64Array,
  examples: readonly number[],
  size: number,
  of: 'l1' | 'linf',
) {
  const bounds = of === 'l1' ? 1 : size;
  const constraints = examples.length + bounds;
  const columns = 2 * size + 1;
  const a = new Float64Array(constraints * columns);
  const b = new Float64Array(constraints).fill(1, examples.length);
  examples.forEach((example, k) => {
    for (let j = 0; j < size; j++) {
      a[k * columns + j] = -rows[example * size + j];
      a[k * columns + size + j] = rows[example * size + j];
    }
    a[k * columns + 2 * size] = 1;
  });
  for (let j = 0; j < size; j++) {
    const row = (examples.length + (of === 'l1' ? 0 : j)) * columns;
    a[row + j] = 1;
    a[row + size + j] = 1;
  }
  const c = new Float64Array(columns);
  c[2 * size] = 1;
  const { solution, multipliers, converged } = linearProgram(constraints, columns, a, b, c);
  if (!converged) throw new Error('maxMargin: the linear program ran out of iterations.');
  return {
    weights: Float64Array.from({ length: size }, (_, j) => solution[j] - solution[size + j]),
    margin: solution[2 * size],
    multipliers: multipliers.subarray(0, examples.length),
  };
}
