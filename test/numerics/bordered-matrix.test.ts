import { expect } from 'chai';
import { borderedMatrix, type BorderedParts } from '../../src/numerics/bordered-matrix.js';
import { minimizeQuadraticInBox } from '../../src/numerics/box-constrained-qp.js';
import { randomStream } from '../../src/numerics/random.js';
import { dot } from '../../src/numerics/vectors.js';
import { normals, timesVector } from './matrices.js';

const GROUPS = [[0, 3], [1], [2, 4, 5]];
const OTHERS = 6;

/**
 * A Gram matrix of `shared` vectors in all of three spaces of dimension `each`, and of others that lie in one of
 * them: its parts, and the whole of it.
 */
function gramMatrix(seed: number, shared: number, each: number) {
  const stream = randomStream(seed);
  const vectors = Array.from({ length: shared }, () => normals(stream, GROUPS.length * each));
  for (let k = 0; k < OTHERS; k++) {
    const vector = new Float64Array(GROUPS.length * each);
    const space = GROUPS.findIndex((group) => group.includes(k));
    vector.set(normals(stream, each), space * each);
    vectors.push(vector);
  }
  const n = vectors.length;
  const whole = new Float64Array(n * n);
  vectors.forEach((a, i) => vectors.forEach((b, j) => (whole[i * n + j] = dot(a, b))));
  const entries = (rows: readonly number[], columns: readonly number[]) =>
    Float64Array.from(rows.flatMap((i) => columns.map((j) => whole[i * n + j])));
  const tops = [...Array(shared).keys()];
  const others = [...Array(OTHERS).keys()].map((k) => shared + k);
  const parts: BorderedParts = {
    shared,
    corner: entries(tops, tops),
    border: entries(others, tops),
    groups: GROUPS,
    within: GROUPS.map((group) => {
      const places = group.map((k) => shared + k);
      return entries(places, places);
    }),
  };
  const b = timesVector(n, n, whole, normals(stream, n));
  return { n, whole, parts, b };
}

const valueAt = (n: number, k: Float64Array, b: Float64Array, x: Float64Array) =>
  dot(x, timesVector(n, n, k, x)) / 2 + dot(b, x);

describe('borderedMatrix', () => {
  for (const shared of [0, 1, 3]) {
    it(`is the matrix of its parts, with ${shared} shared coordinates`, () => {
      const { n, whole, parts, b } = gramMatrix(shared, shared, 4);
      const matrix = borderedMatrix(parts);
      expect(matrix.order).to.equal(n);
      const image = timesVector(n, n, whole, b);
      const sizes = b.map(Math.abs);
      for (let i = 0; i < n; i++) {
        expect(matrix.diagonal(i)).to.equal(whole[i * n + i]);
        expect(matrix.plusRow(2, i, b) / (2 + image[i])).to.be.closeTo(1, 1e-12);
        const terms = Array.from(sizes, (size, j) => Math.abs(whole[i * n + j]) * size);
        expect(matrix.largestTerm(i, sizes)).to.equal(Math.max(...terms));
      }
    });

    it(`is solved on some coordinates, with ${shared} shared ones, as the whole matrix is`, () => {
      const { n, whole, parts, b } = gramMatrix(10 + shared, shared, 4);
      const chosen = [...Array(n).keys()].filter((i) => i !== shared + 3);
      const right = Float64Array.from(chosen, (i) => b[i]);
      borderedMatrix(parts).solverOn(chosen, 0.5)!(right);
      chosen.forEach((i, r) => {
        const image = chosen.reduce((sum, j, c) => sum + whole[i * n + j] * right[c], 0);
        expect(image + 0.5 * whole[i * n + i] * right[r]).to.be.closeTo(b[i], 1e-10);
      });
    });
  }

  it('says where it is singular', () => {
    const zeros = { shared: 0, corner: new Float64Array(0), border: new Float64Array(0) };
    const parts = { ...zeros, groups: [[0]], within: [new Float64Array(1)] };
    expect(borderedMatrix(parts).solverOn([0], 0.1)).to.equal(undefined);
    const none = { groups: [], within: [] };
    const top = { ...none, shared: 1, corner: new Float64Array(1), border: new Float64Array(0) };
    expect(borderedMatrix(top).solverOn([0], 0.1)).to.equal(undefined);
  });

  it('has the minimum in a box that the whole matrix has, singular or not', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const { n, whole, parts, b } = gramMatrix(seed, seed % 4, 1 + (seed % 3));
      const stream = randomStream(`box ${seed}`);
      const lower = normals(stream, n).map((value) => -Math.abs(value));
      const upper = normals(stream, n).map(Math.abs);
      const found = minimizeQuadraticInBox(borderedMatrix(parts), b, lower, upper);
      const dense = minimizeQuadraticInBox(whole, b, lower, upper);
      const best = valueAt(n, whole, b, dense);
      expect(valueAt(n, whole, b, found)).to.be.closeTo(best, 1e-9 * Math.max(1, Math.abs(best)));
      found.forEach((value, i) => expect(value).to.be.within(lower[i], upper[i]));
    }
  });
});
