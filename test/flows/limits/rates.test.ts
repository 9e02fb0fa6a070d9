import { expect } from 'chai';
import { planarProblem } from '../../../src/experiments/index.js';
import {
  certifyLimit,
  followFlow,
  type FlowPoint,
  type KktPoint,
  type LimitCertificate,
} from '../../../src/flows/index.js';
import { exponentialLoss, objective, type Objective } from '../../../src/losses/index.js';
import { deepLinear, initialise } from '../../../src/networks/index.js';
import { randomStream } from '../../../src/numerics/random.js';
import { addScaled, angleBetween, dot, norm } from '../../../src/numerics/vectors.js';

const TIME = 60_000;

interface Late {
  readonly points: readonly FlowPoint[];
  readonly certificate: LimitCertificate;
}

/** A flow's points at the given powers of ten of α, with the certificate of its limit. */
function late(problem: Objective, theta0: Float64Array, from: number, to: number): Late {
  const targets = Array.from({ length: to - from + 1 }, (_, k) => 10 ** (from + k));
  const run = followFlow(problem, theta0, { tolerance: 1e-9, targets, maxSteps: 8_000 });
  const met = run.marks.filter(({ name }) => name.startsWith('alpha '));
  const points = met.map(({ point }) => point);
  expect(points.length, run.message).to.equal(targets.length);
  return { points, certificate: certifyLimit(problem, points) };
}

const ratios = (values: readonly number[]) => values.slice(1).map((value, k) => value / values[k]);

function expectRatios(values: readonly number[], expected: number, share: number): void {
  for (const ratio of ratios(values)) expect(ratio / expected).to.be.closeTo(1, share);
}

describe('the rate at which a direction comes to its limit', () => {
  for (const [activation, seed] of [
    ['squared-relu', 600_002],
    ['squared-relu', 600_011],
    ['squared-relu', 600_015],
    ['relu', 600_002],
    ['relu', 600_004],
  ] as const) {
    it(`is what λ says, over four decades: ${activation}, seed ${seed}`, function () {
      this.timeout(TIME);
      const { objective: problem, theta0 } = planarProblem(activation, seed);
      const { certificate, points } = late(problem, theta0, 9, 13);
      expect(certificate.doubts).to.deep.equal([]);
      const earlier = certifyLimit(problem, points.slice(0, 3));
      for (const ratio of [...earlier.measuredRatios, ...certificate.measuredRatios]) {
        expect(ratio / certificate.predictedRatio).to.be.closeTo(1, 0.03);
      }
    });
  }

  for (const [activation, seeds] of [
    ['squared-relu', 20],
    ['relu', 10],
  ] as const) {
    it(`is what the curvature makes of where the flow is, over four decades: ${activation}, ${seeds} seeds`, function () {
      this.timeout(3 * TIME);
      for (let seed = 600_001; seed <= 600_000 + seeds; seed++) {
        const { objective: problem, theta0 } = planarProblem(activation, seed);
        const { certificate, points } = late(problem, theta0, 9, 13);
        for (const { measuredRatios, expectedRatios } of [
          certifyLimit(problem, points.slice(0, 3)),
          certificate,
        ]) {
          expect(expectedRatios).to.have.lengthOf(2);
          expectedRatios.forEach((expected, k) => {
            expect(measuredRatios[k] / expected, `seed ${seed}`).to.be.closeTo(1, 0.01);
          });
        }
      }
    });
  }

  it('is that of the slowest part, however small its share of the angle still is', function () {
    this.timeout(TIME);
    const { objective: problem, theta0 } = planarProblem('squared-relu', 600_019);
    const { certificate, points } = late(problem, theta0, 8, 12);
    const { limit, predictedRatio } = certificate;
    const { vector, value } = slowestDirection(problem, limit);
    expect(value).to.be.closeTo(limit.stability.lambda, 1e-9);
    const parts = points.map((point) => dot(vector, point.direction));
    expectRatios(parts, predictedRatio, 1e-3);
    const angles = points.map((point) => angleBetween(point.direction, limit.direction));
    expect(Math.abs(parts[4]) / angles[4]).to.be.below(0.1);
    expectRatios(angles, 10 ** (-1 / 3), 0.01);
  });

  for (const depth of [2, 3, 4, 5]) {
    it(`is α^(−1/L) for the weights of ${depth} linear layers, and 1/α for their product`, function () {
      this.timeout(TIME);
      const widths = [2, ...Array<number>(depth - 1).fill(3), 1];
      const inputs = Float64Array.of(1, 2, 2, -0.5, -3, -1, -2, -2);
      const labels = Float64Array.of(1, 1, -1, -1);
      const network = deepLinear(widths);
      const problem = objective(network, inputs, labels, exponentialLoss);
      const theta0 = initialise(network, 'he', randomStream(1), 0.5);
      const { certificate, points } = late(problem, theta0, 6, 10);
      const { limit, predictedRatio, doubts } = certificate;
      expect(doubts).to.deep.equal([]);
      expect(limit.support).to.deep.equal([0, 1]);
      expect(limit.stability.lambda).to.be.closeTo(0, 1e-9);
      expect(limit.stability.flat).to.equal(2 * (depth - 1));
      expect(predictedRatio).to.be.closeTo(10 ** (-1 / depth), 1e-9);
      const angles = points.map((point) => angleBetween(point.direction, limit.direction));
      expectRatios(angles, predictedRatio, 0.003);
      const end = productOf(limit.direction, widths);
      const products = points.map(({ direction }) =>
        angleBetween(productOf(direction, widths), end),
      );
      expectRatios(products, 0.1, 0.003);
    });
  }
});

/** The eigenvector of Σ μ ∇²p / (Lγ) to its largest eigenvalue, between the support's gradients, by iteration. */
function slowestDirection(
  problem: Objective,
  { direction, multipliers, margin, support }: KktPoint,
): { vector: Float64Array; value: number } {
  const n = direction.length;
  const weights = multipliers.map((mu) => mu / (3 * margin));
  const jacobian = problem.marginJacobian(direction).slice();
  const basis: Float64Array[] = [];
  const project = (vector: Float64Array) => {
    for (let round = 0; round < 2; round++) {
      for (const row of basis) addScaled(vector, -dot(row, vector), row);
    }
  };
  for (const i of support) {
    const row = jacobian.slice(i * n, (i + 1) * n);
    project(row);
    const size = norm(row);
    basis.push(row.map((value) => value / size));
  }
  const SHIFT = 2;
  const stream = randomStream('slowest');
  let vector = Float64Array.from({ length: n }, () => stream.normal());
  let value = NaN;
  for (let step = 0; step < 800; step++) {
    project(vector);
    const size = norm(vector);
    vector = vector.map((entry) => entry / size);
    const next = new Float64Array(n);
    problem.curvatureAlong(direction, weights, vector, next);
    value = dot(vector, next);
    addScaled(next, SHIFT, vector);
    vector = next;
  }
  const size = norm(vector);
  return { vector: vector.map((entry) => entry / size), value };
}

/** The linear map that the layers make together, as a row. */
function productOf(theta: Float64Array, widths: readonly number[]): Float64Array {
  let offset = theta.length;
  let row = Float64Array.of(1);
  for (let k = widths.length - 1; k > 0; k--) {
    const [rows, columns] = [widths[k], widths[k - 1]];
    offset -= rows * columns;
    const next = new Float64Array(columns);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) next[j] += row[i] * theta[offset + i * columns + j];
    }
    row = next;
  }
  return row;
}
