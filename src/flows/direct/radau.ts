import { algebraForOrder } from '../../numerics/linear-algebra.js';
import { radauTableau } from '../radau-tableau.js';
import { weightedNorm, type Counts, type OdeSystem, type Stepper } from '../stepper.js';

const NEWTON_ITERATIONS = 8;
/** Newton stops when the remaining error is this fraction of the step tolerance. */
const NEWTON_TOLERANCE = 1e-3;
/** A Jacobian is kept for the next step while Newton contracts at least this fast. */
const GOOD_CONTRACTION = 1e-2;

/**
 * The implicit method for the late, stiff phase: Radau IIA of three stages and order 5 (Hairer & Wanner,
 * Solving ODEs II, IV.8), L-stable, stiffly accurate, simplified Newton with the exact Jacobian
 * (approximate ones lose the step size where ‖θ‖^L is large). `tolerances` has one positive number for each
 * unknown; a step costs their number cubed. Work is added to `counts`.
 */
export function radau(system: OdeSystem, tolerances: Float64Array, counts: Counts): Stepper {
  const n = system.size;
  const algebra = algebraForOrder(n);
  const jacobian = new Float64Array(n * n);
  const jacobianAt = new Float64Array(n).fill(NaN);
  const lu = linearSystem(n);
  const stages = stageBuffers(n);
  const end = new Float64Array(n);
  const estimate = new Float64Array(n);
  let keepJacobian = false;
  let lastStep = 0;

  function refresh(y: Float64Array): void {
    const same = jacobianAt.every((value, i) => value === y[i]);
    if (same || keepJacobian) return;
    system.jacobian(y, jacobian);
    counts.jacobians++;
    jacobianAt.set(y);
    lu.step = NaN;
  }

  function factor(h: number): boolean {
    if (lu.step === h) return lu.regular;
    fillShifted(jacobian, h, n, lu);
    lu.regular =
      algebra.luFactor(n, lu.real, lu.realPivots) &&
      algebra.complexLuFactor(n, lu.complex, lu.complexPivots);
    lu.step = h;
    counts.factorizations += 2;
    return lu.regular;
  }

  /** Solves the stage equations; returns the contraction rate, or NaN where Newton failed. */
  function solveStages(y: Float64Array, h: number): number {
    predict(stages, lastStep === 0 ? 0 : h / lastStep);
    let previous = NaN;
    let rate = 0;
    for (let iteration = 0; iteration < NEWTON_ITERATIONS; iteration++) {
      for (let s = 0; s < 3; s++) {
        for (let i = 0; i < n; i++) stages.point[i] = y[i] + stages.z[s][i];
        system.field(stages.point, stages.f[s]);
      }
      counts.evaluations += 3;
      newtonResidual(stages, h);
      algebra.luSolve(n, lu.real, lu.realPivots, stages.realStep);
      algebra.complexLuSolve(n, lu.complex, lu.complexPivots, stages.complexStep);
      const size = applyNewtonStep(stages, tolerances);
      if (!Number.isFinite(size)) return NaN;
      if (iteration > 0) {
        rate = size / previous;
        const left = NEWTON_ITERATIONS - 1 - iteration;
        if (rate >= 1 || (rate ** left / (1 - rate)) * size > NEWTON_TOLERANCE) {
          // Rounding alone can stop the contraction; by then the residue is far below tolerance.
          return size < NEWTON_TOLERANCE ? rate : NaN;
        }
      }
      if (size === 0 || (iteration > 0 && (rate / (1 - rate)) * size < NEWTON_TOLERANCE))
        return rate;
      previous = size;
    }
    return NaN;
  }

  /** Local error: (h γ₀ f + Σ eᵢ zᵢ) filtered by the real factor, as in RADAU5. */
  function localError(slope: Float64Array, h: number): number {
    const { error } = radauTableau;
    for (let i = 0; i < n; i++) {
      const z = error[0] * stages.z[0][i] + error[1] * stages.z[1][i] + error[2] * stages.z[2][i];
      estimate[i] = slope[i] + z / h;
    }
    algebra.luSolve(n, lu.real, lu.realPivots, estimate);
    return weightedNorm(estimate, tolerances);
  }

  return {
    implicit: true,
    order: 5,
    errorOrder: 4,
    attempt(y, slope, h) {
      refresh(y);
      if (!factor(h)) return { y: end, error: Infinity, solved: false };
      let rate = solveStages(y, h);
      if (Number.isNaN(rate) && keepJacobian) {
        keepJacobian = false;
        refresh(y);
        if (factor(h)) rate = solveStages(y, h);
      }
      if (Number.isNaN(rate)) return { y: end, error: Infinity, solved: false };
      for (let i = 0; i < n; i++) end[i] = y[i] + stages.z[2][i];
      let error = localError(slope, h);
      if (error > 1 && Number.isFinite(error)) {
        // A second filtering keeps the estimate from overreacting to stiff components.
        for (let i = 0; i < n; i++) stages.point[i] = y[i] + estimate[i];
        system.field(stages.point, stages.f[0]);
        counts.evaluations++;
        error = localError(stages.f[0], h);
      }
      stages.rate = rate;
      return { y: end, error, solved: true };
    },
    accept(h) {
      keepJacobian = stages.rate < GOOD_CONTRACTION;
      lastStep = h;
      for (let s = 0; s < 3; s++) stages.last[s].set(stages.z[s]);
    },
    stiffness: () => 0,
  };
}

interface LinearSystem {
  readonly real: Float64Array;
  readonly complex: Float64Array;
  readonly realPivots: Int32Array;
  readonly complexPivots: Int32Array;
  /** Step size the factors belong to; NaN where they are stale. */
  step: number;
  regular: boolean;
}

function linearSystem(n: number): LinearSystem {
  return {
    real: new Float64Array(n * n),
    complex: new Float64Array(2 * n * n),
    realPivots: new Int32Array(n),
    complexPivots: new Int32Array(n),
    step: NaN,
    regular: false,
  };
}

/** real ← (γ/h) I − J and complex ← ((α + iβ)/h) I − J. */
function fillShifted(jacobian: Float64Array, h: number, n: number, lu: LinearSystem): void {
  const { real, complexRe, complexIm } = radauTableau;
  for (let p = 0; p < n * n; p++) {
    lu.real[p] = -jacobian[p];
    lu.complex[2 * p] = -jacobian[p];
    lu.complex[2 * p + 1] = 0;
  }
  for (let i = 0; i < n; i++) {
    const p = i * n + i;
    lu.real[p] += real / h;
    lu.complex[2 * p] += complexRe / h;
    lu.complex[2 * p + 1] += complexIm / h;
  }
}

function stageBuffers(n: number) {
  const three = () => [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  return {
    n,
    /** Increments Y_s − y at the three stages. */
    z: three(),
    /** The same in the basis that decouples the stages. */
    w: three(),
    f: three(),
    /** Increments of the last accepted step, for the predictor. */
    last: three(),
    point: new Float64Array(n),
    realStep: new Float64Array(n),
    complexStep: new Float64Array(2 * n),
    rate: 1,
  };
}

type Stages = ReturnType<typeof stageBuffers>;

/** First guess: the last step's collocation polynomial, extended by `ratio` = h/h_last. */
function predict(stages: Stages, ratio: number): void {
  const { c, dense, tInverse } = radauTableau;
  const { n, z, w, last } = stages;
  for (let s = 0; s < 3; s++) {
    const x = 1 + c[s] * ratio;
    const weights = [0, 1, 2].map(
      (r) => dense[r][0] * x + dense[r][1] * x * x + dense[r][2] * x * x * x - (r === 2 ? 1 : 0),
    );
    for (let i = 0; i < n; i++) {
      z[s][i] =
        ratio === 0
          ? 0
          : weights[0] * last[0][i] + weights[1] * last[1][i] + weights[2] * last[2][i];
    }
  }
  for (let s = 0; s < 3; s++) {
    const row = tInverse[s];
    for (let i = 0; i < n; i++) w[s][i] = row[0] * z[0][i] + row[1] * z[1][i] + row[2] * z[2][i];
  }
}

/** The residual of the stage equations in the decoupled basis. */
function newtonResidual(stages: Stages, h: number): void {
  const { tInverse, real, complexRe, complexIm } = radauTableau;
  const { n, f, w, realStep, complexStep } = stages;
  const [first, second, third] = tInverse;
  const gamma = real / h;
  const re = complexRe / h;
  const im = complexIm / h;
  for (let i = 0; i < n; i++) {
    const [f0, f1, f2] = [f[0][i], f[1][i], f[2][i]];
    realStep[i] = first[0] * f0 + first[1] * f1 + first[2] * f2 - gamma * w[0][i];
    const x = w[1][i];
    const y = w[2][i];
    complexStep[2 * i] = second[0] * f0 + second[1] * f1 + second[2] * f2 - (re * x - im * y);
    complexStep[2 * i + 1] = third[0] * f0 + third[1] * f1 + third[2] * f2 - (re * y + im * x);
  }
}

/** w += Newton step, z ← T w; returns the weighted size of the step. */
function applyNewtonStep(stages: Stages, tolerances: Float64Array): number {
  const { t } = radauTableau;
  const { n, z, w, realStep, complexStep } = stages;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const a = realStep[i];
    const b = complexStep[2 * i];
    const c = complexStep[2 * i + 1];
    w[0][i] += a;
    w[1][i] += b;
    w[2][i] += c;
    const weight = 1 / tolerances[i];
    sum += (a * weight) ** 2 + (b * weight) ** 2 + (c * weight) ** 2;
  }
  for (let s = 0; s < 3; s++) {
    const row = t[s];
    for (let i = 0; i < n; i++) z[s][i] = row[0] * w[0][i] + row[1] * w[1][i] + row[2] * w[2][i];
  }
  return Math.sqrt(sum / (3 * n));
}
