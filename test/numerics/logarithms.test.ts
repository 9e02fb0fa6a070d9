import { expect } from 'chai';
import {
  inverseLogSoftplus,
  inverseSoftplus,
  logAddExp,
  logOneMinusExp,
  logSigmoid,
  logSoftplus,
  logSubExp,
  logSumExp,
  sigmoid,
  softmaxInto,
  softplus,
} from '../../src/numerics/logarithms.js';

/** |a − b| ≤ tolerance · |b|. */
function expectNear(a: number, b: number, tolerance = 1e-15): void {
  expect(Math.abs(a - b), `${a} for ${b}`).to.be.at.most(tolerance * Math.abs(b));
}

describe('logarithms', () => {
  describe('log(eᵃ ± eᵇ)', () => {
    it('is right where both fit into a number', () => {
      expectNear(logAddExp(Math.log(3), Math.log(4)), Math.log(7));
      expectNear(logSubExp(Math.log(7), Math.log(4)), Math.log(3), 1e-14);
    });

    it('neither over- nor underflows', () => {
      expect(logAddExp(-1e9, -1e9)).to.equal(-1e9 + Math.LN2);
      expect(logAddExp(1e9, -1e9)).to.equal(1e9);
      expect(logAddExp(-1e9, -1e9 - 1)).to.be.closeTo(-1e9 + Math.log1p(Math.exp(-1)), 1e-6);
      expect(logSubExp(-1e9, -1e9 - 1)).to.be.closeTo(-1e9 + Math.log1p(-Math.exp(-1)), 1e-6);
    });

    it('treats −∞ as the logarithm of zero', () => {
      expect(logAddExp(-Infinity, 3)).to.equal(3);
      expect(logAddExp(-Infinity, -Infinity)).to.equal(-Infinity);
      expect(logSubExp(3, -Infinity)).to.equal(3);
      expect(logSubExp(3, 3)).to.equal(-Infinity);
      expect(logSubExp(-Infinity, -Infinity)).to.equal(-Infinity);
    });

    it('has no logarithm of a negative number', () => {
      expect(logSubExp(1, 2)).to.be.NaN;
    });
  });

  it('log(1 − eˣ) keeps its relative accuracy at both ends', () => {
    expectNear(logOneMinusExp(-1e-20), Math.log(1e-20));
    expectNear(logOneMinusExp(-50), -Math.exp(-50));
    expectNear(logOneMinusExp(-Math.LN2), -Math.LN2, 1e-15);
    expect(logOneMinusExp(0)).to.equal(-Infinity);
    expect(logOneMinusExp(-Infinity)).to.be.closeTo(0, 0);
  });

  describe('log Σ exp', () => {
    it('does not depend on a common shift', () => {
      for (const shift of [-1e9, 0, 1e9]) {
        const a = [shift, shift + 1, shift + 2];
        expect(logSumExp(a) - shift).to.be.closeTo(2.40760596444438, 1e-6);
      }
    });

    it('takes empty sums and infinities', () => {
      expect(logSumExp([0, 1, NaN], 2)).to.equal(logSumExp([0, 1]));
      expect(logSumExp([])).to.equal(-Infinity);
      expect(logSumExp([-Infinity, -Infinity])).to.equal(-Infinity);
      expect(logSumExp([0, Infinity])).to.equal(Infinity);
      expect(logSumExp([0, NaN])).to.be.NaN;
    });
  });

  it('softmax gives shares of one, also far from zero', () => {
    const into = new Float64Array(3);
    const total = softmaxInto(Float64Array.of(-1e9, -1e9 + Math.LN2, -2e9), into);
    expect(total).to.be.closeTo(-1e9 + Math.log(3), 1e-6);
    // −1e9 + log 2 is rounded to a multiple of 2⁻²³.
    expect(into[0]).to.be.closeTo(1 / 3, 1e-7);
    expect(into[1]).to.be.closeTo(2 / 3, 1e-7);
    expect(into[2]).to.equal(0);
  });

  describe('softplus and its inverses', () => {
    it('softplus is x far to the right and eˣ far to the left', () => {
      expect(softplus(1e9)).to.equal(1e9);
      expectNear(softplus(-700), Math.exp(-700));
      expect(softplus(-1e9)).to.equal(0);
      expectNear(softplus(0), Math.LN2);
    });

    it('inverseSoftplus undoes softplus', () => {
      for (const x of [-600, -40, -1, 1, 40, 1e9]) {
        expectNear(inverseSoftplus(softplus(x)), x, 2e-15);
      }
    });

    it('logSoftplus goes on where softplus underflows', () => {
      expect(logSoftplus(-1e9)).to.equal(-1e9);
      expectNear(logSoftplus(-50), -50);
      expectNear(logSoftplus(1e9), Math.log(1e9));
    });

    it('logSoftplus has no step where its formula changes', () => {
      const gap = logSoftplus(-36 + 1e-9) - logSoftplus(-36 - 1e-9);
      expect(gap).to.be.closeTo(2e-9, 2e-14);
    });

    it('inverseLogSoftplus undoes logSoftplus', () => {
      for (const x of [-1e9, -100, -36.5, -35.5, -5, 2, 30]) {
        expectNear(inverseLogSoftplus(logSoftplus(x)), x, 1e-14);
      }
    });
  });

  describe('the sigmoid', () => {
    it('is right at both ends', () => {
      expect(sigmoid(0)).to.equal(0.5);
      expect(sigmoid(1e9)).to.equal(1);
      expect(sigmoid(-1e9)).to.equal(0);
      expectNear(sigmoid(-700), Math.exp(-700));
    });

    it('has a logarithm that does not underflow', () => {
      expect(logSigmoid(-1e9)).to.equal(-1e9);
      expectNear(logSigmoid(700), -Math.exp(-700));
      expectNear(logSigmoid(1), Math.log(sigmoid(1)));
    });
  });
});
