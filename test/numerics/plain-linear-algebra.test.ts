import { expect } from 'chai';
import { faultOf } from '../../src/native/self-check.js';
import { plainLinearAlgebra } from '../../src/numerics/plain-linear-algebra.js';

describe('plain linear algebra', () => {
  it('passes the check that libraries are put to', () => {
    expect(faultOf(plainLinearAlgebra)).to.equal(undefined);
  });
});
