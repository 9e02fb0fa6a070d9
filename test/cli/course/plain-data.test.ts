import { expect } from 'chai';
import { decodePlain, encodePlain } from '../../../src/cli/course/grading/plain-data.js';

const sent = (value: unknown): unknown =>
  decodePlain(JSON.parse(JSON.stringify(encodePlain(value))));

describe('plain data between two kernels', () => {
  const kept: [string, unknown][] = [
    ['numbers that JSON has not', [NaN, Infinity, -Infinity, 1e308, 5e-324]],
    ['undefined, and a hole', [undefined, null, true, 'NaN']],
    ['large whole numbers', { n: 12345678901234567890n }],
    ['objects whose keys are tags', { n: 'NaN', b: '1', t: 'x', v: [], o: [], u: 1 }],
    ['typed arrays', new Float64Array([1.5, NaN, Infinity])],
    [
      'other typed arrays',
      [new Uint8Array([1, 255]), new BigInt64Array([-1n]), new Float32Array(0)],
    ],
    ['arrays in objects in arrays', [{ rows: [[1, 2], [3]], empty: {} }]],
  ];
  for (const [what, value] of kept) {
    it(`keeps ${what}`, () => expect(sent(value)).to.deep.equal(value));
  }

  it('keeps the sign of 0', () => {
    expect(Object.is(sent(-0), -0)).to.equal(true);
    expect(Object.is((sent(new Float64Array([-0])) as Float64Array)[0], -0)).to.equal(true);
    expect(Object.is(sent(0), 0)).to.equal(true);
  });

  it('makes nothing of functions, symbols and what somebody made up', () => {
    expect(sent([() => 1, Symbol('a')])).to.deep.equal([undefined, undefined]);
    for (const forged of [{ t: 'Function', v: [] }, { o: 3 }, {}, { t: 'Float64Array', v: 1e9 }]) {
      expect(decodePlain(forged)).to.equal(undefined);
    }
  });

  it('gives a key __proto__ to the object alone', () => {
    const found = sent(JSON.parse('{"__proto__": {"polluted": 1}}')) as object;
    expect(Object.getPrototypeOf(found)).to.equal(Object.prototype);
    expect(Object.keys(found)).to.deep.equal(['__proto__']);
  });
});
