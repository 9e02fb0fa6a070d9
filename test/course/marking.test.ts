import { expect } from 'chai';
import { marking, near } from '../../src/course/index.js';

/** A count that keeps its lines. */
function kept(title = 'norm') {
  const lines: string[] = [];
  return { lines, count: marking(title, (line) => lines.push(line)) };
}

describe('the points of a test cell', () => {
  it('are the sum of the parts whose test is true', () => {
    const { lines, count } = kept();
    count.part(2, 'it is positive', () => true);
    count.part(0.5, 'it is even', () => false);
    count.part(1, 'it scales', () => true);
    expect(count.total()).to.equal(3);
    expect(lines).to.deep.equal([
      'Yes: it is positive (2 of 2 points)',
      'Not yet: it is even (0 of 0.5 points)',
      'Yes: it scales (1 of 1 point)',
      'norm: 3 of 3.5 points in these tests.',
    ]);
  });

  it('are earned by nothing but true', () => {
    const { lines, count } = kept();
    const others = [1, 'true', {}, [], Promise.resolve(true), undefined, null, NaN, Boolean];
    others.forEach((value) => count.part(1, 'it holds', () => value));
    expect(count.total()).to.equal(0);
    const failures = lines.filter((line) => line === 'Not yet: it holds (0 of 1 point)');
    expect(failures).to.have.length(others.length);
  });

  it('are not earned by what throws, and say nothing of what was thrown', () => {
    const { lines, count } = kept();
    const thrown: unknown[] = [new Error('the answer is 42'), '42', 42, null, undefined];
    thrown.forEach((value) =>
      count.part(1, 'it holds', () => {
        throw value;
      }),
    );
    expect(count.total()).to.equal(0);
    expect(lines.slice(0, -1).join(' ')).to.not.include('42');
  });

  it('are not earned by an object that fails when it is looked at', () => {
    const { count } = kept();
    const trap = new Proxy({}, { get: () => expect.fail('looked at') });
    count.part(1, 'it holds', () => trap);
    expect(count.total()).to.equal(0);
  });

  it('must be positive numbers', () => {
    for (const points of [0, -1, NaN, Infinity]) {
      expect(() => kept().count.part(points, 'it holds', () => true)).to.throw(
        RangeError,
        'must be a positive number',
      );
    }
  });

  it('are zero before any part', () => {
    expect(kept().count.total()).to.equal(0);
  });
});

describe('near', () => {
  it('takes numbers within the tolerance, relative where they are large', () => {
    expect(near(0.6 + 1e-12, 0.6)).to.equal(true);
    expect(near(0.6 + 1e-6, 0.6)).to.equal(false);
    expect(near(1e6 + 1e-5, 1e6)).to.equal(true);
    expect(near(1e6 + 1, 1e6)).to.equal(false);
    expect(near(1.04, 1, 0.05)).to.equal(true);
    expect(near(0.94, 1, 0.05)).to.equal(false);
    expect(near(-0, 0)).to.equal(true);
  });

  it('refuses what is not a finite number', () => {
    const others = [NaN, Infinity, -Infinity, '0.6', '', null, undefined, {}, [], [0.6], 1n, true];
    const objects: unknown[] = [Object(0.6), { valueOf: () => 0.6 }, new Date(0), () => 0.6];
    for (const value of [...others, ...objects]) {
      expect(near(value, 0.6, 1e9), String(typeof value)).to.equal(false);
    }
    expect(near(0, 0)).to.equal(true);
    expect(near(null, 0)).to.equal(false);
    expect(near('', 0)).to.equal(false);
  });

  it('takes plain and typed lists of the same length, on both sides', () => {
    expect(near([1, 2], [1, 2])).to.equal(true);
    expect(near(new Float64Array([1, 2]), [1, 2])).to.equal(true);
    expect(near([1, 2], new Float64Array([1, 2]))).to.equal(true);
    expect(near(new Float32Array([0.5, 2]), [0.5, 2])).to.equal(true);
    expect(near([], [])).to.equal(true);
  });

  it('refuses other lengths, holes, shapes and values', () => {
    const holes: number[] = [1];
    holes.length = 2;
    const others = [[1], [1, 2, 3], [1, NaN], [1, '2'], holes, [[1], [2]], 1, '12', { length: 2 }];
    const views = [new DataView(new ArrayBuffer(16)), new ArrayBuffer(2), new Set([1, 2])];
    for (const value of [...others, ...views, null] as unknown[]) {
      expect(near(value, [1, 2], 100)).to.equal(false);
    }
    expect(near({ 0: 1, 1: 2, length: 2 }, [1, 2])).to.equal(false);
    expect(near(new BigInt64Array(2), [0, 0])).to.equal(false);
  });

  it('takes the rows of a matrix, in lists of either kind', () => {
    const rows = [
      [1, 2],
      [3, 4],
    ];
    expect(near([new Float64Array([1, 2]), [3, 4]], rows)).to.equal(true);
    expect(near([1, 2, 3, 4], rows)).to.equal(false);
    expect(near([[1, 2], [3]], rows)).to.equal(false);
  });

  it('is for finite right values', () => {
    expect(() => near(1, NaN)).to.throw(RangeError);
    expect(() => near([1], [Infinity])).to.throw(RangeError);
  });
});
