import { expect } from 'chai';
import { nonNegativeLeastSquares } from '../../src/numerics/nnls.js';
import { randomStream } from '../../src/numerics/random.js';
import { norm } from '../../src/numerics/vectors.js';
import { normals, relativeDifference, timesVector } from './matrices.js';
import { expectOptimal } from './optimality.js';

describe('nonNegativeLeastSquares', () => {
  it('projects onto the quadrant when the columns are the axes', () => {
    const identity = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
    const { solution, residualNorm, converged } = nonNegativeLeastSquares(
      3,
      3,
      identity,
      Float64Array.of(3, -4, 5),
    );
    expect([...solution]).to.deep.equal([3, 0, 5]);
    expect(residualNorm).to.equal(4);
    expect(converged).to.be.true;
  });

  it('is the ordinary least-squares solution where that is positive', () => {
    // Minimum of (x + y − 2)² + (x − y)² + (x − 1.3)².
    const a = Float64Array.of(1, 1, 1, -1, 1, 0);
    const { solution } = nonNegativeLeastSquares(3, 2, a, Float64Array.of(2, 0, 1.3));
    expect(relativeDifference(solution, Float64Array.of(1.1, 1))).to.be.below(1e-15);
  });

  it('keeps a column out whose coefficient would be negative', () => {
    // Without the bound x = −1, y = 2; with it y alone: ⟨(1, 1), (1, 2)⟩ / 2.
    const { solution } = nonNegativeLeastSquares(
      2,
      2,
      Float64Array.of(1, 1, 0, 1),
      Float64Array.of(1, 2),
    );
    expect(relativeDifference(solution, Float64Array.of(0, 1.5))).to.be.below(1e-15);
    expect(solution[0]).to.equal(0);
  });

  it('meets the optimality conditions on random problems of all shapes', () => {
    for (const [m, n] of [
      [4, 2],
      [3, 8],
      [50, 20],
      [20, 50],
      [120, 60],
    ]) {
      for (let repetition = 0; repetition < 10; repetition++) {
        const stream = randomStream('kkt').split(m).split(n).split(repetition);
        const a = normals(stream, m * n);
        const b = normals(stream, m);
        const { solution, residualNorm, converged } = nonNegativeLeastSquares(m, n, a, b);
        expect(converged).to.be.true;
        expectOptimal(m, n, a, b, solution, 1e-14);
        const fitted = timesVector(m, n, a, solution);
        expect(residualNorm).to.be.closeTo(norm(b.map((value, i) => value - fitted[i])), 1e-13);
      }
    }
  });

  it('comes to a residual of rounding size where b is a nonnegative combination', () => {
    const [m, n] = [80, 40];
    const stream = randomStream('cone');
    for (const columns of ['normal', 'positive', 'nearly parallel']) {
      const common = normals(stream, m);
      const a = normals(stream, m * n).map((value, p) => {
        if (columns === 'positive') return Math.abs(value);
        return columns === 'normal' ? value : common[Math.floor(p / n)] + 1e-7 * value;
      });
      const x = Float64Array.from({ length: n }, () => Math.max(0, stream.normal()));
      const b = timesVector(m, n, a, x);
      const { residualNorm } = nonNegativeLeastSquares(m, n, a, b);
      expect(residualNorm / norm(b), columns).to.be.below(1e-14);
    }
  });

  it('does not depend on the scales of columns and target', () => {
    const [m, n] = [30, 12];
    const stream = randomStream('scales');
    const a = normals(stream, m * n);
    const b = normals(stream, m);
    const scales = Float64Array.from({ length: n }, (_, j) => 10 ** (20 * j - 120));
    const scaled = a.map((value, p) => value * scales[p % n]);
    const plain = nonNegativeLeastSquares(m, n, a, b);
    const other = nonNegativeLeastSquares(
      m,
      n,
      scaled,
      b.map((value) => value * 1e-150),
    );
    const restored = other.solution.map((value, j) => value * scales[j] * 1e150);
    expect(relativeDifference(restored, plain.solution)).to.be.below(1e-13);
    expect(other.residualNorm * 1e150).to.be.closeTo(plain.residualNorm, 1e-13);
  });

  it('takes columns that are zero, equal, or combinations of others', () => {
    const m = 10;
    const stream = randomStream('degenerate');
    const [u, v, b] = [normals(stream, m), normals(stream, m), normals(stream, m)];
    const n = 6;
    const a = new Float64Array(m * n);
    for (let i = 0; i < m; i++) a.set([0, u[i], u[i], v[i], u[i] + v[i], -u[i]], i * n);
    const { solution, converged } = nonNegativeLeastSquares(m, n, a, b);
    expect(converged).to.be.true;
    expect(solution[0]).to.equal(0);
    expectOptimal(m, n, a, b, solution, 1e-14);
  });

  it('finds nothing to do where b is zero or points away', () => {
    const a = normals(randomStream('zero'), 12);
    for (const b of [new Float64Array(4), Float64Array.of(-1, -1, -1, -1)]) {
      const { solution, residualNorm, iterations } = nonNegativeLeastSquares(
        4,
        3,
        a.map(Math.abs),
        b,
      );
      expect([...solution]).to.deep.equal([0, 0, 0]);
      expect(residualNorm).to.equal(norm(b));
      expect(iterations).to.equal(0);
    }
  });

  it('takes problems without rows or columns', () => {
    const none = new Float64Array(0);
    expect([...nonNegativeLeastSquares(0, 2, none, none).solution]).to.deep.equal([0, 0]);
    expect(nonNegativeLeastSquares(2, 0, none, Float64Array.of(3, 4)).residualNorm).to.equal(5);
  });

  it('answers NaN, not converged, to entries that are not finite', () => {
    const { solution, residualNorm, converged } = nonNegativeLeastSquares(
      1,
      2,
      Float64Array.of(1, NaN),
      Float64Array.of(1),
    );
    expect([...solution]).to.deep.equal([NaN, NaN]);
    expect(residualNorm).to.be.NaN;
    expect(converged).to.be.false;
  });

  it('refuses arrays of the wrong length', () => {
    const three = new Float64Array(3);
    expect(() => nonNegativeLeastSquares(2, 2, three, new Float64Array(2))).to.throw(
      RangeError,
      '2×2',
    );
    expect(() => nonNegativeLeastSquares(3, 1, three, new Float64Array(2))).to.throw(RangeError);
  });
});
