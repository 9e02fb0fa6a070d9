import { expect } from 'chai';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { stabilityOf } from '../../../src/flows/limits/stability.js';
import type { Blocks } from '../../../src/flows/limits/blocks.js';
import type { ConstraintRows } from '../../../src/flows/limits/rows.js';
import { tangentSystem } from '../../../src/flows/limits/tangent-system.js';
import { randomStream, type RandomStream } from '../../../src/numerics/random.js';
import { addScaled, dot, norm } from '../../../src/numerics/vectors.js';

const SIZES = [4, 3, 5, 1];
const N = 13;

function example(seed: number, constraints: number) {
  const stream = randomStream(seed);
  let from = 0;
  const blocks = SIZES.map((size) => Int32Array.from({ length: size }, () => from++));
  const curvature = SIZES.map((size) => symmetric(size, stream));
  const rows = Float64Array.from({ length: constraints * N }, () => stream.normal());
  return { blocks, curvature, rows };
}

const wideRows = (blocks: Blocks, wide: Float64Array, n = N): ConstraintRows => ({
  blocks,
  n,
  wide,
  narrow: [],
});

function symmetric(n: number, stream: RandomStream): Float64Array {
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) a[i * n + j] = a[j * n + i] = stream.normal();
  }
  return a;
}

/** Eigenvalues of the whole matrix on the orthogonal complement of the rows, by a basis of it. */
function denseEigenvalues({ blocks, curvature, rows }: ReturnType<typeof example>): number[] {
  const dense = (v: Float64Array) => {
    const product = new Float64Array(N);
    blocks.forEach((places, b) => {
      places.forEach((row, i) => {
        places.forEach((column, j) => {
          product[row] += curvature[b][i * places.length + j] * v[column];
        });
      });
    });
    return product;
  };
  const basis: Float64Array[] = [];
  const count = rows.length / N;
  for (let r = 0; r < count + N; r++) {
    const left = new Float64Array(N);
    if (r < count) left.set(rows.subarray(r * N, (r + 1) * N));
    else left[r - count] = 1;
    for (let round = 0; round < 2; round++) {
      for (const direction of basis) addScaled(left, -dot(direction, left), direction);
    }
    const size = norm(left);
    if (size > 1e-8) basis.push(left.map((value) => value / size));
  }
  const tangent = basis.slice(count);
  const matrix = tangent.map((a) => tangent.map((b) => dot(a, dense(b))));
  const evd = new EigenvalueDecomposition(new Matrix(matrix), { assumeSymmetric: true });
  return evd.realEigenvalues.sort((a, b) => b - a);
}

describe('the stability of a KKT point', () => {
  it('counts and finds eigenvalues on the tangent space as a dense decomposition does', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const made = example(seed, 1 + (seed % 5));
      const values = denseEigenvalues(made);
      const { blocks, curvature, rows } = made;
      for (const shift of [-0.7, 0.2, 1.1]) {
        const system = tangentSystem(curvature, shift, wideRows(blocks, rows))!;
        expect(system.above).to.equal(values.filter((value) => value > shift).length);
      }
      const found = stabilityOf({ curvature, rows: wideRows(blocks, rows) });
      expect(found.lambda).to.be.closeTo(values[0], 1e-9);
      expect(found.tangent).to.equal(values.length);
      expect(found.unstable).to.equal(values.filter((value) => value > 1).length);
    }
  });

  it('leaves out eigenvalues of 1, and counts them', () => {
    const blocks = [Int32Array.of(0, 1), Int32Array.of(2, 3)];
    const curvature = [Float64Array.of(1, 0, 0, 0.25), Float64Array.of(1, 0, 0, -3)];
    const row = Float64Array.of(1, 0, -1, 0);
    const rows = wideRows(blocks, row, 4);
    const { lambda, flat, unstable, tangent } = stabilityOf({ curvature, rows });
    expect([flat, unstable, tangent]).to.deep.equal([1, 0, 3]);
    expect(lambda).to.be.closeTo(0.25, 1e-10);
  });

  it('has no eigenvalue where the constraints leave no direction', () => {
    const rows = wideRows([Int32Array.of(0)], Float64Array.of(2), 1);
    const { lambda, tangent } = stabilityOf({ curvature: [Float64Array.of(5)], rows });
    expect([lambda, tangent]).to.deep.equal([NaN, 0]);
  });

  it('solves for steps along the constraints', () => {
    const { blocks, curvature, rows } = example(3, 4);
    const stream = randomStream('step');
    const g = Float64Array.from({ length: N }, () => stream.normal());
    const h = Float64Array.from({ length: 4 }, () => stream.normal());
    const { d, x } = tangentSystem(curvature, 2.5, wideRows(blocks, rows))!.solve(g, h);
    for (let r = 0; r < 4; r++) {
      expect(dot(rows.subarray(r * N, (r + 1) * N), d)).to.be.closeTo(h[r], 1e-12);
    }
    blocks.forEach((places, b) => {
      places.forEach((place, i) => {
        let left = 2.5 * d[place] + g[place];
        places.forEach((other, j) => {
          left -= curvature[b][i * places.length + j] * d[other];
        });
        for (let r = 0; r < 4; r++) left -= x[r] * rows[r * N + place];
        expect(left).to.be.closeTo(0, 1e-12);
      });
    });
  });
});
