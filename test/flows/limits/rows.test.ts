import { expect } from 'chai';
import {
  definiteInverse,
  innerProducts,
  solveRows,
} from '../../../src/flows/limits/block-solver.js';
import {
  combineRows,
  independentRows,
  pickRows,
  rowCount,
  rowProducts,
  type ConstraintRows,
} from '../../../src/flows/limits/rows.js';
import { tangentSystem } from '../../../src/flows/limits/tangent-system.js';
import { randomStream } from '../../../src/numerics/random.js';
import { dot } from '../../../src/numerics/vectors.js';

/** Blocks that interleave, as units of a layered network do. */
const BLOCKS = [Int32Array.of(0, 3, 6), Int32Array.of(1, 4, 7, 9), Int32Array.of(2, 5, 8)];
const N = 10;

function rowsWith(seed: number, wides: number, narrowBlocks: readonly number[]): ConstraintRows {
  const stream = randomStream(seed);
  const wide = Float64Array.from({ length: wides * N }, () => stream.normal());
  const narrow = narrowBlocks.map((block) => {
    const values = BLOCKS[block].map(() => 0) as ArrayLike<number>;
    return { block, values: Float64Array.from(values, () => stream.normal()) };
  });
  return { blocks: BLOCKS, n: N, wide, narrow };
}

/** The same rows, all of them wide. */
function widened({ blocks, n, wide, narrow }: ConstraintRows): ConstraintRows {
  const spread = narrow.flatMap(({ block, values }) => {
    const row = Array<number>(n).fill(0);
    blocks[block].forEach((index, i) => (row[index] = values[i]));
    return row;
  });
  return { blocks, n, wide: Float64Array.of(...wide, ...spread), narrow: [] };
}

function rowOf(rows: ConstraintRows, r: number): Float64Array {
  return widened(rows).wide.subarray(r * N, (r + 1) * N);
}

function curvatures(seed: number): Float64Array[] {
  const stream = randomStream(seed);
  return BLOCKS.map(({ length }) => {
    const a = new Float64Array(length ** 2);
    for (let i = 0; i < length; i++) {
      for (let j = 0; j <= i; j++) a[i * length + j] = a[j * length + i] = stream.normal();
    }
    return a;
  });
}

function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-12) {
  expect(found.length).to.equal(expected.length);
  Array.from(found).forEach((value, i) => expect(value).to.be.closeTo(expected[i], tolerance));
}

describe('the rows of constraints', () => {
  const rows = rowsWith(1, 3, [0, 0, 2, 1]);
  const stream = randomStream('vectors');
  const weights = Float64Array.from({ length: 7 }, () => stream.normal());
  const vector = Float64Array.from({ length: N }, () => stream.normal());

  it('give, narrow or wide, the same sums and products', () => {
    expect(rowCount(rows)).to.equal(7);
    expectClose(combineRows(rows, weights), combineRows(widened(rows), weights));
    expectClose(rowProducts(rows, vector), rowProducts(widened(rows), vector));
  });

  it('are picked by their numbers, the wide ones first', () => {
    const picked = pickRows(rows, [1, 3, 6]);
    expectClose(
      widened(picked).wide,
      [1, 3, 6].flatMap((r) => [...rowOf(rows, r)]),
    );
  });

  it('are picked where they depend on none before them, in the order of preference', () => {
    const wide = Float64Array.of(1, 0, 0, 2, 0, 0, 1, 1, 0, 0, 0, 0, 3, 1, 0);
    const whole = { blocks: [Int32Array.of(0, 1, 2)], n: 3, wide, narrow: [] };
    expect(independentRows(whole, [0, 1, 2, 3, 4])).to.deep.equal([0, 2]);
    expect(independentRows(whole, [4, 1, 0])).to.deep.equal([1, 4]);
  });

  it('depend on each other, narrow ones, within their block, and wide ones on all of those', () => {
    const values = Float64Array.of(1, 2, 3);
    const narrow = [
      { block: 0, values },
      { block: 0, values: values.map((value) => -2 * value) },
      { block: 2, values },
    ];
    const sum = new Float64Array(N);
    BLOCKS[0].forEach((index, i) => (sum[index] += values[i]));
    BLOCKS[2].forEach((index, i) => (sum[index] -= values[i]));
    const made = { blocks: BLOCKS, n: N, wide: Float64Array.of(...sum, ...vector), narrow };
    expect(independentRows(made, [2, 3, 4, 0, 1])).to.deep.equal([1, 2, 4]);
    expect(independentRows(made, [3, 2, 4, 1, 0])).to.deep.equal([1, 3, 4]);
  });

  it('have the inner products of a dense matrix, on which one can solve', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const made = rowsWith(seed, seed % 4, [1, 0, 1, 2].slice(0, 1 + (seed % 4)));
      const count = rowCount(made);
      const inverse = definiteInverse(BLOCKS, curvatures(seed), 9)!;
      const solved = solveRows(inverse.whole, made);
      expectClose(widened(solved).wide, solveRows(inverse.whole, widened(made)).wide);
      const dense = (r: number, s: number) => dot(rowOf(made, r), rowOf(solved, s));
      const products = innerProducts(made, solved);
      expect(products.order).to.equal(count);
      const x = weights.slice(0, count);
      const sizes = x.map(Math.abs);
      const timesX = (r: number) => x.reduce((sum, value, s) => sum + dense(r, s) * value, 0.5);
      for (let r = 0; r < count; r++) {
        expect(products.diagonal(r)).to.be.closeTo(dense(r, r), 1e-12);
        expect(products.plusRow(0.5, r, x)).to.be.closeTo(timesX(r), 1e-12);
        const terms = Array.from(sizes, (size, s) => Math.abs(dense(r, s)) * size);
        expect(products.largestTerm(r, sizes)).to.be.closeTo(Math.max(...terms), 1e-12);
      }
      const chosen = [...Array(count).keys()].filter((r) => r !== 1);
      const right = Float64Array.from(chosen, (r) => weights[r]);
      products.solverOn(chosen, 0.25)!(right);
      chosen.forEach((r, i) => {
        const left = chosen.reduce((sum, s, j) => sum + dense(r, s) * right[j], 0);
        expect(left + 0.25 * dense(r, r) * right[i]).to.be.closeTo(weights[r], 1e-11);
      });
    }
  });

  it('are told apart in their hundreds as one by one, whether one depends on others or not', () => {
    const [count, n] = [40, 60];
    const many = randomStream('many rows');
    const wide = Float64Array.from({ length: count * n }, () => many.normal());
    const blocks = [Int32Array.from({ length: n }, (_, i) => i)];
    const numbers = [...Array(count).keys()];
    const narrow = [{ block: 0, values: wide.slice(0, n).map((value) => 2 * value) }];
    expect(independentRows({ blocks, n, wide, narrow: [] }, numbers)).to.deep.equal(numbers);
    const beside = { blocks, n, wide, narrow };
    const held = independentRows(beside, [count, ...numbers]);
    expect(held).to.deep.equal([...numbers.slice(1), count]);
    const dependent = wide.slice();
    for (let i = 0; i < n; i++) dependent[7 * n + i] = wide[3 * n + i] - wide[20 * n + i];
    const others = numbers.filter((r) => r !== 20);
    const found = independentRows({ blocks, n, wide: dependent, narrow: [] }, numbers);
    expect(found).to.deep.equal(others);
  });

  it('make steps along many of them that meet what is asked for', () => {
    const [count, n] = [40, 60];
    const many = randomStream('many rows');
    const wide = Float64Array.from({ length: count * n }, () => many.normal());
    const blocks = Array.from({ length: n }, (_, i) => Int32Array.of(i));
    const curvature = blocks.map(() => Float64Array.of(0.3 * many.uniform()));
    const [g, h] = [n, count].map((length) => Float64Array.from({ length }, () => many.normal()));
    const made = { blocks, n, wide, narrow: [] };
    const { d, x } = tangentSystem(curvature, 1, made)!.solve(g, h);
    expectClose(rowProducts(made, d), h, 1e-10);
    const pull = combineRows(made, x);
    expectClose(
      d.map((value, i) => (1 - curvature[i][0]) * value),
      pull.map((value, i) => value - g[i]),
      1e-10,
    );
  });

  it('make, narrow or wide, the same steps along them', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const made = rowsWith(seed, 2, [0, 2, 2]);
      const g = rowsWith(seed + 20, 1, []).wide;
      const h = weights.slice(0, 5);
      for (const shift of [-0.3, 1.5]) {
        const [found, expected] = [made, widened(made)].map((each) => {
          const system = tangentSystem(curvatures(seed), shift, each)!;
          return { above: system.above, ...system.solve(g, h) };
        });
        expect(found.above).to.equal(expected.above);
        expectClose(found.d, expected.d, 1e-9);
        expectClose(found.x, expected.x, 1e-9);
      }
    }
  });
});
