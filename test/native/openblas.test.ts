import { expect } from 'chai';
import { openOpenblas } from '../../src/native/openblas.js';
import { plainLinearAlgebra } from '../../src/numerics/plain-linear-algebra.js';
import { randomStream } from '../../src/numerics/random.js';
import { normals, relativeDifference } from '../numerics/matrices.js';
import { productCases } from '../numerics/products.js';
import { anyLibrary } from './library.js';

describe('matrix products by OpenBLAS', () => {
  const library = anyLibrary();
  before(function () {
    if (library === undefined) this.skip();
  });

  it('agree with a triple loop in all transposes, with offsets and strides, and leave the rest', () => {
    for (const { title, run, expected } of productCases()) {
      expect(
        relativeDifference(
          run((...a) => library!.algebra.gemm(...a)),
          expected,
        ),
        title,
      ).to.be.below(1e-14);
    }
  });

  it('agree with plain loops at sizes that run on several threads', () => {
    const [m, n, k] = [300, 200, 250];
    const stream = randomStream('large product');
    const [a, b] = [normals(stream, m * k), normals(stream, k * n)];
    const [native, plain] = [library!.algebra, plainLinearAlgebra].map((algebra) => {
      const c = new Float64Array(m * n);
      algebra.gemm(false, false, m, n, k, 1, a, 0, k, b, 0, n, 0, c, 0, n);
      return c;
    });
    expect(relativeDifference(native, plain)).to.be.below(1e-13);
  });

  it('do not read the old C when β is zero', () => {
    const c = Float64Array.of(NaN);
    const [two, three] = [Float64Array.of(2), Float64Array.of(3)];
    library!.algebra.gemm(false, false, 1, 1, 1, 1, two, 0, 1, three, 0, 1, 0, c, 0, 1);
    expect(c[0]).to.equal(6);
  });

  it('come with a name that tells the version and the threads', () => {
    expect(library!.algebra.name).to.match(/^\S.*\(\d+ threads?\)$/);
    expect(library!.threads).to.be.at.least(1);
  });
});

describe('opening a library', () => {
  it('fails for a file that is none, or not there', () => {
    expect(() => openOpenblas('/no/such/library.so')).to.throw();
    expect(() => openOpenblas(new URL(import.meta.url).pathname)).to.throw();
  });
});
