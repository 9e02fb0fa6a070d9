import { expect } from 'chai';
import {
  plainComplexLuFactor,
  plainComplexLuSolve,
  plainLuFactor,
  plainLuSolve,
} from '../../src/numerics/plain-lu.js';
import { randomStream } from '../../src/numerics/random.js';
import { complexTimesVector, normals, relativeDifference, timesVector } from './matrices.js';

describe('the plain LU factorization', () => {
  it('solves random systems with small residuals', () => {
    for (const n of [1, 2, 3, 5, 8, 21, 65]) {
      const stream = randomStream('lu').split(n);
      const a = normals(stream, n * n);
      const b = normals(stream, n);
      const factors = a.slice();
      const pivots = new Int32Array(n);
      expect(plainLuFactor(n, factors, pivots)).to.be.true;
      const x = b.slice();
      plainLuSolve(n, factors, pivots, x);
      expect(relativeDifference(timesVector(n, n, a, x), b), `order ${n}`).to.be.below(1e-12);
    }
  });

  it('exchanges rows where a pivot is zero', () => {
    const factors = Float64Array.of(0, 1, 1, 0);
    const pivots = new Int32Array(2);
    expect(plainLuFactor(2, factors, pivots)).to.be.true;
    const x = Float64Array.of(3, 5);
    plainLuSolve(2, factors, pivots, x);
    expect([...x]).to.deep.equal([5, 3]);
  });

  it('exchanges rows where a pivot is small, so that nothing is lost', () => {
    const factors = Float64Array.of(1e-20, 1, 1, 1);
    const pivots = new Int32Array(2);
    plainLuFactor(2, factors, pivots);
    const x = Float64Array.of(1, 2);
    plainLuSolve(2, factors, pivots, x);
    expect([...x]).to.deep.equal([1, 1]);
  });

  it('solves with pivots whose reciprocal overflows', () => {
    const factors = Float64Array.of(4e-310, 0, 2e-310, 2e-310);
    const pivots = new Int32Array(2);
    expect(plainLuFactor(2, factors, pivots)).to.be.true;
    const x = Float64Array.of(4e-310, 4e-310);
    plainLuSolve(2, factors, pivots, x);
    expect([...x]).to.deep.equal([1, 1]);
  });

  it('says so when the matrix is singular', () => {
    const pivots = new Int32Array(2);
    expect(plainLuFactor(2, Float64Array.of(1, 2, 2, 4), pivots)).to.be.false;
    expect(plainLuFactor(2, new Float64Array(4), pivots)).to.be.false;
  });
});

describe('the plain complex LU factorization', () => {
  it('solves random systems with small residuals', () => {
    for (const n of [1, 2, 3, 8, 21, 65]) {
      const stream = randomStream('complex lu').split(n);
      const a = normals(stream, 2 * n * n);
      const b = normals(stream, 2 * n);
      const factors = a.slice();
      const pivots = new Int32Array(n);
      expect(plainComplexLuFactor(n, factors, pivots)).to.be.true;
      const x = b.slice();
      plainComplexLuSolve(n, factors, pivots, x);
      expect(relativeDifference(complexTimesVector(n, a, x), b), `order ${n}`).to.be.below(1e-12);
    }
  });

  it('divides by i', () => {
    const factors = Float64Array.of(0, 1);
    const pivots = new Int32Array(1);
    expect(plainComplexLuFactor(1, factors, pivots)).to.be.true;
    const x = Float64Array.of(3, 4);
    plainComplexLuSolve(1, factors, pivots, x);
    expect([...x]).to.deep.equal([4, -3]);
  });

  it('solves where the squares of the entries under- or overflow', () => {
    for (const size of [1e-200, 1e200]) {
      const factors = Float64Array.of(0, 0, size, size, size, 0, 0, 0);
      const pivots = new Int32Array(2);
      expect(plainComplexLuFactor(2, factors, pivots)).to.be.true;
      const x = Float64Array.of(2 * size, 0, 3 * size, 0);
      plainComplexLuSolve(2, factors, pivots, x);
      expect(relativeDifference(x, Float64Array.of(3, 0, 1, -1))).to.be.below(1e-15);
    }
  });

  it('says so when the matrix is singular', () => {
    // The second row is i times the first.
    const a = Float64Array.of(1, 0, 2, 0, 0, 1, 0, 2);
    expect(plainComplexLuFactor(2, a, new Int32Array(2))).to.be.false;
  });
});
