import { expect } from 'chai';
import { jsonText } from '../../src/cli/json-text.js';

describe('the JSON of results', () => {
  it('keeps every digit of a number', () => {
    const values = [0.1 + 0.2, 1e-308, -0.5, 5e-324, 2 ** 53 + 2, 1 / 3];
    expect(JSON.parse(jsonText(values))).to.deep.equal(values);
  });

  it('writes numbers that are not finite as words', () => {
    expect(JSON.parse(jsonText({ a: Infinity, b: [-Infinity, NaN] }))).to.deep.equal({
      a: 'Infinity',
      b: ['-Infinity', 'NaN'],
    });
  });

  it('keeps the order of keys and leaves out what is undefined', () => {
    expect(jsonText({ b: 1, a: undefined, c: null })).to.equal('{\n  "b": 1,\n  "c": null\n}\n');
  });

  it('writes a list of numbers, also a typed one, on one line', () => {
    const text = jsonText({ rows: [Float64Array.of(1, 2.5), [3, 4]], none: [] });
    expect(text).to.equal('{\n  "rows": [\n    [1, 2.5],\n    [3, 4]\n  ],\n  "none": []\n}\n');
  });
});
