import { algebraForOrder, algebraForProduct } from '../../numerics/linear-algebra.js';
import { dot } from '../../numerics/vectors.js';
import { timesDualDerivative, type DualLaw } from './dual-law.js';
import type { DualStage, StepStart } from './dual-stage.js';
import type { MarginRows } from '../rows/margin-rows.js';

/**
 * Where pairs outnumber parameters, the change δv of the velocity stands for that of λ: the equations
 * (σ + J) δλ = r have J = β (E − 2 1vᵀ + V/σ) Eᵀ D, with D = ∂q/∂λ, the rows E, and V how they turn
 * along v; so that δv = Eᵀ D δλ solves (σ + β Eᵀ D (E − 2 1vᵀ + V/σ)) δv = Eᵀ D r, as many equations as
 * there are parameters, and δλ follows from it. Only for rows without kinks.
 */
export interface ReducedRows {
  readonly parameters: number;
  /** Takes E where the rows are; squares ← the squared lengths of its rows. */
  take(rows: MarginRows, squares: Float64Array): void;
  /**
   * Takes D and V at a step's start: jacobian ← β Eᵀ D (E − 2 1vᵀ), turning ← β Eᵀ D V; both
   * parameters×parameters, for steps up to h.
   */
  fill(
    start: DualStage,
    step: StepStart,
    squares: Float64Array,
    h: number,
    jacobian: Float64Array,
    turning: Float64Array,
  ): void;
  /** Eᵀ D values. */
  pull(values: Float64Array): Float64Array;
  /** β (E − 2 1vᵀ) δv and β V δv, of one column. */
  push(change: Float64Array): { readonly moved: Float64Array; readonly turnedBy: Float64Array };
  /**
   * The shortest change of w along the sphere that answers the wanted changes of the margins, of which
   * E w is `radial`, with `share` of the mean squared row added against near dependence: (P EᵀE P + ε)⁻¹
   * P Eᵀ right with P the projection across w.
   */
  correction(
    direction: Float64Array,
    radial: Float64Array,
    right: Float64Array,
    share: number,
  ): Float64Array;
}

/** Rows that are kept as the matrices E and V. */
interface KeptRows {
  readonly margins: number;
  readonly parameters: number;
  /** E and V, margins×parameters. */
  readonly rows: Float64Array;
  readonly turned: Float64Array;
  /** False where they do not turn at all, as those of a linear model. */
  turns: boolean;
  /** Of the step's start. */
  readonly q: Float64Array;
  readonly velocity: Float64Array;
  law: DualLaw;
  beta: number;
  /** Working memory: rows of D E and of what they meet, and one column of weights. */
  readonly left: Float64Array;
  readonly right: Float64Array;
  readonly weights: Float64Array;
}

/** Rows taken at a time into a product. */
const CHUNK = 512;
/** Rows whose h·|∂λ′/∂λ| add up to no more than this may be left out of the matrix. */
export const NEGLIGIBLE = 1e-3;

/** Its memory, two matrices of margins×parameters the largest of it. */
export function reducedRows(margins: number, parameters: number, law: DualLaw): ReducedRows {
  const matrix = () => new Float64Array(margins * parameters);
  const chunk = () => new Float64Array(Math.min(CHUNK, margins) * parameters);
  const kept: KeptRows = {
    margins,
    parameters,
    rows: matrix(),
    turned: matrix(),
    turns: false,
    q: new Float64Array(margins),
    velocity: new Float64Array(parameters),
    law,
    beta: NaN,
    left: chunk(),
    right: chunk(),
    weights: new Float64Array(margins),
  };
  return {
    parameters,
    take: (rows, squares) => takeRows(kept, rows, squares),
    fill: (...step) => fillReduced(kept, ...step),
    pull: (values) => pullOf(kept, values),
    push: (change) => pushOf(kept, change),
    correction: (direction, radial, right, share) => {
      const matrix = new Float64Array(parameters ** 2);
      const change = new Float64Array(parameters);
      const trace = productsAcross(kept, direction, radial, right, matrix, change);
      return regularized(matrix, change, (share * trace) / margins);
    },
  };
}

function takeRows(reduced: KeptRows, rows: MarginRows, squares: Float64Array): void {
  const { parameters: n } = reduced;
  rows.jacobian(reduced.rows);
  for (let r = 0; r < squares.length; r++) {
    const row = reduced.rows.subarray(r * n, (r + 1) * n);
    squares[r] = dot(row, row);
  }
}

function fillReduced(
  reduced: KeptRows,
  start: DualStage,
  { law, beta }: StepStart,
  squares: Float64Array,
  h: number,
  jacobian: Float64Array,
  turning: Float64Array,
): void {
  const { margins, parameters: n, q, velocity, rows, turned, left, right } = reduced;
  q.set(start.q);
  velocity.set(start.velocity);
  reduced.law = law;
  reduced.beta = beta;
  start.rows.jacobianChange(start.direction, velocity, turned);
  reduced.turns = turned.some((value) => value !== 0);
  const least = NEGLIGIBLE / (margins * h * beta);
  const chosen = [...q.keys()].filter((row) => q[row] * squares[row] > least);
  const own = new Float64Array(n);
  let ownOf = -1;
  jacobian.fill(0, 0, n * n);
  turning.fill(0, 0, n * n);
  const algebra = algebraForProduct(n * n * CHUNK);
  const times = (count: number, into: Float64Array) => {
    algebra.gemm(true, false, n, n, count, beta, left, 0, n, right, 0, n, 1, into, 0, n);
  };
  for (let first = 0; first < chosen.length; first += CHUNK) {
    const part = chosen.slice(first, first + CHUNK);
    part.forEach((row, r) => {
      const example = Math.floor(row / law.pairs);
      if (law.within !== 0 && ownOf !== example) sumOfExample(reduced, (ownOf = example), own);
      for (let j = 0, at = row * n, to = r * n; j < n; j++, at++, to++) {
        const rest = law.within * own[j] + law.across * velocity[j];
        left[to] = q[row] * (rows[at] - rest);
        right[to] = rows[at] - 2 * law.common * velocity[j];
      }
    });
    times(part.length, jacobian);
    if (!reduced.turns) continue;
    part.forEach((row, r) => right.set(turned.subarray(row * n, (row + 1) * n), r * n));
    times(part.length, turning);
  }
}

/** into ← Σ q ∇p over the pairs of an example. */
function sumOfExample(reduced: KeptRows, example: number, into: Float64Array): void {
  const { law, q, rows, parameters: n } = reduced;
  into.fill(0);
  for (let row = example * law.pairs; row < (example + 1) * law.pairs; row++) {
    for (let j = 0, at = row * n; j < n; j++, at++) into[j] += q[row] * rows[at];
  }
}

function pullOf(reduced: KeptRows, values: Float64Array): Float64Array {
  const { law, q, weights, rows, margins, parameters: n } = reduced;
  weights.set(values);
  timesDualDerivative(law, q, weights, 0);
  const pull = new Float64Array(n);
  for (let r = 0, p = 0; r < margins; r++) {
    const weight = weights[r];
    for (let j = 0; j < n; j++, p++) pull[j] += weight * rows[p];
  }
  return pull;
}

function pushOf(
  { rows, turned, turns, beta, law, velocity }: KeptRows,
  change: Float64Array,
): ReturnType<ReducedRows['push']> {
  const common = 2 * law.common * beta * dot(velocity, change);
  const moved = timesRows(rows, change, beta);
  for (let r = 0; r < moved.length; r++) moved[r] -= common;
  const turnedBy = turns ? timesRows(turned, change, beta) : new Float64Array(moved.length);
  return { moved, turnedBy };
}

/** factor · matrix · column. */
function timesRows(matrix: Float64Array, column: Float64Array, factor: number): Float64Array {
  const n = column.length;
  const into = new Float64Array(matrix.length / n);
  for (let r = 0, p = 0; r < into.length; r++) {
    let sum = 0;
    for (let j = 0; j < n; j++, p++) sum += matrix[p] * column[j];
    into[r] = factor * sum;
  }
  return into;
}

/** matrix ← P EᵀE P, change ← P Eᵀ right; returns the trace of the matrix. */
function productsAcross(
  { rows, margins, parameters: n }: KeptRows,
  direction: Float64Array,
  radial: Float64Array,
  right: Float64Array,
  matrix: Float64Array,
  change: Float64Array,
): number {
  const across = new Float64Array(margins * n);
  let trace = 0;
  for (let r = 0, p = 0; r < margins; r++) {
    for (let j = 0; j < n; j++, p++) {
      across[p] = rows[p] - radial[r] * direction[j];
      trace += across[p] ** 2;
    }
  }
  const algebra = algebraForProduct(n * n * margins);
  algebra.gemm(true, false, n, n, margins, 1, across, 0, n, across, 0, n, 0, matrix, 0, n);
  algebra.gemm(true, false, n, 1, margins, 1, across, 0, n, right, 0, 1, 0, change, 0, 1);
  return trace;
}

/** right ← (matrix + ε)⁻¹ right, in place of the matrix; zero where that is singular. */
export function regularized(
  matrix: Float64Array,
  right: Float64Array,
  epsilon: number,
): Float64Array {
  const n = right.length;
  for (let i = 0; i < n; i++) matrix[i * n + i] += epsilon;
  const pivots = new Int32Array(n);
  const solver = algebraForOrder(n);
  if (solver.luFactor(n, matrix, pivots)) solver.luSolve(n, matrix, pivots, right);
  else right.fill(0);
  return right;
}
