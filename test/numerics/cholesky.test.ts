import { expect } from 'chai';
import { choleskyBackward, choleskyFactor, choleskyForward } from '../../src/numerics/cholesky.js';
import { randomStream } from '../../src/numerics/random.js';

describe("Cholesky's factorization", () => {
  it('solves a system with a positive definite matrix', () => {
    const n = 9;
    const stream = randomStream('cholesky');
    const root = Float64Array.from({ length: n * n }, () => stream.normal());
    const a = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        for (let k = 0; k < n; k++) a[i * n + j] += root[i * n + k] * root[j * n + k];
      }
      a[i * n + i] += 1;
    }
    const x = Float64Array.from({ length: n }, (_, i) => 1 + i);
    const b = x.map((_, i) => x.reduce((sum, value, j) => sum + a[i * n + j] * value, 0));
    expect(choleskyFactor(n, a)).to.be.true;
    choleskyForward(n, a, b);
    choleskyBackward(n, a, b);
    b.forEach((value, i) => expect(value).to.be.closeTo(x[i], 1e-11));
  });

  it('says where a matrix is not positive definite', () => {
    expect(choleskyFactor(2, Float64Array.of(1, 2, 2, 1))).to.be.false;
    expect(choleskyFactor(2, Float64Array.of(1, 1, 1, 1))).to.be.false;
    expect(choleskyFactor(1, Float64Array.of(NaN))).to.be.false;
  });
});
