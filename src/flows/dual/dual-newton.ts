import { algebraForOrder } from '../../numerics/linear-algebra.js';
import type { LinearAlgebra } from '../../numerics/linear-algebra-interface.js';
import { KINK_RIDGE } from '../kinks/kink-ridge.js';
import { timesDualDerivative } from './dual-law.js';
import type { ReducedRows } from './dual-reduced.js';
import type { DualStage, StepStart } from './dual-stage.js';
import type { MarginRows } from '../rows/margin-rows.js';

/**
 * The pairs with the smallest dual variables follow the others, as long as their equations' h·|∂λ′/∂λ|
 * add up to no more than this: what they do to each other and to the others is left to the iteration,
 * and so little does that slow it down.
 */
const WEAK = 0.03;
/** With a larger share of rows at work than this, all are. */
const MOST_ROWS = 0.8;

/**
 * The linear algebra of an implicit step: its size is the number of stiff pairs and kinks, whatever
 * the number of parameters; or that of the parameters, where they are few (see `ReducedRows`). The unknowns λ and y meet the parameters through the Gram matrix E Eᵀ of
 * their rows. w itself is eliminated: it follows v = Eᵀ(q, y), and turns the rows as it moves. Left to
 * the iteration around it is only how v changes with w at fixed λ, which is not stiff.
 */
export interface NewtonMatrices {
  /** E Eᵀ at the start of the step, of all rows; empty where the parameters are fewer. */
  readonly gram: Float64Array;
  /** Its diagonal. */
  readonly squares: Float64Array;
  readonly reduced: ReducedRows | undefined;
  /** The rows that the matrices below are about, increasing. */
  acting: readonly number[];
  /** Their number. */
  size: number;
  /** The weak rows, which only follow, increasing. */
  weak: readonly number[];
  /** Minus the Jacobian of the weak rows' λ′ by the acting rows' unknowns at fixed w, weak×size. */
  coupling: Float64Array;
  algebra: LinearAlgebra;
  /** Minus the Jacobian of (λ′, constraints) by (λ, y) at fixed w. */
  jacobian: Float64Array;
  /** How the rows turn where w follows, times (∂q/∂λ, 1): enters divided by γ/h. */
  turning: Float64Array;
  real: Float64Array;
  complex: Float64Array;
  readonly realPivots: Int32Array;
  readonly complexPivots: Int32Array;
  readonly realSide: Float64Array;
  readonly complexSide: Float64Array;
}

/** Matrices for so many rows, of which all act as yet. */
export function newtonMatrices(rows: number, reduced?: ReducedRows): NewtonMatrices {
  const none = new Float64Array(0);
  return {
    gram: reduced ? none : new Float64Array(rows * rows),
    squares: new Float64Array(rows),
    reduced,
    acting: Array.from({ length: rows }, (_, row) => row),
    size: rows,
    weak: [],
    coupling: none,
    algebra: algebraForOrder(rows),
    jacobian: none,
    turning: none,
    real: none,
    complex: none,
    realPivots: new Int32Array(rows),
    complexPivots: new Int32Array(rows),
    realSide: new Float64Array(rows),
    complexSide: new Float64Array(2 * rows),
  };
}

/** Takes what the matrices need of the rows where they now are. */
export function takeGram({ gram, squares, reduced }: NewtonMatrices, rows: MarginRows): void {
  if (reduced) {
    reduced.take(rows, squares);
    return;
  }
  rows.gram(gram);
  for (let r = 0; r < rows.count; r++) squares[r] = gram[r * rows.count + r];
}

/** Makes the matrices those of the acting rows; what they held is lost. */
export function setActing(matrices: NewtonMatrices, acting: readonly number[]): void {
  const chosen = new Set(acting);
  matrices.acting = acting;
  matrices.weak = [...matrices.squares.keys()].filter((row) => !chosen.has(row));
  setSize(matrices, acting.length);
  const coupled = matrices.weak.length * acting.length;
  if (coupled > matrices.coupling.length) matrices.coupling = new Float64Array(coupled);
}

function setSize(matrices: NewtonMatrices, size: number): void {
  matrices.size = size;
  matrices.algebra = algebraForOrder(size);
  if (size * size <= matrices.jacobian.length) return;
  matrices.jacobian = new Float64Array(size * size);
  matrices.turning = new Float64Array(size * size);
  matrices.real = new Float64Array(size * size);
  matrices.complex = new Float64Array(2 * size * size);
}

/**
 * Minus the Jacobian of the λ and y equations, from the Gram matrix and how the rows turn, for the
 * rows that matter to steps up to h.
 */
export function fillJacobian(
  matrices: NewtonMatrices,
  start: DualStage,
  step: StepStart,
  h: number,
): void {
  const { law, beta } = step;
  const { products, rows } = start;
  const { reduced, squares } = matrices;
  if (reduced) {
    setSize(matrices, reduced.parameters);
    reduced.fill(start, step, squares, h, matrices.jacobian, matrices.turning);
    return;
  }
  setActing(matrices, actingRows(squares, start, step, h));
  const { gram, jacobian, turning, acting, size } = matrices;
  rows.turning(start.direction, start.velocity, acting, turning);
  const q = Float64Array.from(
    acting.filter((row) => row < rows.margins),
    (row) => start.q[row],
  );
  for (let i = 0, p = 0; i < size; i++) {
    const from = acting[i] * rows.count;
    const isMargin = i < q.length;
    const factor = isMargin ? beta : 1;
    const common = isMargin && law.common === 1 ? 2 : 0;
    const row = p;
    for (let j = 0; j < size; j++, p++) {
      jacobian[p] = factor * (gram[from + acting[j]] - common * products[acting[j]]);
      turning[p] *= factor;
    }
    timesDualDerivative(law, q, jacobian, row);
    timesDualDerivative(law, q, turning, row);
    if (!isMargin) jacobian[row + i] += KINK_RIDGE * gram[from + acting[i]];
  }
  fillCoupling(matrices, start, step, q);
}

/** How the weak rows follow the acting ones, whose dual variables are q. */
function fillCoupling(
  { gram, acting, size, weak, coupling }: NewtonMatrices,
  { products, rows }: DualStage,
  { law, beta }: StepStart,
  q: Float64Array,
): void {
  const common = law.common === 1 ? 2 : 0;
  for (let i = 0, p = 0; i < weak.length; i++) {
    const from = weak[i] * rows.count;
    const row = p;
    for (let j = 0; j < size; j++, p++) {
      coupling[p] = beta * (gram[from + acting[j]] - common * products[acting[j]]);
    }
    timesDualDerivative(law, q, coupling, row);
  }
}

/** The stiff pairs and all kinks; every row where few are not, or where pairs share an example. */
function actingRows(
  squares: Float64Array,
  { q, rows }: DualStage,
  { law, beta }: StepStart,
  h: number,
): readonly number[] {
  const { margins, count } = rows;
  const all = Array.from({ length: count }, (_, row) => row);
  if (law.within !== 0) return all;
  const stiffness = Float64Array.from(q, (dual, r) => h * beta * dual * squares[r]);
  let left = WEAK;
  let threshold = 0;
  for (const value of stiffness.slice().sort()) {
    left -= value;
    if (!(left > 0)) break;
    threshold = value;
  }
  const acting = all.filter((row) => row >= margins || !(stiffness[row] <= threshold));
  return acting.length > MOST_ROWS * count ? all : acting;
}
