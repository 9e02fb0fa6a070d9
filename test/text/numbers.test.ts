import { expect } from 'chai';
import fc from 'fast-check';
import {
  compact,
  counted,
  countText,
  digits,
  listed,
  powerOfTen,
  readable,
  rounded,
  roundedAll,
} from '../../src/text/numbers.js';
import { always } from '../helpers/always.js';

const numbers = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.double({ min: -1e7, max: 1e7 }),
  fc.double({ min: -1e-2, max: 1e-2 }),
);
const counts = fc.integer({ min: 1, max: 12 });

describe('numbers as text', () => {
  it('have so many digits as are asked for, the same as the language’s own', () => {
    expect([0.5, -1234.5, 1.23e-9, NaN, -Infinity].map((value) => digits(value))).to.deep.equal([
      '0.500',
      '-1.23e+3',
      '1.23e-9',
      'NaN',
      '-Infinity',
    ]);
    always(
      fc.property(numbers, counts, (value, count) => {
        expect(digits(value, count)).to.equal(value.toPrecision(count));
        expect(rounded(value, count)).to.deep.equal(Number(value.toPrecision(count)));
      }),
    );
  });

  it('are listed, rounded and counted', () => {
    expect(listed([0.5, 2], 2)).to.equal('0.50, 2.0');
    expect(rounded(Math.PI * 1e5)).to.equal(314159);
    expect(roundedAll(Float64Array.of(-1.23456789e-12))).to.deep.equal([-1.23457e-12]);
    expect([0, 999, 1000, 60_000, 1_234_567].map(countText)).to.deep.equal([
      '0',
      '999',
      '1,000',
      '60,000',
      '1,234,567',
    ]);
    expect([counted(1, 'row'), counted(2000, 'row')]).to.deep.equal(['1 row', '2,000 rows']);
  });

  it('are short where they can be read without an exponent, and say so where they cannot', () => {
    expect([0, 0.05, 123456, 1e-4, -2e7, NaN].map((value) => compact(value, 3))).to.deep.equal([
      '0',
      '0.05',
      '123000',
      '1.00e-4',
      '-2.00e+7',
      'NaN',
    ]);
    expect(compact(1e-4, 3, { trimmed: true })).to.equal('1e-4');
    expect(compact(5e-4, 6, { from: 1e-4 })).to.equal('0.0005');
    always(
      fc.property(numbers, counts, (value, count) => {
        const size = Math.abs(value);
        const needsNone = value === 0 || !(size < 1e-3 || size >= 1e6);
        const plain = String(Number(value.toPrecision(count)));
        const expected = needsNone ? plain : value.toExponential(count - 1);
        if (Number.isFinite(value)) expect(compact(value, count)).to.equal(expected);
      }),
    );
  });

  it('have proper signs and powers for readers', () => {
    const values = [0, 0.0305560459, -10.7536, 1e7, -1e7, -2.5e-5, 0.00099999, -Infinity, NaN];
    expect(values.map((value) => readable(value, 3))).to.deep.equal([
      '0',
      '0.0306',
      '−10.8',
      '10⁷',
      '−1 × 10⁷',
      '−2.5 × 10⁻⁵',
      '0.001',
      '−∞',
      'NaN',
    ]);
    expect(readable(9_999_999.99, 3)).to.equal('10⁷');
    expect(readable(12345, 3, { below: 1e4, space: '_' })).to.equal('1.23_×_10⁴');
  });

  it('say powers of ten as a reader would', () => {
    expect([-12, -2, -1, 0, 1, 2, 10].map(powerOfTen)).to.deep.equal([
      '10⁻¹²',
      '10⁻²',
      '0.1',
      '1',
      '10',
      '10²',
      '10¹⁰',
    ]);
  });
});
