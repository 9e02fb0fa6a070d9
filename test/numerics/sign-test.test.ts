import { expect } from 'chai';
import { signTest } from '../../src/numerics/sign-test.js';

describe('the sign test', () => {
  it('adds up the tails of a fair coin', () => {
    expect(signTest(0, 5)).to.equal(2 / 32);
    expect(signTest(1, 11)).to.be.closeTo((2 * 13) / 4096, 1e-16);
    expect(signTest(11, 1)).to.equal(signTest(1, 11));
    // 2·(1 + 20 + 190)/2²⁰.
    expect(signTest(2, 18)).to.be.closeTo((2 * 211) / 2 ** 20, 1e-16);
  });

  it('is 1 where both are even, or there are none', () => {
    expect(signTest(3, 3)).to.equal(1);
    expect(signTest(4, 3)).to.equal(1);
    expect(signTest(0, 0)).to.equal(1);
  });

  it('takes counts alone', () => {
    expect(() => signTest(-1, 2)).to.throw('got -1 and 2');
    expect(() => signTest(0.5, 2)).to.throw(RangeError);
  });
});
