import { expect } from 'chai';
import { nonNegativeLeastSquaresFromGram } from '../../src/numerics/nnls-gram.js';
import { nonNegativeLeastSquares } from '../../src/numerics/nnls.js';
import { randomStream } from '../../src/numerics/random.js';
import { dot } from '../../src/numerics/vectors.js';
import { normals, relativeDifference, timesVector, transposeTimesVector } from './matrices.js';
import { expectOptimal } from './optimality.js';

/** AᵀA. */
function gramOf(rows: number, columns: number, a: Float64Array): Float64Array {
  const gram = new Float64Array(columns * columns);
  for (let j = 0; j < columns; j++) {
    const column = Float64Array.from({ length: rows }, (_, i) => a[i * columns + j]);
    gram.set(transposeTimesVector(rows, columns, a, column), j * columns);
  }
  return gram;
}

describe('nonNegativeLeastSquaresFromGram', () => {
  const [m, n] = [60, 15];

  function solve(a: Float64Array, b: Float64Array) {
    const products = transposeTimesVector(m, n, a, b);
    return nonNegativeLeastSquaresFromGram(n, gramOf(m, n, a), products, dot(b, b));
  }

  it('agrees with the solution from the matrix', () => {
    const stream = randomStream('gram');
    const [a, b] = [normals(stream, m * n), normals(stream, m)];
    const expected = nonNegativeLeastSquares(m, n, a, b);
    const found = solve(a, b);
    expect(relativeDifference(found.solution, expected.solution)).to.be.below(1e-13);
    expect(found.residualNorm).to.be.closeTo(expected.residualNorm, 1e-13);
    expect(found.converged).to.be.true;
  });

  it('knows a residual of zero to half of the digits', () => {
    const stream = randomStream('gram cone');
    const a = normals(stream, m * n);
    const x = Float64Array.from({ length: n }, () => Math.abs(stream.normal()));
    const found = solve(a, timesVector(m, n, a, x));
    expect(found.residualNorm).to.be.below(1e-5);
    expect(relativeDifference(found.solution, x)).to.be.below(1e-12);
  });

  it('takes zero and equal columns, and columns of very different norms', () => {
    const stream = randomStream('gram degenerate');
    const b = normals(stream, m);
    const a = normals(stream, m * n).map((value, p) => {
      const j = p % n;
      return j === 3 ? 0 : value * 10 ** (4 * (j % 5));
    });
    for (let i = 0; i < m; i++) a[i * n + 1] = a[i * n];
    const found = solve(a, b);
    expect(found.solution[3]).to.equal(0);
    expectOptimal(m, n, a, b, found.solution, 1e-12);
  });

  it('takes no columns, and answers NaN to what is not finite', () => {
    const none = new Float64Array(0);
    expect(nonNegativeLeastSquaresFromGram(0, none, none, 25).residualNorm).to.equal(5);
    const one = Float64Array.of(1);
    const spoiled = nonNegativeLeastSquaresFromGram(1, one, Float64Array.of(NaN), 1);
    expect([...spoiled.solution]).to.deep.equal([NaN]);
    expect(spoiled.converged).to.be.false;
  });

  it('refuses arrays of the wrong length', () => {
    const one = Float64Array.of(1);
    expect(() => nonNegativeLeastSquaresFromGram(2, one, one, 1)).to.throw(RangeError, '2 columns');
  });
});
