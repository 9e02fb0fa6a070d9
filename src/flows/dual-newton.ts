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
 * The linear algebra of an implicit step: its size is the number of active pairs and kinks, whatever
 * the number of parameters. The unknowns λ and y meet the parameters through the Gram matrix E Eᵀ of
 * their rows. w itself is eliminated: it follows v = Eᵀ(q, y), and turns the rows as it moves. Left to
 * the iteration around it is only how v changes with w at fixed λ, which is not stiff.
 */
export interface NewtonMatrices {
  readonly size: number;
  readonly algebra: LinearAlgebra;
  /** E Eᵀ at the start of the step. */
  readonly gram: Float64Array;
  /** Minus the Jacobian of (λ′, constraints) by (λ, y) at fixed w. */
  readonly jacobian: Float64Array;
  /** How the rows turn where w follows, times (∂q/∂λ, 1): enters divided by γ/h. */
  readonly turning: Float64Array;
  readonly real: Float64Array;
  readonly complex: Float64Array;
  readonly realPivots: Int32Array;
  readonly complexPivots: Int32Array;
  readonly realSide: Float64Array;
  readonly complexSide: Float64Array;
}

export function newtonMatrices(size: number): NewtonMatrices {
  return {
    size,
    algebra: algebraForOrder(size),
    gram: new Float64Array(size * size),
    jacobian: new Float64Array(size * size),
    turning: new Float64Array(size * size),
    real: new Float64Array(size * size),
    complex: new Float64Array(2 * size * size),
    realPivots: new Int32Array(size),
    complexPivots: new Int32Array(size),
    realSide: new Float64Array(size),
    complexSide: new Float64Array(2 * size),
  };
}

/** Minus the Jacobian of the λ and y equations, from the Gram matrix and how the rows turn. */
export function fillJacobian(matrices: NewtonMatrices, start: DualStage, step: StepStart): void {
  const { gram, jacobian, turning, size } = matrices;
  const { law, beta } = step;
  const { products, q, rows } = start;
  rows.turning(start.direction, start.velocity, turning);
  for (let i = 0, p = 0; i < size; i++) {
    const isMargin = i < rows.margins;
    const factor = isMargin ? beta : 1;
    const common = isMargin && law.common === 1 ? 2 : 0;
    const row = p;
    for (let j = 0; j < size; j++, p++) {
      jacobian[p] = factor * (gram[p] - common * products[j]);
      turning[p] *= factor;
    }
    timesDualDerivative(law, q, jacobian, row);
    timesDualDerivative(law, q, turning, row);
    if (!isMargin) jacobian[row + i] += KINK_RIDGE * gram[row + i];
  }
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
export function factorShifted(matrices: NewtonMatrices, active: number, h: number): boolean {
  const { size, jacobian, turning, real, complex, algebra } = matrices;
  const { real: gamma, complexRe, complexIm } = radauTableau;
  // h/γ and h/(α + iβ)
  const byReal = h / gamma;
  const squares = complexRe ** 2 + complexIm ** 2;
  const byRe = (h * complexRe) / squares;
  const byIm = (-h * complexIm) / squares;
  for (let p = 0; p < size * size; p++) {
    const value = jacobian[p];
    const turn = turning[p];
    real[p] = value + byReal * turn;
    complex[2 * p] = value + byRe * turn;
    complex[2 * p + 1] = byIm * turn;
  }
  for (let i = 0; i < active; i++) {
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
  const { realSide: real, complexSide: complex, algebra, size } = matrices;
  const active = stages[0].rows.margins;
  const [s0, s1, s2] = stages;
  const [z0, z1, z2] = z;
  const scales = stages.map(({ growth }) => Math.exp(-degree * growth));
  const residual = (s: number, slope: number, i: number) => {
    if (i >= active) return slope;
    const [a, b, c] = aInverse[s];
    return scales[s] * (slope - (a * z0[i] + b * z1[i] + c * z2[i]) / h);
  };
  const [first, second, third] = tInverse;
  for (let i = 0; i < size; i++) {
    const f0 = residual(0, s0.slope[i], i);
    const f1 = residual(1, s1.slope[i], i);
    const f2 = residual(2, s2.slope[i], i);
    real[i] = first[0] * f0 + first[1] * f1 + first[2] * f2;
    complex[2 * i] = second[0] * f0 + second[1] * f1 + second[2] * f2;
    complex[2 * i + 1] = third[0] * f0 + third[1] * f1 + third[2] * f2;
  }
  algebra.luSolve(size, matrices.real, matrices.realPivots, real);
  algebra.complexLuSolve(size, matrices.complex, matrices.complexPivots, complex);
  const [w0, w1, w2] = transformed;
  for (let i = 0; i < size; i++) {
    w0[i] += real[i];
    w1[i] += complex[2 * i];
    w2[i] += complex[2 * i + 1];
  }
}
