import { algebraForOrder, type LinearAlgebra } from '../numerics/linear-algebra.js';
import type { DualLaw } from './dual-law.js';
import type { DualStage, StepStart } from './dual-stage.js';
import { radauTableau } from './radau-tableau.js';

/**
 * Added to the diagonal of kinks, as a share of it: kinks of one unit may depend on each other, as
 * those of examples given twice or on one line. Then any split of their weights does, and this keeps
 * the one there is.
 */
export const KINK_RIDGE = 1e-9;

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
 * the number of parameters. The unknowns λ and y meet the parameters through the Gram matrix E Eᵀ of
 * their rows. w itself is eliminated: it follows v = Eᵀ(q, y), and turns the rows as it moves. Left to
 * the iteration around it is only how v changes with w at fixed λ, which is not stiff.
 */
export interface NewtonMatrices {
  /** E Eᵀ at the start of the step, of all rows. */
  readonly gram: Float64Array;
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
export function newtonMatrices(rows: number): NewtonMatrices {
  const none = new Float64Array(0);
  return {
    gram: new Float64Array(rows * rows),
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

/** Makes the matrices those of the acting rows; what they held is lost. */
export function setActing(matrices: NewtonMatrices, acting: readonly number[]): void {
  const size = acting.length;
  const { realPivots } = matrices;
  matrices.acting = acting;
  matrices.size = size;
  const chosen = new Set(acting);
  matrices.weak = [...realPivots.keys()].filter((row) => !chosen.has(row));
  const coupled = matrices.weak.length * size;
  if (coupled > matrices.coupling.length) matrices.coupling = new Float64Array(coupled);
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
  setActing(matrices, actingRows(matrices.gram, start, step, h));
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
  gram: Float64Array,
  { q, rows }: DualStage,
  { law, beta }: StepStart,
  h: number,
): readonly number[] {
  const { margins, count } = rows;
  const all = Array.from({ length: count }, (_, row) => row);
  if (law.within !== 0) return all;
  const stiffness = Float64Array.from(q, (dual, r) => h * beta * dual * gram[r * count + r]);
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

/** The first entries of a row, m, become m·∂q/∂λ. */
export function timesDualDerivative(
  law: DualLaw,
  q: Float64Array,
  row: Float64Array,
  at: number,
): void {
  const { across, within, pairs } = law;
  const active = q.length;
  let total = 0;
  for (let j = 0; j < active; j++) total += row[at + j] * q[j];
  if (within === 0) {
    for (let j = 0; j < active; j++) row[at + j] = q[j] * (row[at + j] - across * total);
    return;
  }
  for (let first = 0; first < active; first += pairs) {
    let own = 0;
    for (let j = first; j < first + pairs; j++) own += row[at + j] * q[j];
    for (let j = first; j < first + pairs; j++) {
      row[at + j] = q[j] * (row[at + j] - within * own - across * total);
    }
  }
}

/**
 * Factors (γ/h) M + jacobian and ((α + iβ)/h) M + jacobian; M is 1 for margins and 0 for kinks, whose
 * equations are algebraic. False where one is singular.
 */
export function factorShifted(matrices: NewtonMatrices, margins: number, h: number): boolean {
  const { size, acting, jacobian, turning, real, complex, algebra } = matrices;
  const { real: gamma, complexRe, complexIm } = radauTableau;
  const { byReal, byRe, byIm } = timesOf(h);
  for (let p = 0; p < size * size; p++) {
    const value = jacobian[p];
    const turn = turning[p];
    real[p] = value + byReal * turn;
    complex[2 * p] = value + byRe * turn;
    complex[2 * p + 1] = byIm * turn;
  }
  for (let i = 0; i < size && acting[i] < margins; i++) {
    const p = i * size + i;
    real[p] += gamma / h;
    complex[2 * p] += complexRe / h;
    complex[2 * p + 1] += complexIm / h;
  }
  return (
    algebra.luFactor(size, real, matrices.realPivots) &&
    algebra.complexLuFactor(size, complex, matrices.complexPivots)
  );
}

/** values ← (γ/h M + jacobian)⁻¹ values, over all rows. */
export function solveReal(matrices: NewtonMatrices, values: Float64Array, h: number): void {
  const { size, acting, weak, coupling, realSide, algebra } = matrices;
  for (let i = 0; i < size; i++) realSide[i] = values[acting[i]];
  algebra.luSolve(size, matrices.real, matrices.realPivots, realSide);
  for (let i = 0; i < size; i++) values[acting[i]] = realSide[i];
  const byReal = h / radauTableau.real;
  weak.forEach((row, i) => {
    let value = values[row];
    for (let j = 0, p = i * size; j < size; j++, p++) value -= coupling[p] * realSide[j];
    values[row] = byReal * value;
  });
}

/**
 * One Newton step for the unknowns' increments `z` over the three stages, in the basis that decouples
 * the stages; `transformed` holds them in that basis and is updated. The equations for λ at a stage
 * are divided by its β over the step's first β, since the matrix has the first one for all stages.
 */
export function newtonStep(
  matrices: NewtonMatrices,
  stages: readonly DualStage[],
  z: readonly Float64Array[],
  transformed: readonly Float64Array[],
  h: number,
  degree: number,
): void {
  const { tInverse, aInverse } = radauTableau;
  const { acting, weak, coupling, realSide: real, complexSide: complex, algebra, size } = matrices;
  const { margins } = stages[0].rows;
  const [s0, s1, s2] = stages;
  const [z0, z1, z2] = z;
  const [w0, w1, w2] = transformed;
  const scales = stages.map(({ growth }) => Math.exp(-degree * growth));
  const residual = (s: number, slope: number, row: number) => {
    if (row >= margins) return slope;
    const [a, b, c] = aInverse[s];
    return scales[s] * (slope - (a * z0[row] + b * z1[row] + c * z2[row]) / h);
  };
  const [first, second, third] = tInverse;
  const transform = (row: number) => {
    const f0 = residual(0, s0.slope[row], row);
    const f1 = residual(1, s1.slope[row], row);
    const f2 = residual(2, s2.slope[row], row);
    return [
      first[0] * f0 + first[1] * f1 + first[2] * f2,
      second[0] * f0 + second[1] * f1 + second[2] * f2,
      third[0] * f0 + third[1] * f1 + third[2] * f2,
    ] as const;
  };
  for (let i = 0; i < size; i++) {
    [real[i], complex[2 * i], complex[2 * i + 1]] = transform(acting[i]);
  }
  algebra.luSolve(size, matrices.real, matrices.realPivots, real);
  algebra.complexLuSolve(size, matrices.complex, matrices.complexPivots, complex);
  for (let i = 0; i < size; i++) {
    const row = acting[i];
    w0[row] += real[i];
    w1[row] += complex[2 * i];
    w2[row] += complex[2 * i + 1];
  }
  const { byReal, byRe, byIm } = timesOf(h);
  for (let i = 0, p = 0; i < weak.length; i++) {
    const row = weak[i];
    let [inReal, inRe, inIm] = transform(row);
    for (let j = 0; j < size; j++, p++) {
      const share = coupling[p];
      inReal -= share * real[j];
      inRe -= share * complex[2 * j];
      inIm -= share * complex[2 * j + 1];
    }
    w0[row] += byReal * inReal;
    w1[row] += byRe * inRe - byIm * inIm;
    w2[row] += byRe * inIm + byIm * inRe;
  }
}

/** h/γ and h/(α + iβ): what the equation of a single pair that is not stiff is multiplied by. */
function timesOf(h: number): { byReal: number; byRe: number; byIm: number } {
  const { real, complexRe, complexIm } = radauTableau;
  const squares = complexRe ** 2 + complexIm ** 2;
  return { byReal: h / real, byRe: (h * complexRe) / squares, byIm: (-h * complexIm) / squares };
}
