import { expect } from 'chai';
import { followFlow, pointAt, separation, type FlowResult } from '../../../src/flows/index.js';
import { exponentialLoss, logisticLoss, objective } from '../../../src/losses/index.js';
import { deepLinear, linearModel, relu, twoLayer } from '../../../src/networks/index.js';
import { suboptimalLimit, symmetricPair } from '../../../src/datasets/closed-form.js';
import { randomStream } from '../../../src/numerics/random.js';
import { angleBetween } from '../../../src/numerics/vectors.js';
import { normals } from '../../helpers/small-networks.js';

const x = [1, 2];
const square = 5;
const targets = [10, 100, 1e4, 1e6];
const tight = { tolerance: 1e-10, targets, maxSteps: 2000 };

/** The saved points after the start with α > 0.1. */
function rowsOf(result: FlowResult) {
  return Array.from(result.trajectory.alpha.keys(), (k) => pointAt(result.trajectory, k)).filter(
    ({ alpha, clock }) => alpha > 0.1 && clock > 0,
  );
}

describe('a linear model on one example, where θ(t) = θ₀ + (m(t) − m₀) x/‖x‖²', () => {
  for (const [loss, time] of [
    // m′ = e^{−m} ‖x‖², so t = (e^m − e^{m₀}) / ‖x‖².
    [exponentialLoss, (m: number, m0: number) => m + Math.log1p(-Math.exp(m0 - m))],
    // m′ = σ(−m) ‖x‖², so t = (e^m + m − e^{m₀} − m₀) / ‖x‖².
    [
      logisticLoss,
      (m: number, m0: number) => m + Math.log1p((m - m0) * Math.exp(-m) - Math.exp(m0 - m)),
    ],
  ] as const) {
    describe(`with the ${loss.name} loss`, () => {
      const at = objective(linearModel(2), Float64Array.from(x), Float64Array.of(1), loss);
      for (const start of [
        [1, 2],
        [2, -1],
        [-3, 1],
      ]) {
        const m0 = start[0] * x[0] + start[1] * x[1];
        const result = followFlow(at, Float64Array.from(start), { ...tight, events: [separation] });
        const exact = (m: number) =>
          Float64Array.from(start, (value, i) => value + ((m - m0) / square) * x[i]);

        it(`passes through the exact points from (${start.join(', ')})`, () => {
          expect(result.status).to.equal('finished');
          for (const point of rowsOf(result)) {
            const theta = exact(point.alpha);
            const length = Math.hypot(...theta);
            expect(angleBetween(point.direction, theta)).to.be.below(1e-9);
            expect(point.logNorm).to.be.closeTo(Math.log(length), 1e-9);
            expect(point.smallestMargin).to.be.closeTo(point.alpha / length, 1e-9);
            const swept = angleBetween(Float64Array.from(start), theta);
            expect(point.pathLength).to.be.closeTo(swept, 1e-9);
          }
        });

        it(`is there at the exact times from (${start.join(', ')})`, () => {
          for (const point of rowsOf(result)) {
            const expected = time(point.alpha, m0) - Math.log(square);
            expect(point.logTime).to.be.closeTo(expected, 1e-6);
          }
        });
      }
    });
  }
});

describe('a linear model on a symmetric pair', () => {
  it('has α = ‖x‖ρ − log 2 and log t = α + log(1 − e^{α₀ − α}) − log ‖x‖² along x', () => {
    const { dataset, linear } = symmetricPair([3, 4]);
    const at = objective(linearModel(2), dataset.inputs, dataset.labels, exponentialLoss);
    const result = followFlow(at, linear.parameters, tight);
    const start = pointAt(result.trajectory, 0).alpha;
    for (const { alpha, logNorm, logTime, pathLength } of rowsOf(result)) {
      expect(Math.log((alpha + Math.LN2) / 5)).to.be.closeTo(logNorm, 1e-10);
      const expected = alpha + Math.log1p(-Math.exp(start - alpha)) - Math.log(25);
      expect(logTime).to.be.closeTo(expected, 1e-6);
      expect(pathLength).to.be.below(1e-12);
    }
  });
});

describe('two linear layers of one weight each, where α = s² and t = ½ ∫ e^α/α dα', () => {
  const at = objective(
    deepLinear([1, 1, 1]),
    Float64Array.of(1),
    Float64Array.of(1),
    exponentialLoss,
  );
  const result = followFlow(at, Float64Array.of(0.3, 0.3), tight);

  it('has log ρ = ½ log 2α and does not turn', () => {
    for (const { alpha, logNorm, pathLength } of rowsOf(result)) {
      expect(logNorm).to.be.closeTo(0.5 * Math.log(2 * alpha), 1e-10);
      expect(pathLength).to.be.below(1e-12);
    }
  });

  it('takes the time of the exponential integral', () => {
    for (const point of rowsOf(result).filter(({ alpha }) => alpha > 50)) {
      // Ei(α) = e^α/α · Σ k!/α^k, cut at its smallest term, which is below e^{−50}.
      let sum = 0;
      for (let k = 1, term = 1; k < 30; k++) {
        sum += term;
        term *= k / point.alpha;
      }
      const expected = point.alpha - Math.log(2 * point.alpha) + Math.log(sum);
      expect(point.logTime).to.be.closeTo(expected, 1e-6);
    }
  });
});

describe('deep linear networks', () => {
  it('conserve W₂ᵀW₂ − W₁W₁ᵀ while the norm grows', () => {
    const stream = randomStream('balanced');
    const inputs = normals(stream, 12).map((value, i) => (i % 2 === 0 ? value + 3 : value));
    const labels = new Float64Array(6).fill(1);
    const at = objective(deepLinear([2, 3, 1]), inputs, labels, logisticLoss);
    const theta0 = normals(stream, at.parameters, 0.5);
    const result = followFlow(at, theta0, { ...tight, targets: [10, 1000] });
    const difference = (theta: Float64Array) => {
      const entries: number[] = [];
      for (let i = 0; i < 3; i++) {
        for (let j = 0; j < 3; j++) {
          const outer = theta[6 + i] * theta[6 + j];
          const inner = theta[2 * i] * theta[2 * j] + theta[2 * i + 1] * theta[2 * j + 1];
          entries.push(outer - inner);
        }
      }
      return entries;
    };
    const expected = difference(theta0);
    for (const point of rowsOf(result)) {
      const length = Math.exp(point.logNorm);
      const actual = difference(point.direction.map((value) => length * value));
      actual.forEach((value, i) => {
        expect(value).to.be.closeTo(expected[i], 1e-8 * (1 + length * length));
      });
    }
  });
});

describe('the flow whose limit is not even a local optimum', () => {
  it('goes to that limit, like the inverse of the norm', () => {
    const { dataset, start, limit } = suboptimalLimit();
    const at = objective(twoLayer(2, 2, relu), dataset.inputs, dataset.labels, exponentialLoss);
    const result = followFlow(at, start, { ...tight, targets: [1e2, 1e4, 1e6] });
    expect(result.status).to.equal('finished');
    const marks = result.marks.filter(({ name }) => name.startsWith('alpha'));
    const angles = marks.map(({ point }) => angleBetween(point.direction, limit.parameters));
    expect(angles[2]).to.be.below(1e-2);
    expect(angles[0] / angles[1]).to.be.within(8, 12);
    expect(angles[1] / angles[2]).to.be.within(9, 11);
    expect(result.last.smallestMargin).to.be.within(0.1249, limit.margin);
  });
});
