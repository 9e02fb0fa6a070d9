import { expect } from 'chai';
import { minimizeQuadraticInBox } from '../../src/numerics/box-constrained-qp.js';
import { plainLinearAlgebra } from '../../src/numerics/plain-linear-algebra.js';
import { randomStream, type RandomStream } from '../../src/numerics/random.js';
import { normals, timesVector } from './matrices.js';

interface BoxProblem {
  readonly k: Float64Array;
  readonly b: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** K = A Aᵀ of the given rank, and a box around or beside the origin. */
function randomProblem(stream: RandomStream, n: number, rank: number): BoxProblem {
  const a = normals(stream, n * rank);
  const k = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      for (let r = 0; r < rank; r++) k[i * n + j] += a[i * rank + r] * a[j * rank + r];
    }
  }
  // In the range of K, as where K is a Gram matrix and b are products with one vector.
  const b = timesVector(n, n, k, normals(stream, n));
  const ends = Array.from({ length: n }, () => [stream.normal(), stream.normal()].sort(ascending));
  const lower = Float64Array.from(ends, ([low]) => low);
  const upper = Float64Array.from(ends, ([, high]) => high);
  return { k, b, lower, upper };
}

/** Rows (1, 0, …) + spread·noise, and a box from 0 to a random weight. */
function neighbours(stream: RandomStream, n: number, spread: number): BoxProblem {
  const width = n + 1;
  const a = normals(stream, n * width).map((value, p) => (p % width === 0 ? 1 : spread * value));
  const k = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      for (let r = 0; r < width; r++) k[i * n + j] += a[i * width + r] * a[j * width + r];
    }
  }
  const b = timesVector(n, width, a, normals(stream, width));
  const lower = Float64Array.from(b, () => -Math.abs(stream.normal()));
  return { k, b, lower, upper: new Float64Array(n) };
}

const ascending = (a: number, b: number) => a - b;

function valueAt({ k, b }: BoxProblem, x: Float64Array): number {
  const image = timesVector(b.length, b.length, k, x);
  return x.reduce((sum, value, i) => sum + value * (image[i] / 2 + b[i]), 0);
}

/** In the box, with no slope at free coordinates and none that points inwards at the bounds. */
function expectOptimal({ k, b, lower, upper }: BoxProblem, x: Float64Array, tolerance: number) {
  const n = b.length;
  const image = timesVector(n, n, k, x);
  const size = b.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-300);
  for (let i = 0; i < n; i++) {
    const slope = (image[i] + b[i]) / size;
    expect(x[i]).to.be.within(lower[i], upper[i]);
    if (x[i] > lower[i]) expect(slope, `coordinate ${i}`).to.be.at.most(tolerance);
    if (x[i] < upper[i]) expect(slope, `coordinate ${i}`).to.be.at.least(-tolerance);
  }
}

/** The best of all 3ⁿ choices of bounds: at the lower one, at the upper one, or free. */
function smallestValue(problem: BoxProblem): number {
  const { k, b, lower, upper } = problem;
  const n = b.length;
  let best = Infinity;
  for (let choice = 0; choice < 3 ** n; choice++) {
    const kinds = Array.from({ length: n }, (_, i) => Math.floor(choice / 3 ** i) % 3);
    const x = Float64Array.from(kinds, (kind, i) => [lower[i], upper[i], 0][kind]);
    const free = [...kinds.keys()].filter((i) => kinds[i] === 2);
    if (free.length > 0) {
      const image = timesVector(n, n, k, x);
      const matrix = Float64Array.from(free.flatMap((i) => free.map((j) => k[i * n + j])));
      const right = Float64Array.from(free, (i) => -b[i] - image[i]);
      const m = free.length;
      const found = plainLinearAlgebra.minimumNorm(m, m, matrix, right, 1e-12);
      free.forEach((i, r) => {
        x[i] = found[r];
      });
    }
    const inside = x.every((value, i) => value >= lower[i] - 1e-9 && value <= upper[i] + 1e-9);
    if (inside) best = Math.min(best, valueAt(problem, x));
  }
  return best;
}

describe('minimizeQuadraticInBox', () => {
  it('solves one coordinate by hand: free, at the lower bound, at the upper bound', () => {
    const solve = (b: number) =>
      minimizeQuadraticInBox(
        Float64Array.of(2),
        Float64Array.of(b),
        Float64Array.of(-1),
        Float64Array.of(3),
      )[0];
    expect(solve(-2)).to.be.closeTo(1, 1e-15);
    expect(solve(10)).to.equal(-1);
    expect(solve(-10)).to.equal(3);
  });

  it('solves for coordinates that pull at each other', () => {
    // ½(x + y)² + ½ x² − 3x − 4y on [0, 1] × [0, 10]: x = 0 lets y = 4.
    const k = Float64Array.of(2, 1, 1, 1);
    const b = Float64Array.of(-3, -4);
    const x = minimizeQuadraticInBox(k, b, Float64Array.of(0, 0), Float64Array.of(1, 10));
    expect([...x]).to.deep.equal([0, 4]);
  });

  it('solves the problem without bounds where they are far away', () => {
    const stream = randomStream('far bounds');
    const problem = randomProblem(stream, 8, 8);
    const far = new Float64Array(8).fill(1e6);
    const x = minimizeQuadraticInBox(
      problem.k,
      problem.b,
      far.map((value) => -value),
      far,
    );
    const image = timesVector(8, 8, problem.k, x);
    image.forEach((value, i) => expect(value + problem.b[i]).to.be.closeTo(0, 1e-9));
  });

  it('meets the conditions for the minimum on random problems, and the smallest of all values', () => {
    const stream = randomStream('boxes');
    for (let trial = 0; trial < 60; trial++) {
      const n = 1 + (trial % 5);
      const problem = randomProblem(stream, n, n + 1);
      const { k, b, lower, upper } = problem;
      const x = minimizeQuadraticInBox(k, b, lower, upper);
      expectOptimal(problem, x, 1e-9);
      const best = smallestValue(problem);
      expect(valueAt(problem, x)).to.be.closeTo(best, 1e-8 * Math.max(1, Math.abs(best)));
    }
  });

  it('does so, too, where K is singular: fewer directions than coordinates, and twins', () => {
    const stream = randomStream('singular boxes');
    for (let trial = 0; trial < 60; trial++) {
      const n = 2 + (trial % 4);
      const problem = randomProblem(stream, n, Math.max(1, n - 2));
      const { k, b, lower, upper } = problem;
      const x = minimizeQuadraticInBox(k, b, lower, upper);
      expectOptimal(problem, x, 1e-8);
      const best = smallestValue(problem);
      expect(valueAt(problem, x)).to.be.closeTo(best, 1e-8 * Math.max(1, Math.abs(best)));
    }
    const twins = minimizeQuadraticInBox(
      Float64Array.of(1, 1, 1, 1),
      Float64Array.of(-1, -1),
      Float64Array.of(0, 0),
      Float64Array.of(0.75, 0.75),
    );
    expect(twins[0] + twins[1]).to.be.closeTo(1, 1e-13);
  });

  it('does so where rows are nearly parallel, as those of neighbouring examples', () => {
    const stream = randomStream('neighbours');
    for (let trial = 0; trial < 100; trial++) {
      const n = 2 + (trial % 4);
      const spread = 10 ** -(1 + (trial % 3));
      const problem = neighbours(stream, n, spread);
      const { k, b, lower, upper } = problem;
      const x = minimizeQuadraticInBox(k, b, lower, upper);
      expectOptimal(problem, x, 1e-9);
    }
  });

  it('comes to the same minimum from any guess, inside the box, at its bounds or outside', () => {
    const stream = randomStream('guesses');
    for (let trial = 0; trial < 60; trial++) {
      const n = 1 + (trial % 6);
      const problem = randomProblem(stream, n, trial % 2 === 0 ? n + 1 : Math.max(1, n - 2));
      const { k, b, lower, upper } = problem;
      const best = valueAt(problem, minimizeQuadraticInBox(k, b, lower, upper));
      for (const size of [0, 0.5, 10]) {
        const guess = normals(stream, n).map((value) => size * value);
        const x = minimizeQuadraticInBox(k, b, lower, upper, guess);
        expectOptimal(problem, x, 1e-8);
        expect(valueAt(problem, x)).to.be.closeTo(best, 1e-8 * Math.max(1, Math.abs(best)));
      }
    }
  });

  it('keeps a coordinate whose bounds are equal, and has nothing to do without coordinates', () => {
    const k = Float64Array.of(1, 0.5, 0.5, 1);
    const b = Float64Array.of(-5, 0);
    const x = minimizeQuadraticInBox(k, b, Float64Array.of(0, -9), Float64Array.of(0, 9));
    expect([...x]).to.deep.equal([0, 0]);
    const none = new Float64Array(0);
    expect(minimizeQuadraticInBox(none, none, none, none).length).to.equal(0);
  });

  it('leaves its arguments alone and starts from a box that does not hold 0', () => {
    const stream = randomStream('arguments');
    const { k, b } = randomProblem(stream, 3, 3);
    const [lower, upper] = [Float64Array.of(1, 2, 3), Float64Array.of(2, 3, 4)];
    const copies = [k, b, lower, upper].map((values) => values.slice());
    const x = minimizeQuadraticInBox(k, b, lower, upper);
    expectOptimal({ k, b, lower, upper }, x, 1e-10);
    expect([k, b, lower, upper]).to.deep.equal(copies);
  });
});
