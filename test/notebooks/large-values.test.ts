import { expect } from 'chai';
import { inspect } from 'node:util';
import { mimeBundleOf, type MimeBundle } from '../../src/notebook/index.js';

const LARGEST = 60_000;

/** The text of a value; a value that is shown in whole would run into the test's limit. */
function textOf(value: unknown): string {
  const forms = mimeBundleOf(value) as MimeBundle;
  expect(JSON.stringify(forms).length).to.be.below(LARGEST);
  return forms['text/plain'] as string;
}

function nested(depth: number): unknown {
  let value: unknown = {};
  for (let k = 0; k < depth; k++) value = { inner: value };
  return value;
}

describe('a value too large for a notebook', () => {
  const wide = () => Object.fromEntries(Array.from({ length: 3e5 }, (_, k) => [`k${k}`, k]));
  const tree = (depth: number): unknown =>
    depth === 0 ? 'leaf' : Array.from({ length: 20 }, () => tree(depth - 1));
  const shared = (depth: number): unknown =>
    depth === 0 ? [] : new Array<unknown>(100).fill(shared(depth - 1));
  const own = { [inspect.custom]: () => 'x'.repeat(1e7) };

  const cases: readonly (readonly [string, () => unknown, RegExp])[] = [
    [
      'ten million numbers',
      () => new Array<unknown>(1e7).fill(0.5),
      /^Array\(10,000,000\) \[\n {2}0.5, 0.5/,
    ],
    [
      'ten million texts',
      () => new Array<unknown>(1e7).fill('a'),
      /\.\.\. 9999900 more items\n\]$/,
    ],
    ['a text of 50 MB', () => 'x'.repeat(5e7), /^'x{10000}'\.\.\. 49990000 more characters$/],
    ['an object of 300,000 properties', wide, /k99: 99\n\}\n… and 299900 more properties$/],
    ['the same within another', () => ({ a: 1, b: wide() }), /^\{ a: 1, b: \[Object\] \}$/],
    ['the same behind a proxy', () => new Proxy(wide(), {}), /it has too many parts$/],
    [
      'a map of a million entries',
      () => new Map(Array.from({ length: 1e6 }, (_, k) => [k, k])),
      /999900 more items/,
    ],
    ['objects within objects', () => nested(1e5), /\[Object\]/],
    ['a tree of 160,000 leaves', () => tree(4), /\[Array\]/],
    ['a hundred arrays, each a hundred times, five deep', () => shared(5), /\[Array\]/],
    ['a text of its own of 10 MB', () => own, /… and 9960000 more characters$/],
    [
      'a whole number of a million bits',
      () => 1n << 1_000_000n,
      /^BigInt of more than 100000 bits$/,
    ],
    ['an empty array of four billion places', () => new Array<unknown>(2 ** 32 - 1), /empty items/],
    ['a million equal rows', () => new Array<unknown>(1e6).fill([1, 2, 3]), /more items/],
    ['a long message', () => new Error('m'.repeat(1e6)), /more characters$/],
  ];
  for (const [what, make, pattern] of cases) {
    it(`is shown in part: ${what}`, function () {
      this.timeout(20_000);
      const value = make();
      expect(textOf(value)).to.match(pattern);
    });
  }

  it('goes round in a circle', () => {
    const circle: Record<string, unknown> = { a: 1 };
    circle.self = circle;
    circle.list = [circle];
    expect(textOf(circle)).to.equal(
      '<ref *1> { a: 1, self: [Circular *1], list: [ [Circular *1] ] }',
    );
  });

  it('shows as many levels as there is room for', () => {
    expect(textOf({ a: { b: { c: { d: 1 } } } }).replace(/\s+/g, ' ')).to.equal(
      '{ a: { b: { c: { d: 1 } } } }',
    );
    const text = textOf(
      Array.from({ length: 100 }, () => ({ list: new Array<unknown>(50).fill('x') })),
    );
    expect(text).to.include('{ list: [Array] }');
  });
});
