import { expect } from 'chai';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { randomStream } from '../../src/numerics/random.js';
import { symmetricFactor, symmetricSolve } from '../../src/numerics/symmetric-indefinite.js';

/** A symmetric n×n matrix; with `hollow` its diagonal is zero, so that pivots of order two are needed. */
function randomSymmetric(n: number, seed: number, hollow: boolean): Float64Array {
  const stream = randomStream(seed);
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      a[i * n + j] = a[j * n + i] = hollow && i === j ? 0 : stream.normal();
    }
  }
  return a;
}

function eigenvaluesOf(n: number, a: Float64Array): number[] {
  const matrix = Matrix.from1DArray(n, n, [...a]);
  return new EigenvalueDecomposition(matrix, { assumeSymmetric: true }).realEigenvalues;
}

describe('the factorization of a symmetric matrix', () => {
  for (const hollow of [false, true]) {
    it(`solves and counts signs as the eigenvalues do, diagonal ${hollow ? 'zero' : 'full'}`, () => {
      for (let n = 2; n <= 14; n++) {
        for (let seed = 0; seed < 8; seed++) {
          const a = randomSymmetric(n, 100 * n + seed, hollow);
          const values = eigenvaluesOf(n, a);
          const x = Float64Array.from({ length: n }, (_, i) => Math.cos(3 * i + seed));
          const b = x.map((_, i) => x.reduce((sum, value, j) => sum + a[i * n + j] * value, 0));
          const factors = symmetricFactor(n, a.slice());
          expect(factors.positive).to.equal(values.filter((value) => value > 0).length);
          expect(factors.negative).to.equal(values.filter((value) => value < 0).length);
          symmetricSolve(factors, b);
          const sizes = values.map(Math.abs);
          const condition = Math.max(...sizes) / Math.min(...sizes);
          b.forEach((value, i) => expect(value).to.be.closeTo(x[i], 1e-13 * condition));
        }
      }
    });
  }

  it('reads the lower triangle alone', () => {
    const a = randomSymmetric(5, 7, false);
    const lower = a.map((value, p) => (p % 5 > Math.floor(p / 5) ? NaN : value));
    const [whole, half] = [a, lower].map((matrix) => {
      const b = Float64Array.of(1, 2, 3, 4, 5);
      symmetricSolve(symmetricFactor(5, matrix.slice()), b);
      return [...b];
    });
    expect(half).to.deep.equal(whole);
  });

  it('counts the zeros of a singular matrix', () => {
    expect(symmetricFactor(2, new Float64Array(4)).zero).to.equal(2);
    const ones = symmetricFactor(2, Float64Array.of(1, 1, 1, 1));
    expect([ones.positive, ones.negative, ones.zero]).to.deep.equal([1, 0, 1]);
  });
});
