import {
  activate,
  activeColumns,
  deactivate,
  remainder,
  remainingNorm,
  solveActive,
  type ActiveColumns,
} from './active-columns.js';
import { maxAbs, norm, scale } from './vectors.js';

/** What `nonNegativeLeastSquares` found. */
export interface NonNegativeSolution {
  /** x ≥ 0, exactly zero outside the support. */
  readonly solution: Float64Array;
  /** ‖A·x − b‖, computed from the given A and b. */
  readonly residualNorm: number;
  /** Number of times that a column entered the support. */
  readonly iterations: number;
  /** False when the iterations ran out, or an entry of A or b is not finite (then x is NaN). */
  readonly converged: boolean;
}

/** What is below this many roundings of the numbers it was computed from counts as zero. */
const NOISE = 8 * Number.EPSILON;

/** Columns enter and leave a handful of times at most; more means that rounding decides. */
const ITERATIONS_PER_COLUMN = 10;

/**
 * Minimizes ‖A·x − b‖ over x ≥ 0 for the row-major rows×columns matrix `a`, by the active-set
 * method of Lawson and Hanson (Solving Least Squares Problems, 1974, chapter 23). The support's
 * columns are factored by orthogonal transformations, never their normal equations, so that the
 * residual is right to a few roundings of ‖A‖·‖x‖ + ‖b‖. Columns may be zero or depend on each
 * other; the solution is then one of many. Throws a RangeError when the sizes do not match.
 */
export function nonNegativeLeastSquares(
  rows: number,
  columns: number,
  a: Float64Array,
  b: Float64Array,
): NonNegativeSolution {
  if (a.length !== rows * columns || b.length !== rows) {
    throw new RangeError(
      `A ${rows}×${columns} problem needs ${rows * columns} and ${rows} numbers, ` +
        `got ${a.length} and ${b.length}.`,
    );
  }
  const solution = new Float64Array(columns);
  if (!Number.isFinite(maxAbs(a) + maxAbs(b))) {
    return { solution: solution.fill(NaN), residualNorm: NaN, iterations: 0, converged: false };
  }
  const { transposed, scales, target, targetScale } = scaledProblem(rows, columns, a, b);
  const state = activeColumns(rows, columns, transposed, target);
  const { iterations, converged, coefficients } = descend(state);
  // Factored afresh, without the traces of columns that came and went.
  const fresh = activeColumns(rows, columns, transposed, target);
  for (const j of state.active) activate(fresh, j);
  const polished = solveActive(fresh);
  const better = polished.every((value) => value > 0) ? polished : coefficients;
  state.active.forEach((j, i) => (solution[j] = (better[i] * scales[j]) / targetScale));
  return { solution, residualNorm: residualNorm(columns, a, b, solution), iterations, converged };
}

interface ScaledProblem {
  /** Columns of A, one after the other, each multiplied by its scale. */
  readonly transposed: Float64Array;
  readonly scales: Float64Array;
  readonly target: Float64Array;
  readonly targetScale: number;
}

/** Columns and b scaled by powers of two, which rounds nothing, to norms in [1, 2) or zero. */
function scaledProblem(
  rows: number,
  columns: number,
  a: Float64Array,
  b: Float64Array,
): ScaledProblem {
  const transposed = new Float64Array(rows * columns);
  const scales = new Float64Array(columns);
  for (let j = 0; j < columns; j++) {
    const column = transposed.subarray(j * rows, (j + 1) * rows);
    for (let i = 0; i < rows; i++) column[i] = a[i * columns + j];
    scales[j] = normalizingPower(column);
    scale(column, scales[j]);
  }
  const target = b.slice();
  const targetScale = normalizingPower(target);
  scale(target, targetScale);
  return { transposed, scales, target, targetScale };
}

/** The power of two that brings the norm into [1, 2), as far as it is itself a normal number. */
function normalizingPower(column: Float64Array): number {
  const exponent = Math.floor(Math.log2(norm(column)));
  return 2 ** Math.min(1022, Math.max(-1022, Number.isFinite(exponent) ? -exponent : 0));
}

function residualNorm(
  columns: number,
  a: Float64Array,
  b: Float64Array,
  solution: Float64Array,
): number {
  const residual = b.map((value, i) => {
    let sum = -value;
    for (let j = 0; j < columns; j++) sum += a[i * columns + j] * solution[j];
    return sum;
  });
  return norm(residual);
}

interface Descent {
  /** Positive coefficients of `state.active`, in its order. */
  readonly coefficients: Float64Array;
  readonly iterations: number;
  readonly converged: boolean;
}

/** Adds the column of steepest descent until none is left; leaves the support in `state.active`. */
function descend(state: ActiveColumns): Descent {
  const targetNorm = norm(state.target);
  const current = new Float64Array(state.columns);
  // The residual norm falls from support to support, so none comes twice. Where one does, the fall
  // was less than rounding; the column that led there is left alone until another one helps.
  const supports = new Set<string>(['']);
  const barred = new Set<number>();
  let iterations = 0;
  for (;;) {
    const entering = steepestColumn(state, targetNorm, barred);
    const converged = entering === undefined;
    if (converged || iterations >= ITERATIONS_PER_COLUMN * state.columns) {
      const coefficients = Float64Array.from(state.active, (j) => current[j]);
      return { coefficients, iterations, converged };
    }
    iterations++;
    activate(state, entering);
    settle(state, current);
    const support = state.active.toSorted().join();
    if (supports.has(support)) barred.add(entering);
    else barred.clear();
    supports.add(support);
  }
}

/**
 * The inactive column with the largest gradient, among those whose gradient and remainder stand
 * out of rounding noise; undefined when there is none. Columns are scaled to norms in [1, 2).
 */
function steepestColumn(
  state: ActiveColumns,
  targetNorm: number,
  barred: ReadonlySet<number>,
): number | undefined {
  const residual = remainingNorm(state);
  const active = new Set(state.active);
  let steepest: number | undefined;
  let largest = 0;
  for (let j = 0; j < state.columns; j++) {
    if (active.has(j) || barred.has(j)) continue;
    const { norm: rest, gradient } = remainder(state, j);
    const noise = NOISE * (residual + rest * targetNorm);
    if (gradient > Math.max(largest, noise) && rest > NOISE * Math.sqrt(state.rows)) {
      steepest = j;
      largest = gradient;
    }
  }
  return steepest;
}

/**
 * Moves `current` to the best fit on the active columns. Where that has coefficients that are not
 * positive, it goes as far towards it as feasible, drops the columns that came to zero, and repeats.
 */
function settle(state: ActiveColumns, current: Float64Array): void {
  const { active } = state;
  for (;;) {
    const wanted = solveActive(state);
    let step = 1;
    let blocking = -1;
    active.forEach((j, i) => {
      if (wanted[i] > 0) return;
      const reach = current[j] / (current[j] - wanted[i]);
      if (blocking < 0 || reach < step) {
        step = reach;
        blocking = i;
      }
    });
    active.forEach((j, i) => (current[j] += step * (wanted[i] - current[j])));
    if (blocking < 0) return;
    current[active[blocking]] = 0;
    for (let i = active.length - 1; i >= 0; i--) {
      if (current[active[i]] > 0) continue;
      current[active[i]] = 0;
      deactivate(state, i);
    }
  }
}
