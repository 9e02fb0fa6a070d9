import { expect } from 'chai';
import { randomStream } from '../../src/numerics/random.js';
import { librarySingularValues } from '../../src/numerics/singular-values.js';
import { lanczosSpectralNorm, spectralNorm } from '../../src/numerics/spectral-norm.js';
import { norm } from '../../src/numerics/vectors.js';
import { normals } from './matrices.js';

const stream = randomStream('spectral');

describe('the spectral norm', () => {
  for (const [rows, columns] of [
    [60, 40],
    [40, 60],
    [1, 5],
    [5, 1],
    [2, 2],
    [17, 300],
  ]) {
    // prettier-ignore
    it(`is the largest singular value, ${rows}×${columns}`, () => {
      const a = normals(stream, rows * columns);
      const [expected] = librarySingularValues(rows, columns, a);
      expect(spectralNorm(rows, columns, a) / expected).to.be.closeTo(1, 1e-13);
      expect(lanczosSpectralNorm(rows, columns, a) / expected).to.be.closeTo(1, 1e-11);
    });
  }

  it('is ‖u‖‖v‖ for an outer product, and √d for an orthogonal matrix times √d', () => {
    const [u, v] = [normals(stream, 300), normals(stream, 200)];
    const outer = Float64Array.from([...u].flatMap((x) => [...v].map((y) => x * y)));
    expect(spectralNorm(300, 200, outer) / norm(u) / norm(v)).to.be.closeTo(1, 1e-14);
    const turned = new Float64Array(200 * 200);
    for (let i = 0; i < 200; i++) turned[i * 200 + ((i * 7) % 200)] = i % 2 === 0 ? 3 : -3;
    expect(spectralNorm(200, 200, turned)).to.be.closeTo(3, 1e-14);
  });

  it('finds a known one in a large block, where the others crowd below it', () => {
    // Diagonal 1, 1 − 1/n, 1 − 2/n, … between reflections, which keep singular values.
    const n = 400;
    const [u, v] = [normals(stream, n), normals(stream, n)].map((x) => ({ x, s: norm(x) ** 2 }));
    const entry = (i: number, j: number) => {
      const reflect = (r: typeof u, p: number, q: number) =>
        (p === q ? 1 : 0) - (2 * r.x[p] * r.x[q]) / r.s;
      let sum = 0;
      for (let k = 0; k < n; k++) sum += reflect(u, i, k) * (1 - k / n) * reflect(v, k, j);
      return sum;
    };
    const a = Float64Array.from({ length: n * n }, (_, p) => entry(Math.floor(p / n), p % n));
    expect(spectralNorm(n, n, a)).to.be.closeTo(1, 1e-9);
  }).timeout(10_000);

  it('neither over- nor underflows, and has words for zero and for what is not finite', () => {
    const a = normals(stream, 30 * 20);
    const expected = lanczosSpectralNorm(30, 20, a);
    for (const size of [1e-300, 1e300]) {
      const scaled = a.map((value) => value * size);
      expect(lanczosSpectralNorm(30, 20, scaled) / size / expected).to.be.closeTo(1, 1e-14);
    }
    expect(lanczosSpectralNorm(3, 2, new Float64Array(6))).to.equal(0);
    expect(lanczosSpectralNorm(1, 2, Float64Array.of(1, NaN))).to.be.NaN;
  });
});
