import { expect } from 'chai';
import { fillJacobian, newtonMatrices, setActing } from '../../../src/flows/dual/dual-newton.js';
import { factorShifted, newtonStep, solveReal } from '../../../src/flows/dual/newton-step.js';
import {
  findSlope,
  stageOf,
  type DualStage,
  type StepStart,
} from '../../../src/flows/dual/dual-stage.js';
import { radauTableau } from '../../../src/flows/radau-tableau.js';
import { rebuild, type DualState } from '../../../src/flows/dual/dual-state.js';
import { exponentialLoss, logisticLoss, objective } from '../../../src/losses/index.js';
import { relu, twoLayer } from '../../../src/networks/index.js';
import { randomStream } from '../../../src/numerics/random.js';
import { stateOf } from '../../helpers/dual-steps.js';
import { jacobianByDifferences, relativeError } from '../../helpers/finite-differences.js';
import { normals } from '../../helpers/small-networks.js';
import { arcs, threeClasses, type Problem } from '../../helpers/small-problems.js';

function smooth({ at, theta0 }: Problem): DualState {
  return stateOf(at, theta0, 1e-9);
}

/** A ReLU network with two examples on kinks. */
function sliding(): DualState {
  const stream = randomStream('sliding Newton');
  const labels = Float64Array.of(1, -1, 1, -1);
  const at = objective(twoLayer(3, 4, relu), normals(stream, 12), labels, exponentialLoss);
  const state = stateOf(at, normals(stream, at.parameters), 1e-9);
  state.modes!.sliding = [
    { example: 1, unit: 2 },
    { example: 3, unit: 2 },
  ];
  // Each time w comes nearer to the kinks.
  for (let k = 0; k < 6; k++) rebuild(state, state.stepper.start.direction.slice());
  return state;
}

const cases: [string, () => DualState][] = [
  ['exponential', () => smooth(arcs())],
  ['logistic, early', () => smooth(arcs(logisticLoss))],
  ['exponential over pairs', () => smooth(threeClasses())],
  ['cross-entropy, early', () => smooth(threeClasses(logisticLoss))],
  ['sliding along kinks', sliding],
];

/** Slopes of a stage with other unknowns at the same w. */
function slopeWith(start: DualStage, step: StepStart, unknowns: Float64Array): Float64Array {
  const stage = stageOf(start.rows, start.direction.length);
  stage.direction.set(start.direction);
  stage.unknowns.set(unknowns);
  findSlope(stage, step);
  return stage.slope;
}

describe('the Jacobian by λ and y at fixed w', () => {
  for (const [title, make] of cases) {
    it(`is what differences give: ${title}`, () => {
      const { start, step, matrices } = make().stepper;
      fillJacobian(matrices, start, step, 1e9);
      const expected = jacobianByDifferences(
        (unknowns) => slopeWith(start, step, unknowns),
        start.unknowns,
      ).map((value) => -value);
      expect(relativeError(matrices.jacobian, expected)).to.be.below(1e-8);
    });
  }
});

describe('a Newton step', () => {
  for (const [title, make] of cases) {
    it(`solves the linear equations of all three stages: ${title}`, () => {
      const { start, stages, matrices, step } = make().stepper;
      fillJacobian(matrices, start, step, 1e9);
      const { size, jacobian, turning } = matrices;
      const active = start.rows.margins;
      const stream = randomStream(title);
      const h = 0.3;
      const z = stages.map(() => normals(stream, size));
      stages.forEach((stage) => {
        stage.logNormChange = 0;
        stage.slope.set(normals(stream, size));
      });
      expect(factorShifted(matrices, active, h)).to.be.true;
      const { t, tInverse, a, aInverse } = radauTableau;
      const inBasis = (basis: readonly (readonly number[])[], of: readonly Float64Array[]) =>
        basis.map(([a, b, c]) => of[0].map((value, i) => a * value + b * of[1][i] + c * of[2][i]));
      const before = inBasis(tInverse, z);
      const transformed = before.map((values) => values.slice());
      newtonStep(matrices, stages, z, transformed, h, 2);
      const after = inBasis(t, transformed);
      const delta = after.map((values, s) => values.map((value, i) => value - z[s][i]));
      // (A⁻¹ ⊗ M/h + I ⊗ J + hA ⊗ T) Δ = f − (A⁻¹ ⊗ M/h) z for the turning T of the rows, that is
      // M/h · A⁻¹ (z + Δ) + J Δ + T hA Δ = f.
      const inverse = inBasis(aInverse, after);
      const followed = inBasis(a, delta);
      for (let s = 0; s < 3; s++) {
        const left = inverse[s].map((value, i) => {
          let sum = i < active ? value / h : 0;
          for (let j = 0; j < size; j++) {
            sum +=
              jacobian[i * size + j] * delta[s][j] + h * turning[i * size + j] * followed[s][j];
          }
          return sum;
        });
        expect(relativeError(left, stages[s].slope)).to.be.below(1e-9);
      }
    });
  }

  it('divides the equations of a stage by the growth of β up to there', () => {
    const { stages, matrices, start, step: first } = smooth(arcs()).stepper;
    const { size } = matrices;
    fillJacobian(matrices, start, first, 1e9);
    const [h, degree] = [0.1, 3];
    factorShifted(matrices, start.rows.margins, h);
    const z = stages.map(() => new Float64Array(size));
    const slopes = stages.map(() => normals(randomStream('growth'), size));
    const step = (growth: number, factor: number) => {
      stages.forEach((stage, s) => {
        stage.logNormChange = growth;
        stage.slope.set(slopes[s].map((value) => factor * value));
      });
      const transformed = stages.map(() => new Float64Array(size));
      newtonStep(matrices, stages, z, transformed, h, degree);
      return transformed[2];
    };
    const expected = step(0, 1);
    expect(relativeError(step(0.2, Math.exp(0.6)), expected)).to.be.below(1e-13);
  });

  it('leaves out the pairs that add up to little, which follow the others', () => {
    const { stages, matrices, start, step } = sliding().stepper;
    const { margins, count } = start.rows;
    // Two dual variables that matter, and two that do not.
    start.q.set([0.6, 1e-6, 0.4, 1e-7]);
    const h = 0.5;
    fillJacobian(matrices, start, step, h);
    expect(matrices.acting).to.deep.equal([0, 2, 4, 5]);
    expect(factorShifted(matrices, margins, h)).to.be.true;
    const stream = randomStream('weak');
    stages.forEach((stage) => {
      stage.logNormChange = 0;
      stage.slope.set(normals(stream, count));
    });
    const zero = stages.map(() => new Float64Array(count));
    const transformed = stages.map(() => new Float64Array(count));
    newtonStep(matrices, stages, zero, transformed, h, 2);
    const combined = (weights: readonly number[], of: readonly Float64Array[], row: number) =>
      weights.reduce((sum, weight, j) => sum + weight * of[j][row], 0);
    const { acting, weak, coupling } = matrices;
    expect(weak).to.deep.equal([1, 3]);
    const pulled = (of: (row: number) => number, i: number) =>
      acting.reduce((sum, row, j) => sum + coupling[i * acting.length + j] * of(row), 0);
    weak.forEach((row, i) => {
      // A⁻¹ Δ/h + C Δ' = f, for the Δ' of the acting rows.
      const rest = stages.map(({ slope }, s) => {
        const moved = (other: number) => combined(radauTableau.t[s], transformed, other);
        return Float64Array.from(slope, (value, k) => (k === row ? value - pulled(moved, i) : 0));
      });
      for (let s = 0; s < 3; s++) {
        const followed = h * combined(radauTableau.a[s], rest, row);
        const scale = Math.max(1, Math.abs(followed));
        const off = combined(radauTableau.t[s], transformed, row) - followed;
        expect(off / scale).to.be.closeTo(0, 1e-12);
      }
    });
    const values = normals(stream, count);
    const solved = values.slice();
    solveReal(matrices, solved, h);
    const rest = values[1] - pulled((row) => solved[row], 0);
    expect(solved[1]).to.be.closeTo((h / radauTableau.real) * rest, 1e-12);
  });

  it('cannot be taken where the matrix is singular', () => {
    const matrices = newtonMatrices(2);
    setActing(matrices, [0, 1]);
    matrices.jacobian.set([0, 0, 0, 0]);
    expect(factorShifted(matrices, 1, 0.1)).to.be.false;
  });
});
