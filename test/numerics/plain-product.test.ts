import { expect } from 'chai';
import { plainProduct } from '../../src/numerics/plain-product.js';
import { relativeDifference } from './matrices.js';
import { productCases } from './products.js';

describe('the plain matrix product', () => {
  it('agrees with a triple loop in all transposes, with offsets and strides, and leaves the rest', () => {
    for (const { title, run, expected } of productCases()) {
      expect(relativeDifference(run(plainProduct), expected), title).to.be.below(1e-14);
    }
  });

  it('does not read the old C when β is zero', () => {
    const c = Float64Array.of(NaN, Infinity);
    plainProduct(
      false,
      false,
      1,
      2,
      1,
      1,
      Float64Array.of(2),
      0,
      1,
      Float64Array.of(3, 4),
      0,
      2,
      0,
      c,
      0,
      2,
    );
    expect([...c]).to.deep.equal([6, 8]);
  });

  it('does nothing for empty matrices', () => {
    const c = Float64Array.of(7);
    const none = new Float64Array(0);
    plainProduct(false, false, 0, 0, 3, 1, none, 0, 3, none, 0, 1, 0, c, 0, 1);
    expect([...c]).to.deep.equal([7]);
  });

  it('lets NaN and infinities of the operands through', () => {
    const c = new Float64Array(1);
    plainProduct(
      false,
      false,
      1,
      1,
      2,
      1,
      Float64Array.of(0, 1),
      0,
      2,
      Float64Array.of(NaN, 1),
      0,
      1,
      0,
      c,
      0,
      1,
    );
    expect(c[0]).to.be.NaN;
  });
});
