import { expect } from 'chai';
import { leadingSingular } from '../../src/numerics/leading-singular.js';
import { randomStream } from '../../src/numerics/random.js';
import { dot, norm } from '../../src/numerics/vectors.js';

describe('the leading singular triple', () => {
  it('is that of a diagonal matrix, with the rest of its squares', () => {
    const { value, left, right, rest } = leadingSingular(2, 3, [0, 2, 0, 0, 0, -5]);
    expect(value).to.be.closeTo(5, 1e-15);
    expect(Math.abs(left[1])).to.be.closeTo(1, 1e-15);
    expect(left[1] * right[2]).to.be.closeTo(-1, 1e-15);
    expect(rest).to.be.closeTo(4, 1e-14);
  });

  for (const [rows, columns] of [
    [4, 4],
    [3, 6],
    [6, 3],
    [1, 5],
    [5, 1],
  ]) {
    it(`meets Av = σu and Aᵀu = σv, and keeps the Frobenius norm, for ${rows}×${columns}`, () => {
      const stream = randomStream('leading');
      const a = Float64Array.from({ length: rows * columns }, () => stream.normal());
      const { value, left, right, rest } = leadingSingular(rows, columns, a);
      expect(norm(left)).to.be.closeTo(1, 1e-14);
      expect(norm(right)).to.be.closeTo(1, 1e-14);
      for (let i = 0; i < rows; i++) {
        const row = a.subarray(i * columns, (i + 1) * columns);
        expect(dot(row, right)).to.be.closeTo(value * left[i], 1e-13);
      }
      for (let j = 0; j < columns; j++) {
        const column = Float64Array.from({ length: rows }, (_, i) => a[i * columns + j]);
        expect(dot(column, left)).to.be.closeTo(value * right[j], 1e-13);
      }
      expect(value ** 2 + rest).to.be.closeTo(norm(a) ** 2, 1e-12);
    });
  }

  it('keeps the digits of a rest far below the largest value', () => {
    expect(leadingSingular(2, 2, [1e8, 0, 0, 1e-3]).rest).to.be.closeTo(1e-6, 1e-12);
  });

  it('refuses what has no singular vectors', () => {
    expect(() => leadingSingular(1, 2, [0, 0])).to.throw(/other than zero; its largest entry is 0/);
    expect(() => leadingSingular(1, 2, [NaN, 0])).to.throw(/largest entry is NaN/);
  });
});
