import { expect } from 'chai';
import { followFlow } from '../../src/flows/index.js';
import {
  objective,
  polynomialLoss,
  requireLoss,
  squaredHinge,
  stretchedLoss,
  type Loss,
} from '../../src/losses/index.js';
import { powerMargin } from '../../src/metrics/index.js';
import { linearModel } from '../../src/networks/index.js';
import { distanceBetween } from '../../src/numerics/vectors.js';
import { gradientByDifferences, relativeError } from '../helpers/finite-differences.js';

/** ℓ as it is written down. */
const written: [Loss, (p: number) => number][] = [
  [polynomialLoss(2), (p) => (p >= 0 ? (1 + p / 3) ** -2 : Math.exp((-2 / 3) * p))],
  [polynomialLoss(0.5), (p) => (p >= 0 ? (1 + p / 1.5) ** -0.5 : Math.exp(-p / 3))],
  [stretchedLoss(2), (p) => Math.exp(p >= 0 ? -p - p ** 2 / 2 : -p)],
  [stretchedLoss(0.5), (p) => Math.exp(p >= 0 ? 2 - 2 * Math.sqrt(1 + p) : -p)],
  [squaredHinge, (p) => Math.max(0, 1 - p) ** 2],
];

const cases = [
  [0.5, 1.5, -0.3, 0.9],
  [-2, -1, 0.3, 0.2],
  [0.9, 0.7, 0.8, 0.99],
];

function dualOf(loss: Loss, margins: readonly number[]) {
  const q = new Float64Array(margins.length);
  const alpha = loss.dual(Float64Array.from(margins), 1, q);
  return { alpha, q };
}

for (const [loss, naive] of written) {
  describe(`the loss '${loss.name}'`, () => {
    for (const margins of cases) {
      it(`has α, q and functions of α as written down, at margins ${margins.join(', ')}`, () => {
        const { alpha, q } = dualOf(loss, margins);
        const risk = margins.reduce((sum, p) => sum + naive(p), 0);
        expect(naive(alpha) / risk).to.be.closeTo(1, 1e-12);
        expect(Math.exp(loss.logRisk(alpha)) / risk).to.be.closeTo(1, 1e-12);
        const step = 1e-6;
        const slope = (naive(alpha - step) - naive(alpha + step)) / (2 * step);
        expect(Math.exp(loss.logSlope(alpha)) / slope).to.be.closeTo(1, 1e-6);
        const decay = (loss.logSlope(alpha - step) - loss.logSlope(alpha + step)) / (2 * step);
        expect(loss.slopeDecay(alpha)).to.be.closeTo(decay, 1e-6);
        const seen = gradientByDifferences(
          (p) => dualOf(loss, [...p]).alpha,
          Float64Array.from(margins),
        );
        expect(relativeError(q, seen)).to.be.below(1e-6);
      });
    }

    it('is what it says it is, to what runs ask first', () => {
      for (const margins of cases) requireLoss(loss, Float64Array.from(margins), 1);
    });
  });
}

describe('losses by their tails', () => {
  it('stay exact where the risk would underflow', () => {
    const far = dualOf(polynomialLoss(4), [1e200, 2e200]);
    expect(far.alpha / (1e200 * (1 + 2 ** -4) ** (-1 / 4))).to.be.closeTo(1, 1e-12);
    expect(far.q[1] / far.q[0]).to.be.closeTo(2 ** -5, 1e-12);
    const { alpha, q } = dualOf(stretchedLoss(2), [300, 300.001]);
    expect(alpha).to.be.within(299.99, 300);
    expect(q[1] / q[0]).to.be.closeTo(Math.exp(-0.301) * (301.001 / 301), 1e-4);
  });

  it('join at 0 without a jump of the slope', () => {
    for (const loss of [polynomialLoss(3), stretchedLoss(0.5), stretchedLoss(3)]) {
      expect(loss.logRisk(0)).to.be.closeTo(0, 1e-15);
      expect(loss.logSlope(-1e-12)).to.be.closeTo(loss.logSlope(1e-12), 1e-9);
    }
  });

  it('end at 1 for the squared hinge, with dual variables of nothing', () => {
    expect(dualOf(squaredHinge, [1, 3])).to.deep.equal({ alpha: 1, q: Float64Array.of(0, 0) });
  });

  it('lead a linear flow to what a polynomial tail maximises', () => {
    const inputs = Float64Array.of(1, 1, 1, -0.5, 1.5, 1.2, 1.4, 0.8);
    const labels = Float64Array.of(1, 1, 1, 1);
    for (const power of [1, 4]) {
      const at = objective(linearModel(2), inputs, labels, polynomialLoss(power));
      const size = {
        tolerance: 1e-10,
        targets: [1e10],
        maxSteps: 5000,
        method: 'explicit',
      } as const;
      const { last } = followFlow(at, Float64Array.of(0.1, -0.2), size);
      const { weights } = powerMargin(inputs, labels, { power });
      expect(distanceBetween(last.direction, weights)).to.be.below(1e-8);
    }
  });

  it('have no late flow and no implicit one, and sizes that are numbers', () => {
    const at = objective(linearModel(1), Float64Array.of(1), Float64Array.of(1), polynomialLoss(1));
    const size = { tolerance: 1e-6, targets: [10], maxSteps: 100 };
    const implicit = { ...size, method: 'implicit' } as const;
    expect(() => followFlow(at, Float64Array.of(1), implicit)).to.throw(/polynomial, power 1/);
    expect(() => polynomialLoss(0)).to.throw(
      'polynomialLoss: expected power to be a positive number, found 0.',
    );
    expect(() => stretchedLoss(NaN)).to.throw(
      'stretchedLoss: expected exponent to be a positive number, found NaN.',
    );
  });
});
