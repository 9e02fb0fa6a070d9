import type { ReducedRows } from './dual-reduced.js';
import type { NewtonMatrices } from './dual-newton.js';
import type { DualStage } from './dual-stage.js';
import { radauTableau } from '../radau-tableau.js';

/**
 * Factors (γ/h) M + jacobian and ((α + iβ)/h) M + jacobian; M is 1 for margins and 0 for kinks, whose
 * equations are algebraic. False where one is singular.
 */
export function factorShifted(matrices: NewtonMatrices, margins: number, h: number): boolean {
  const { size, acting, jacobian, turning, real, complex, algebra, reduced } = matrices;
  const { real: gamma, complexRe, complexIm } = radauTableau;
  const { byReal, byRe, byIm } = timesOf(h);
  for (let p = 0; p < size * size; p++) {
    const value = jacobian[p];
    const turn = turning[p];
    real[p] = value + byReal * turn;
    complex[2 * p] = value + byRe * turn;
    complex[2 * p + 1] = byIm * turn;
  }
  for (let i = 0; i < size && (reduced || acting[i] < margins); i++) {
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
  const { size, acting, weak, coupling, realSide, algebra, reduced } = matrices;
  const byReal = h / radauTableau.real;
  if (reduced) {
    const change = reduced.pull(values);
    algebra.luSolve(size, matrices.real, matrices.realPivots, change);
    const { moved, turnedBy } = reduced.push(change);
    for (let r = 0; r < values.length; r++) {
      values[r] = byReal * (values[r] - moved[r] - byReal * turnedBy[r]);
    }
    return;
  }
  for (let i = 0; i < size; i++) realSide[i] = values[acting[i]];
  algebra.luSolve(size, matrices.real, matrices.realPivots, realSide);
  for (let i = 0; i < size; i++) values[acting[i]] = realSide[i];
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
  const scales = stages.map(({ logNormChange }) => Math.exp(-degree * logNormChange));
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
  if (matrices.reduced) {
    reducedStep(matrices, matrices.reduced, transform, transformed, h);
    return;
  }
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

/** The step where the parameters are fewer than the rows. */
function reducedStep(
  matrices: NewtonMatrices,
  reduced: ReducedRows,
  residual: (row: number) => readonly [number, number, number],
  [w0, w1, w2]: readonly Float64Array[],
  h: number,
): void {
  const { size, algebra, complexSide } = matrices;
  const margins = w0.length;
  const inReal = new Float64Array(margins);
  const inRe = new Float64Array(margins);
  const inIm = new Float64Array(margins);
  for (let r = 0; r < margins; r++) [inReal[r], inRe[r], inIm[r]] = residual(r);
  const [real, re, im] = [inReal, inRe, inIm].map((side) => reduced.pull(side));
  algebra.luSolve(size, matrices.real, matrices.realPivots, real);
  for (let i = 0; i < size; i++) {
    complexSide[2 * i] = re[i];
    complexSide[2 * i + 1] = im[i];
  }
  algebra.complexLuSolve(size, matrices.complex, matrices.complexPivots, complexSide);
  for (let i = 0; i < size; i++) {
    re[i] = complexSide[2 * i];
    im[i] = complexSide[2 * i + 1];
  }
  const [byReal, ofRe, ofIm] = [real, re, im].map((change) => reduced.push(change));
  const times = timesOf(h);
  for (let r = 0; r < margins; r++) {
    const single = inReal[r] - byReal.moved[r] - times.byReal * byReal.turnedBy[r];
    w0[r] += times.byReal * single;
    const [a, b] = [ofRe.turnedBy[r], ofIm.turnedBy[r]];
    const left = inRe[r] - ofRe.moved[r] - (times.byRe * a - times.byIm * b);
    const right = inIm[r] - ofIm.moved[r] - (times.byRe * b + times.byIm * a);
    w1[r] += times.byRe * left - times.byIm * right;
    w2[r] += times.byRe * right + times.byIm * left;
  }
}

/** h/γ and h/(α + iβ): what the equation of a single pair that is not stiff is multiplied by. */
function timesOf(h: number): { byReal: number; byRe: number; byIm: number } {
  const { real, complexRe, complexIm } = radauTableau;
  const squares = complexRe ** 2 + complexIm ** 2;
  return { byReal: h / real, byRe: (h * complexRe) / squares, byIm: (-h * complexIm) / squares };
}
