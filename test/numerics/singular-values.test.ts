import { expect } from 'chai';
import { randomStream } from '../../src/numerics/random.js';
import { libraryMinimumNorm, librarySingularValues } from '../../src/numerics/singular-values.js';
import { norm } from '../../src/numerics/vectors.js';
import { normals, relativeDifference, timesVector } from './matrices.js';

/** The Hilbert matrix of order 8: its condition number is 1.5e10. */
const hilbert = Float64Array.from({ length: 64 }, (_, p) => 1 / (Math.floor(p / 8) + (p % 8) + 1));

describe('singular values without LAPACK', () => {
  it('finds known ones, largest first, for wide, tall and square matrices', () => {
    const near = (actual: Float64Array, expected: number[]): void => {
      expect(relativeDifference(actual, Float64Array.from(expected))).to.be.below(1e-15);
    };
    near(librarySingularValues(2, 3, Float64Array.of(3, 0, 0, 0, 4, 0)), [4, 3]);
    near(librarySingularValues(3, 1, Float64Array.of(3, 0, -4)), [5]);
    near(librarySingularValues(1, 1, Float64Array.of(-3)), [3]);
    near(librarySingularValues(2, 2, Float64Array.of(1, 1, 1, 1)), [2, 0]);
  });

  it('has the norm and the determinant that belong to the matrix', () => {
    const a = normals(randomStream('svd'), 30 * 20);
    const values = librarySingularValues(30, 20, a);
    expect(norm(values)).to.be.closeTo(norm(a), 1e-13 * norm(a));
    const [p, q, r, s] = a;
    const two = librarySingularValues(2, 2, a.slice(0, 4));
    expect(two[0] * two[1]).to.be.closeTo(Math.abs(p * s - q * r), 1e-14);
  });

  it('finds the smallest one to roundings of the largest', () => {
    const values = librarySingularValues(8, 8, hilbert);
    expect(values[0]).to.be.closeTo(1.695938996921949, 1e-14);
    expect(values[7]).to.be.closeTo(1.1115389663724e-10, 1e-15);
  });

  it('neither over- nor underflows', () => {
    for (const size of [1e-300, 1e300]) {
      const values = librarySingularValues(2, 2, Float64Array.of(0, 2 * size, -size, 0));
      expect(relativeDifference(values, Float64Array.of(2 * size, size))).to.be.below(1e-15);
    }
  });

  it('takes zero, empty and spoiled matrices', () => {
    expect([...librarySingularValues(2, 3, new Float64Array(6))]).to.deep.equal([0, 0]);
    expect([...librarySingularValues(0, 3, new Float64Array(0))]).to.deep.equal([]);
    expect([...librarySingularValues(1, 2, Float64Array.of(1, NaN))]).to.deep.equal([NaN]);
    expect([...librarySingularValues(1, 2, Float64Array.of(1, -Infinity))]).to.deep.equal([NaN]);
  });

  it('leaves the matrix as it was', () => {
    const a = Float64Array.of(1, 2, 3, 4);
    librarySingularValues(2, 2, a);
    expect([...a]).to.deep.equal([1, 2, 3, 4]);
  });
});

describe('least squares without LAPACK', () => {
  it('solves a system that has one solution', () => {
    const stream = randomStream('square');
    const a = normals(stream, 144);
    const x = normals(stream, 12);
    const found = libraryMinimumNorm(12, 12, a, timesVector(12, 12, a, x), 1e-14);
    expect(relativeDifference(found, x)).to.be.below(1e-12);
  });

  it('is zero for a zero matrix, and NaN for a spoiled one', () => {
    expect([...libraryMinimumNorm(1, 2, new Float64Array(2), Float64Array.of(3), 0)]).to.deep.equal(
      [0, 0],
    );
    expect([
      ...libraryMinimumNorm(1, 1, Float64Array.of(NaN), Float64Array.of(3), 0),
    ]).to.deep.equal([NaN]);
    expect([
      ...libraryMinimumNorm(1, 1, Float64Array.of(1), Float64Array.of(Infinity), 0),
    ]).to.deep.equal([NaN]);
  });
});
