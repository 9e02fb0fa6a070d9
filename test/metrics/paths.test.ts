import { expect } from 'chai';
import {
  anglesTo,
  anglesToLast,
  decadeEdges,
  directionRows,
  interpolateAt,
  lengthPerDecade,
  sampledPathLength,
} from '../../src/metrics/index.js';
import { alphasPerDecade, madeUpTrajectory, onCircle } from './made-up-trajectory.js';

describe('the sampled path length', () => {
  it('is the angle run through on an arc, however few rows there are', () => {
    for (const count of [2, 3, 50]) {
      const angles = Array.from({ length: count }, (_, k) => (2.5 * k) / (count - 1));
      const path = madeUpTrajectory(angles, (angle) => onCircle(angle));
      const length = sampledPathLength(path);
      expect(length.length).to.equal(count);
      length.forEach((value, k) => expect(value).to.be.closeTo(angles[k], 1e-13));
    }
  });

  it('counts the way back as well', () => {
    const path = madeUpTrajectory([0, 0.5, 0.2, 0.6], (angle) => onCircle(angle));
    const expected = [0, 0.5, 0.8, 1.2];
    sampledPathLength(path).forEach((value, k) => expect(value).to.be.closeTo(expected[k], 1e-14));
  });

  it('keeps the digits of steps too short for their cosine', () => {
    const path = madeUpTrajectory([0, 1e-12, 2e-12], (angle) => [1, angle]);
    expect(sampledPathLength(path)[2] / 2e-12).to.be.closeTo(1, 1e-12);
  });

  it('is empty without rows and 0 with one', () => {
    expect([...sampledPathLength(madeUpTrajectory([], () => []))]).to.deep.equal([]);
    expect([...sampledPathLength(madeUpTrajectory([1], () => [1, 0]))]).to.deep.equal([0]);
  });
});

describe('the length per decade', () => {
  const alphas = alphasPerDecade(-1, 3, 7);
  const path = madeUpTrajectory(alphas, (alpha) => onCircle(0.3 * Math.log10(alpha)));
  const edges = [1, 10, 100, 1000];

  it('is constant for a direction that turns with log α', () => {
    const decades = lengthPerDecade(path, sampledPathLength(path), edges);
    expect(decades.map(({ from, to }) => [from, to])).to.deep.equal([
      [1, 10],
      [10, 100],
      [100, 1000],
    ]);
    for (const { length } of decades) expect(length).to.be.closeTo(0.3, 1e-12);
  });

  it('interpolates in log α where no row lies on an edge', () => {
    const coarse = madeUpTrajectory([0.5, 4, 40, 2000], (alpha) => onCircle(Math.log10(alpha) / 9));
    const decades = lengthPerDecade(coarse, sampledPathLength(coarse), edges);
    for (const { length } of decades) expect(length).to.be.closeTo(1 / 9, 1e-12);
  });

  it('has no decade beyond the end of the run or before its beginning', () => {
    const decades = lengthPerDecade(path, sampledPathLength(path), [1e-3, 1e-2, 0.1, 1, 1e4]);
    expect(decades.map(({ from, to }) => [from, to])).to.deep.equal([[0.1, 1]]);
    expect(lengthPerDecade(path, sampledPathLength(path), [1e4, 1e5])).to.deep.equal([]);
  });

  it('counts an edge that the run missed by rounding alone', () => {
    const rounded = madeUpTrajectory([1 + 1e-12, 10 - 1e-11], (_, row) => onCircle(row));
    const [decade] = lengthPerDecade(rounded, sampledPathLength(rounded), [1, 10]);
    expect(decade.length).to.be.closeTo(1, 1e-10);
  });
});

describe('interpolation in log α', () => {
  const alphas = Float64Array.of(-2, 0.1, 1, 100, 50, 1000);
  const values = Float64Array.of(7, 0, 1, 5, 9, 6);

  it('gives rows back and is linear between them', () => {
    expect(interpolateAt(alphas, values, 1)).to.equal(1);
    expect(interpolateAt(alphas, values, 10)).to.be.closeTo(3, 1e-14);
    expect(interpolateAt(alphas, values, 100)).to.equal(5);
  });

  it('takes the row where α is first reached, though it falls again', () => {
    expect(interpolateAt(alphas, values, 60)).to.be.closeTo(1 + (4 * Math.log(60)) / Math.log(100), 1e-14); // prettier-ignore
  });

  it('takes the row itself where the one before has α ≤ 0', () => {
    expect(interpolateAt(alphas, values, 0.05)).to.equal(0);
    expect(interpolateAt(alphas, values, -3)).to.equal(7);
    expect(interpolateAt(Float64Array.of(0, 2), Float64Array.of(5, 8), 1)).to.equal(8);
  });

  it('is not a number where α is never reached', () => {
    expect(interpolateAt(alphas, values, 1001)).to.be.NaN;
    expect(interpolateAt(new Float64Array(0), values, 1)).to.be.NaN;
  });
});

describe('angles to a direction', () => {
  it('are those of the plane, in [0, π]', () => {
    const angles = [0, 0.5, 1e-10 - 1, 3];
    const path = madeUpTrajectory(angles, (angle) => onCircle(angle));
    const found = anglesTo(path, Float64Array.of(2, 0));
    const expected = [0, 0.5, 1 - 1e-10, 3];
    found.forEach((angle, k) => expect(angle).to.be.closeTo(expected[k], 1e-14));
  });
});

describe('rows of α and directions without a trajectory', () => {
  const alphas = alphasPerDecade(0, 3, 4);
  const directions = alphas.map((alpha) => Float64Array.from(onCircle(0.2 * Math.log10(alpha))));
  const rows = directionRows(alphas, directions);

  it('have lengths per decade and angles to their end', () => {
    const lengths = sampledPathLength(rows);
    const decades = lengthPerDecade(rows, lengths, decadeEdges(rows));
    expect(decades.map(({ from, to }) => [from, to])).to.deep.equal([
      [1, 10],
      [10, 100],
      [100, 1000],
    ]);
    for (const { length } of decades) expect(length).to.be.closeTo(0.2, 1e-12);
    const angles = anglesToLast(rows);
    alphas.forEach((alpha, k) => {
      expect(angles[k]).to.be.closeTo(0.6 - 0.2 * Math.log10(alpha), 1e-12);
    });
    expect(angles[alphas.length - 1]).to.equal(0);
  });

  it('need no unit vectors', () => {
    const longer = directionRows(alphas, directions.map((v, k) => v.map((x) => (k + 1) * x))); // prettier-ignore
    sampledPathLength(longer).forEach((length, k) => {
      expect(length).to.be.closeTo(sampledPathLength(rows)[k], 1e-13);
    });
  });

  it('have the powers of ten within the range of α for edges', () => {
    const edges = (list: number[]) => decadeEdges({ alpha: Float64Array.from(list) });
    expect(edges([-3, 0, 0.5, 2, 300])).to.deep.equal([1, 10, 100]);
    expect(edges([1 + 1e-12, 10 - 1e-11])).to.deep.equal([1, 10]);
    expect(edges([2, 3])).to.deep.equal([]);
    expect(edges([-1, 0])).to.deep.equal([]);
    expect(edges([])).to.deep.equal([]);
  });

  it('are refused where their numbers differ, and may be none', () => {
    expect(() => directionRows([1], [])).to.throw(RangeError, '1 values of α');
    const uneven = [Float64Array.of(1), Float64Array.of(1, 0)];
    expect(() => directionRows([1, 2], uneven)).to.throw(RangeError, 'Direction 1 has 2 numbers');
    expect([...anglesToLast(directionRows([], []))]).to.deep.equal([]);
  });
});
