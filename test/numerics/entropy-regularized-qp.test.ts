import { expect } from 'chai';
import { minimizeQuadraticWithEntropy } from '../../src/numerics/entropy-regularized-qp.js';
import { randomStream } from '../../src/numerics/random.js';

/** log q + p + Kq is the same everywhere at the minimum. */
function spread(k: Float64Array, p: Float64Array, q: Float64Array): number {
  const n = p.length;
  const levels = Array.from(q, (entry, i) => {
    const kq = q.reduce((sum, other, j) => sum + k[i * n + j] * other, 0);
    return Math.log(entry) + p[i] + kq;
  });
  return Math.max(...levels) - Math.min(...levels);
}

describe('a quadratic problem with entropy on the simplex', () => {
  it('is the softmax where there is no quadratic part', () => {
    const p = Float64Array.of(1, 2, 4);
    const q = minimizeQuadraticWithEntropy(3, new Float64Array(9), p, Float64Array.of(1, 1, 1));
    const total = Math.exp(-1) + Math.exp(-2) + Math.exp(-4);
    p.forEach((value, i) => expect(q[i]).to.be.closeTo(Math.exp(-value) / total, 1e-10));
  });

  it('is even where all is alike', () => {
    const k = Float64Array.of(5, 1, 1, 1, 5, 1, 1, 1, 5);
    const q = minimizeQuadraticWithEntropy(
      3,
      k,
      new Float64Array(3),
      Float64Array.of(0.9, 0.05, 0.05),
    );
    for (const value of q) expect(value).to.be.closeTo(1 / 3, 1e-10);
  });

  it('balances two pairs that a large K makes rise alike', () => {
    const k = Float64Array.of(1e6, 0, 0, 2e6);
    const q = minimizeQuadraticWithEntropy(2, k, new Float64Array(2), Float64Array.of(1, 1));
    expect(q[0]).to.be.closeTo(2 / 3, 1e-5);
    expect(q[0] + q[1]).to.be.closeTo(1, 1e-14);
  });

  it('meets its condition for random problems, from far starts, with entries of all sizes', () => {
    const stream = randomStream('entropic');
    for (const scale of [0.01, 1, 100, 1e4]) {
      const [n, rank] = [30, 12];
      const rows = Float64Array.from({ length: n * rank }, () => stream.normal());
      const k = Float64Array.from({ length: n * n }, (_, at) => {
        const [i, j] = [Math.floor(at / n), at % n];
        let sum = 0;
        for (let r = 0; r < rank; r++) sum += rows[i * rank + r] * rows[j * rank + r];
        return scale * sum;
      });
      const p = Float64Array.from({ length: n }, () => 20 * stream.uniform());
      const start = Float64Array.from({ length: n }, (_, i) => (i === 3 ? 1 : 1e-12));
      const q = minimizeQuadraticWithEntropy(n, k, p, start);
      const heavy = q.filter((value) => value > 1e-6).length;
      expect(heavy).to.be.above(1);
      // In the mean over q the condition holds to 1e-10; for an entry of 10⁻³ that is 10⁻⁷.
      const kept = [...q.keys()].filter((i) => q[i] > 1e-3);
      const part = Float64Array.from(kept, (i) => q[i]);
      const levels = Float64Array.from(kept, (i) => {
        let kq = 0;
        for (let j = 0; j < n; j++) kq += k[i * n + j] * q[j];
        return p[i] + kq;
      });
      expect(spread(new Float64Array(part.length ** 2), levels, part)).to.be.below(1e-6);
    }
  });
});
