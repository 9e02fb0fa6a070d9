import { expect } from 'chai';
import { installNativeLinearAlgebra } from '../../src/native/install.js';
import { minimumNormSolution } from '../../src/numerics/least-squares.js';
import { useNativeLinearAlgebra } from '../../src/numerics/linear-algebra.js';
import { randomStream } from '../../src/numerics/random.js';
import { maxAbs } from '../../src/numerics/vectors.js';
import { normals, relativeDifference, timesVector, transposeTimesVector } from './matrices.js';

const residualOf = (m: number, n: number, a: Float64Array, x: Float64Array, b: Float64Array) =>
  timesVector(m, n, a, x).map((value, i) => value - b[i]);

for (const kind of ['plain TypeScript', 'the installed linear algebra']) {
  describe(`minimumNormSolution with ${kind}`, () => {
    before(() => {
      if (kind === 'plain TypeScript') useNativeLinearAlgebra(undefined);
      else installNativeLinearAlgebra();
    });
    after(() => {
      installNativeLinearAlgebra();
    });

    it('leaves a residual that is orthogonal to the columns', () => {
      const stream = randomStream('tall');
      const [a, b] = [normals(stream, 40 * 15), normals(stream, 40)];
      const x = minimumNormSolution(40, 15, a, b, 1e-14);
      const residual = residualOf(40, 15, a, x, b);
      expect(maxAbs(transposeTimesVector(40, 15, a, residual))).to.be.below(1e-12);
    });

    it('takes the solution of smallest norm: a combination of the rows', () => {
      const stream = randomStream('wide');
      const [a, y] = [normals(stream, 15 * 40), normals(stream, 15)];
      const expected = transposeTimesVector(15, 40, a, y);
      const b = timesVector(15, 40, a, expected);
      expect(relativeDifference(minimumNormSolution(15, 40, a, b, 1e-14), expected)).to.be.below(
        1e-12,
      );
    });

    it('treats a matrix of deficient rank as one', () => {
      // Columns 2j and 2j + 1 are equal: the solution of smallest norm shares between them.
      const stream = randomStream('deficient');
      const half = normals(stream, 30 * 14);
      const a = Float64Array.from({ length: 30 * 28 }, (_, p) => half[p >> 1]);
      const b = normals(stream, 30);
      const x = minimumNormSolution(30, 28, a, b, 1e-12);
      const halves = minimumNormSolution(30, 14, half, b, 1e-12);
      const expected = Float64Array.from({ length: 28 }, (_, j) => halves[j >> 1] / 2);
      expect(relativeDifference(x, expected)).to.be.below(1e-12);
    });

    it('ignores singular values up to the tolerance', () => {
      const n = 14;
      const a = new Float64Array(n * n);
      for (let i = 0; i < n; i++) a[i * n + i] = 10 ** -i;
      const x = minimumNormSolution(n, n, a, new Float64Array(n).fill(1), 3e-8);
      x.forEach((value, i) => expect(value).to.be.closeTo(i < 8 ? 10 ** i : 0, 1e-8));
    });

    it('is NaN where an entry is not finite', () => {
      const a = new Float64Array(400).fill(1);
      a[7] = Infinity;
      expect([...minimumNormSolution(20, 20, a, new Float64Array(20), 0)].every(Number.isNaN)).to.be
        .true;
    });

    it('takes empty problems', () => {
      expect([
        ...minimumNormSolution(0, 2, new Float64Array(0), new Float64Array(0), 0),
      ]).to.deep.equal([0, 0]);
    });

    it('leaves its arguments as they were', () => {
      const stream = randomStream('kept');
      const [a, b] = [normals(stream, 400), normals(stream, 20)];
      const [oldA, oldB] = [a.slice(), b.slice()];
      minimumNormSolution(20, 20, a, b, 0);
      expect(a).to.deep.equal(oldA);
      expect(b).to.deep.equal(oldB);
    });

    it('refuses a tolerance that is none', () => {
      const one = Float64Array.of(1);
      for (const tolerance of [-1, NaN]) {
        expect(() => minimumNormSolution(1, 1, one, one, tolerance)).to.throw(
          RangeError,
          'tolerance',
        );
      }
    });
  });
}
