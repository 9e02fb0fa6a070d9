import { expect } from 'chai';
import { plainLinearAlgebra as plain } from '../../src/numerics/plain-linear-algebra.js';
import { randomStream } from '../../src/numerics/random.js';
import {
  complexTimesVector,
  normals,
  relativeDifference,
  timesVector,
} from '../numerics/matrices.js';
import { anyLibrary } from './library.js';

describe('LAPACK', () => {
  const library = anyLibrary();
  before(function () {
    if (library === undefined) this.skip();
  });

  // From order 100 on OpenBLAS factors on several threads, with tables on a stack that must hold them.
  for (const n of [1, 2, 5, 30, 65, 200, 700]) {
    it(`solves real systems of order ${n} with small residuals`, () => {
      const { algebra } = library!;
      const stream = randomStream('lapack').split(n);
      const [a, b] = [normals(stream, n * n), normals(stream, n)];
      const [factors, x, pivots] = [a.slice(), b.slice(), new Int32Array(n)];
      expect(algebra.luFactor(n, factors, pivots)).to.be.true;
      algebra.luSolve(n, factors, pivots, x);
      expect(relativeDifference(timesVector(n, n, a, x), b)).to.be.below(1e-10);
    });
  }

  for (const n of [1, 2, 30, 65, 300]) {
    it(`solves complex systems of order ${n} with small residuals`, () => {
      const { algebra } = library!;
      const stream = randomStream('lapack complex').split(n);
      const [a, b] = [normals(stream, 2 * n * n), normals(stream, 2 * n)];
      const [factors, x, pivots] = [a.slice(), b.slice(), new Int32Array(n)];
      expect(algebra.complexLuFactor(n, factors, pivots)).to.be.true;
      algebra.complexLuSolve(n, factors, pivots, x);
      expect(relativeDifference(complexTimesVector(n, a, x), b)).to.be.below(1e-11);
    });
  }

  it('says so when a matrix is singular', () => {
    const { algebra } = library!;
    expect(algebra.luFactor(2, Float64Array.of(1, 2, 2, 4), new Int32Array(2))).to.be.false;
    expect(algebra.complexLuFactor(2, new Float64Array(8), new Int32Array(2))).to.be.false;
  });

  it('has the singular values that plain TypeScript has', () => {
    for (const [m, n] of [
      [1, 1],
      [7, 3],
      [3, 7],
      [40, 40],
      [100, 30],
    ]) {
      const a = normals(randomStream('singular').split(m).split(n), m * n);
      const values = library!.algebra.singularValues(m, n, a);
      expect(relativeDifference(values, plain.singularValues(m, n, a))).to.be.below(1e-13);
    }
  });

  it('has the solutions of smallest norm that plain TypeScript has', () => {
    for (const [m, n] of [
      [1, 1],
      [7, 3],
      [3, 7],
      [40, 40],
      [100, 30],
    ]) {
      const stream = randomStream('norm').split(m).split(n);
      const [a, b] = [normals(stream, m * n), normals(stream, m)];
      const x = library!.algebra.minimumNorm(m, n, a, b, 1e-14);
      expect(relativeDifference(x, plain.minimumNorm(m, n, a, b, 1e-14))).to.be.below(1e-12);
    }
  });

  it('answers NaN to matrices that are not finite, and nothing to empty ones', () => {
    const { algebra } = library!;
    const spoiled = Float64Array.of(1, NaN, Infinity, 2);
    expect([...algebra.singularValues(2, 2, spoiled)]).to.deep.equal([NaN, NaN]);
    expect([...algebra.minimumNorm(2, 2, spoiled, new Float64Array(2), 0)]).to.deep.equal([
      NaN,
      NaN,
    ]);
    expect([...algebra.singularValues(0, 2, new Float64Array(0))]).to.deep.equal([]);
  });
});
