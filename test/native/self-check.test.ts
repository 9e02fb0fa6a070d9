import { expect } from 'chai';
import { faultOf } from '../../src/native/self-check.js';
import type { LinearAlgebra } from '../../src/numerics/linear-algebra-interface.js';
import { plainLinearAlgebra as plain } from '../../src/numerics/plain-linear-algebra.js';

describe('the self-check of linear algebra', () => {
  it('finds no fault with a right implementation', () => {
    expect(faultOf(plain)).to.equal(undefined);
  });

  it('notices a product that ignores the transpose or the offset', () => {
    const untransposed: LinearAlgebra['gemm'] = (tA, _tB, ...rest) =>
      plain.gemm(tA, false, ...rest);
    expect(faultOf({ ...plain, gemm: untransposed })).to.contain('product');
    const unmoved: LinearAlgebra['gemm'] = (tA, tB, m, n, k, alpha, a, _offset, ...rest) =>
      plain.gemm(tA, tB, m, n, k, alpha, a, 0, ...rest);
    expect(faultOf({ ...plain, gemm: unmoved })).to.contain('product');
  });

  it('notices solutions that are a little wrong', () => {
    const luSolve: LinearAlgebra['luSolve'] = (n, factors, pivots, b) => {
      plain.luSolve(n, factors, pivots, b);
      b[0] += 1e-8;
    };
    expect(faultOf({ ...plain, luSolve })).to.contain('real 3×3 system');
  });

  it('notices a conjugated complex matrix', () => {
    const complexLuSolve: LinearAlgebra['complexLuSolve'] = (n, factors, pivots, b) => {
      const conjugated = factors.map((value, i) => (i % 2 === 0 ? value : -value));
      plain.complexLuSolve(n, conjugated, pivots, b);
    };
    expect(faultOf({ ...plain, complexLuSolve })).to.contain('complex');
  });

  it('notices NaN', () => {
    const singularValues: LinearAlgebra['singularValues'] = () => Float64Array.of(NaN, NaN);
    expect(faultOf({ ...plain, singularValues })).to.contain('singular values');
  });
});
