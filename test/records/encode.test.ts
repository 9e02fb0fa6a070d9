import { expect } from 'chai';
import { decodeRecord, encodeRecord, type Json } from '../../src/records/index.js';

/** What a value is after it was written as text and arrays and read again. */
function again(value: unknown): unknown {
  const { json, arrays } = encodeRecord({ value });
  const copies = new Map(Array.from(arrays, ([name, numbers]) => [name, numbers.slice()]));
  const text = JSON.parse(JSON.stringify(json)) as Json;
  return (decodeRecord(text, copies) as { value: unknown }).value;
}

const counting = (length: number) => Array.from({ length }, (_, k) => k - 0.5);
const odd = [NaN, -0, Infinity, -Infinity];
const rowsOf = (length: number) => counting(length).map((x) => ({ x, y: -x, z: NaN }));

describe('a record as JSON and arrays', () => {
  const kept: [string, unknown][] = [
    ['texts, truths and null', ['', 'α', '$array', 'a/b', true, false, null]],
    ['numbers', [0, 1.5, 5e-324, 1.7976931348623157e308, 0.1 + 0.2]],
    ['numbers that JSON does not know', odd],
    ['a list without items, and an object without members', { list: [], object: {} }],
    ['an array without numbers', new Float64Array(0)],
    ['an array with numbers of every kind', Float64Array.of(...odd, 5e-324, 0.1)],
    ['a short list of numbers', counting(15)],
    ['a long list of numbers', [...counting(16), ...odd]],
    ['a long list of numbers and a text', [...counting(16), 'NaN']],
    ['a few rows of numbers', rowsOf(3)],
    ['many rows of numbers', rowsOf(4)],
    ['many rows, of which one has another column', [...rowsOf(4), { x: 1 }]],
    ['many rows with a text among the numbers', [...rowsOf(4), { x: 1, y: 2, z: '3' }]],
    ['many rows whose columns stand in another order', [...rowsOf(4), { z: 1, y: 2, x: 3 }]],
    ['many objects without members', Array.from({ length: 5 }, () => ({}))],
    ['a few lists of rows', [rowsOf(2), [], rowsOf(1)]],
    ['many lists of rows, some of them empty', counting(20).map((_, k) => rowsOf(k % 4))],
    ['many lists of rows, all of them empty', counting(20).map(() => [])],
    ['many lists of numbers, each of another length', counting(20).map((_, k) => counting(k))],
    ['arrays in a list', [Float64Array.of(1), Float64Array.of(2, NaN)]],
    ['all of it, one within another', { deep: [{ deeper: [{ rows: rowsOf(6), odd }] }] }],
    ['names with points and spaces', { 'a.b c': Float64Array.of(1), '': 2, '0': 3 }],
  ];
  for (const [what, value] of kept) {
    it(`keeps ${what}`, () => {
      // Chai's deep equality tells NaN and −0 apart from other numbers.
      expect(again(value)).to.deep.equal(value);
    });
  }

  it('leaves out what is undefined', () => {
    expect(again({ there: 1, missing: undefined })).to.deep.equal({ there: 1 });
  });

  it('writes long columns as arrays that are named by their place, and short ones as JSON', () => {
    const record = {
      alpha: Float64Array.of(1, 10),
      many: counting(16),
      rows: rowsOf(4),
      lists: counting(16).map((_, k) => rowsOf(k < 2 ? k + 1 : 0)),
      short: [1, NaN],
    };
    const { json, arrays } = encodeRecord({ inside: record });
    expect(json).to.deep.equal({
      inside: {
        alpha: { $array: 'inside/alpha' },
        many: { $numbers: 'inside/many' },
        rows: { $table: 'inside/rows', columns: ['x', 'y', 'z'], rows: 4 },
        lists: { $lists: 'inside/lists', columns: ['x', 'y', 'z'] },
        short: [1, { $number: 'NaN' }],
      },
    });
    expect([...arrays.keys()]).to.deep.equal([
      'inside/alpha',
      'inside/many',
      'inside/rows/x',
      'inside/rows/y',
      'inside/rows/z',
      'inside/lists/starts',
      'inside/lists/rows/x',
      'inside/lists/rows/y',
      'inside/lists/rows/z',
    ]);
    expect([...arrays.get('inside/lists/starts')!].slice(0, 4)).to.deep.equal([0, 1, 3, 3]);
    expect([...arrays.get('inside/rows/y')!]).to.deep.equal([0.5, -0.5, -1.5, -2.5]);
  });

  const refused: [string, unknown, string][] = [
    ['a function', () => 1, 'is a function; expected plain data.'],
    ['a Map', new Map(), 'is a Map; expected plain data.'],
    ['an object of a class', new Date(0), 'is a Date; expected plain data.'],
    ['another typed array', Float32Array.of(1), 'is a Float32Array; expected plain data.'],
    ['a bigint', 1n, 'is a bigint; expected plain data.'],
    ['a symbol', Symbol('s'), 'is a symbol; expected plain data.'],
  ];
  for (const [what, value, sentence] of refused) {
    it(`is refused where it holds ${what}, with the place`, () => {
      expect(() => encodeRecord({ rows: [{ value }] })).to.throw(
        `The record’s rows.0.value ${sentence}`,
      );
    });
  }

  it('is refused where a list has a hole or an undefined', () => {
    expect(() => encodeRecord({ list: [1, undefined] })).to.throw(
      'The record’s list.1 is undefined; expected plain data.',
    );
  });

  it('is refused where it is itself no plain data', () => {
    expect(() => encodeRecord(new Map())).to.throw('The record is a Map; expected plain data.');
  });

  for (const name of ['$array', 'a/b']) {
    it(`is refused where a name is ${name}, which would be read as something else`, () => {
      expect(() => encodeRecord({ inside: { [name]: 1 } })).to.throw(
        `The record’s inside.${name} is a name that a record cannot hold.`,
      );
      const rows = rowsOf(4).map(({ x }) => ({ [name]: x }));
      expect(() => encodeRecord({ rows })).to.throw('is a name that a record cannot hold.');
    });
  }

  const misread: [string, Json, string][] = [
    ['a form that is unknown', { $matrix: 'a' }, "a value has the form '$matrix'; known are $n"],
    ['a missing array', { $array: 'b' }, "the array 'b' is missing"],
    ['an array without a name', { $numbers: 3 }, 'an array is named by 3; expected a text'],
    ['a missing column', { $table: 'a', columns: ['x'], rows: 1 }, "the array 'a/x' is missing"],
    ['no columns', { $table: 'a', columns: 'x', rows: 1 }, 'columns are "x"; expected a list of'],
    ['a short column', { $table: 't', columns: ['x'], rows: 3 }, "'t/x' does not have 3 numbers"],
  ];
  for (const [what, json, sentence] of misread) {
    it(`is not read where there is ${what}`, () => {
      const arrays = new Map([
        ['a', Float64Array.of(1)],
        ['t/x', Float64Array.of(1, 2)],
      ]);
      expect(() => decodeRecord({ one: [json] }, arrays)).to.throw(sentence);
    });
  }
});
