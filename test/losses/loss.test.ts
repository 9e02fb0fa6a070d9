import { expect } from 'chai';
import { exponentialLoss, logisticLoss, lossNamed, type Loss } from '../../src/losses/index.js';
import { randomStream } from '../../src/numerics/random.js';
import { countAllocations } from '../helpers/allocations.js';
import {
  derivative,
  gradientByDifferences,
  jacobianByDifferences,
  relativeError,
} from '../helpers/finite-differences.js';
import { normals } from '../helpers/small-networks.js';

/** 𝓛 as it is written down, by the margins of each example. */
const naiveRisks: Record<string, (margins: Float64Array, pairs: number) => number> = {
  exponential: (margins) => margins.reduce((sum, p) => sum + Math.exp(-p), 0),
  logistic: (margins, pairs) => {
    let risk = 0;
    for (let first = 0; first < margins.length; first += pairs) {
      const own = margins.subarray(first, first + pairs);
      risk += Math.log(1 + own.reduce((sum, p) => sum + Math.exp(-p), 0));
    }
    return risk;
  },
};

const naiveInverse: Record<string, (risk: number) => number> = {
  exponential: (risk) => -Math.log(risk),
  logistic: (risk) => -Math.log(Math.exp(risk) - 1),
};

function dualOf(loss: Loss, margins: readonly number[] | Float64Array, pairs = 1) {
  const q = new Float64Array(margins.length);
  const alpha = loss.dual(Float64Array.from(margins), pairs, q);
  return { alpha, q };
}

const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0);

for (const loss of [exponentialLoss, logisticLoss]) {
  for (const pairs of [1, 2, 3]) {
    describe(`the ${loss.name} loss with ${pairs} margin${pairs > 1 ? 's' : ''} per example`, () => {
      const margins = normals(randomStream(`${loss.name} ${pairs}`), 4 * pairs, 1.5);
      const { alpha, q } = dualOf(loss, margins, pairs);

      it('has the α of the risk as it is written down', () => {
        const expected = naiveInverse[loss.name](naiveRisks[loss.name](margins, pairs));
        expect(alpha).to.be.closeTo(expected, 1e-13);
      });

      it('makes no array', () => {
        const into = new Float64Array(margins.length);
        expect(countAllocations(() => loss.dual(margins, pairs, into))).to.equal(0);
      });

      it('has as dual variables the derivatives of α', () => {
        const slopes = gradientByDifferences((at) => dualOf(loss, at, pairs).alpha, margins);
        expect(relativeError(q, slopes)).to.be.below(1e-10);
      });

      it('has the second derivatives of α that `within` and `across` compose', () => {
        const n = margins.length;
        const expected = jacobianByDifferences((at) => dualOf(loss, at, pairs).q, margins);
        const composed = new Float64Array(n * n);
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < n; j++) {
            const own = Math.floor(i / pairs) === Math.floor(j / pairs);
            const factor = loss.across(alpha) + (own ? loss.within(alpha) : 0);
            composed[i * n + j] = factor * q[i] * q[j] - (i === j ? q[i] : 0);
          }
        }
        expect(relativeError(composed, expected)).to.be.below(1e-9);
      });

      it('has the logarithm of the risk, from α', () => {
        const risk = naiveRisks[loss.name](margins, pairs);
        expect(loss.logRisk(alpha)).to.be.closeTo(Math.log(risk), 1e-13);
      });
    });
  }

  describe(`the ${loss.name} loss as a function of α`, () => {
    const places = [-20, -3, -0.5, 0, 0.7, 4, 30];

    it('has the slope |ℓ′| that its risk has', () => {
      for (const alpha of places) {
        const slope = Math.exp(loss.logSlope(alpha) - loss.logRisk(alpha));
        expect(slope).to.be.closeTo(-derivative(loss.logRisk, alpha), 1e-9);
      }
    });

    it('has the decay of that slope', () => {
      for (const alpha of places) {
        const decay = -derivative(loss.logSlope, alpha);
        expect(loss.slopeDecay(alpha)).to.be.closeTo(decay, 1e-9);
        expect(loss.slopeDecay(alpha)).to.be.within(0, 1);
      }
    });

    it('stays finite at α = ±10⁹', () => {
      expect(loss.logRisk(1e9)).to.equal(-1e9);
      expect(loss.logSlope(1e9)).to.equal(-1e9);
      expect(loss.slopeDecay(1e9)).to.equal(1);
      expect(Number.isFinite(loss.logRisk(-1e9))).to.be.true;
      expect(Number.isFinite(loss.logSlope(-1e9))).to.be.true;
    });
  });
}

describe('the exponential loss', () => {
  it('has dual variables that sum to 1', () => {
    const margins = normals(randomStream('sum'), 20, 30);
    expect(sum(dualOf(exponentialLoss, margins).q)).to.be.closeTo(1, 1e-14);
  });

  it('is exact where the risk is e^(±10⁹)', () => {
    const three = Math.log(3);
    const late = dualOf(exponentialLoss, [1e9, 1e9, 1e9]);
    expect(late.alpha).to.be.closeTo(1e9 - three, 2e-7);
    expect(relativeError(late.q, [1 / 3, 1 / 3, 1 / 3])).to.be.below(1e-6);
    const early = dualOf(exponentialLoss, [-1e9, -1e9, -1e9]);
    expect(early.alpha).to.be.closeTo(-1e9 - three, 2e-7);
    const mixed = dualOf(exponentialLoss, [1e9, -1e9]);
    expect(mixed.alpha).to.equal(-1e9);
    expect([...mixed.q]).to.deep.equal([0, 1]);
  });

  it('sees differences between margins of 10⁹', () => {
    const { q } = dualOf(exponentialLoss, [1e9, 1e9 + 1]);
    expect(q[0] / q[1]).to.be.closeTo(Math.E, 1e-9);
  });
});

describe('the logistic loss', () => {
  it('has dual variables that sum to at least 1', () => {
    const stream = randomStream('sum');
    for (const scale of [0.1, 1, 10, 100]) {
      expect(sum(dualOf(logisticLoss, normals(stream, 20, scale)).q)).to.be.at.least(1 - 1e-13);
    }
  });

  it('has the α and q of the margin itself where there is one example', () => {
    for (const p of [-1e9, -800, -37, -36, -1, 0, 1, 35, 36, 37, 800, 1e9]) {
      const { alpha, q } = dualOf(logisticLoss, [p]);
      expect(alpha).to.be.closeTo(p, 1e-14 * Math.max(1, Math.abs(p)));
      expect(q[0]).to.be.closeTo(1, 1e-12 * Math.max(1, Math.abs(p)));
    }
  });

  it('is exact where the risk is e^(−10⁹) or 10⁹', () => {
    const late = dualOf(logisticLoss, [1e9, 1e9]);
    expect(late.alpha).to.be.closeTo(1e9 - Math.LN2, 2e-7);
    expect(relativeError(late.q, [0.5, 0.5])).to.be.below(1e-6);
    const early = dualOf(logisticLoss, [-1e9, -1e9]);
    expect(early.alpha / -2e9).to.be.closeTo(1, 1e-13);
    expect([...early.q]).to.deep.equal([1, 1]);
    const mixed = dualOf(logisticLoss, [1e9, -1e9]);
    expect(mixed.alpha / -1e9).to.be.closeTo(1, 1e-13);
    expect([...mixed.q]).to.deep.equal([0, 1]);
  });

  it('is exact there with several margins per example', () => {
    const late = dualOf(logisticLoss, [1e9, 2e9, 1e9, 1e9], 2);
    expect(late.alpha).to.be.closeTo(1e9 - Math.log(3), 2e-7);
    expect(relativeError(late.q, [1 / 3, 0, 1 / 3, 1 / 3])).to.be.below(1e-6);
    const mixed = dualOf(logisticLoss, [1e9, -1e9, 5, 1e9], 2);
    expect(mixed.alpha).to.be.closeTo(-1e9 - Math.log1p(Math.exp(-5)), 1e-5);
    expect(mixed.q[1]).to.be.closeTo(1, 1e-6);
    expect(mixed.q[0]).to.equal(0);
    expect(mixed.q[2]).to.be.closeTo(1 / (1 + Math.exp(5)), 1e-8);
  });

  it('crosses from the exact to the asymptotic formula without a jump', () => {
    for (const p of [35.9, 35.999999, 36.000001, 36.1]) {
      const { alpha, q } = dualOf(logisticLoss, [p, p + 1, p + 2]);
      const expected = dualOf(exponentialLoss, [p, p + 1, p + 2]);
      expect(alpha).to.be.closeTo(expected.alpha, 1e-13);
      expect(relativeError(q, expected.q)).to.be.below(1e-13);
    }
  });
});

describe('lossNamed', () => {
  it('finds each loss by its name', () => {
    expect(lossNamed('exponential')).to.equal(exponentialLoss);
    expect(lossNamed('logistic')).to.equal(logisticLoss);
  });

  it('names the choices where there is no such loss', () => {
    expect(() => lossNamed('hinge')).to.throw(
      "There is no loss 'hinge'; choose one of exponential, logistic.",
    );
  });
});
