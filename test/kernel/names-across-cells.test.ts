import { expect } from 'chai';
import { inspect } from 'node:util';
import { cellsInProcess } from './cells-in-process.js';

/** What cells come to, one after another; the last one's value is as Node prints it. */
const CASES: readonly (readonly [what: string, cells: readonly string[], value: string])[] = [
  ['renames in a pattern', ['const cfg = { width: 1 };', 'const { width: w } = cfg;', 'w'], '1'],
  [
    'fills in and gathers in a pattern',
    [
      'const all = { deep: { list: [1, 2, 3] }, a: 1 };',
      'const { deep: { list: [first, ...others] }, ...rest } = all, [q = 5] = [] as number[];',
      '[first, others, rest, q]',
    ],
    '[ 1, [ 2, 3 ], { a: 1 }, 5 ]',
  ],
  [
    'assigns what a pattern declared, for a function too',
    ['let [cnt, total] = [0, 0]; function inc() { return ++cnt + total; }', 'cnt = 10; inc()'],
    '11',
  ],
  [
    'gives older functions a function declared anew',
    [
      "function base() { return 'old'; } function user() { return base(); }",
      "function base() { return 'new'; }",
      'user()',
    ],
    "'new'",
  ],
  [
    'gives older functions a variable of another type',
    ['let v = 1; const show = () => String(v);', "const v = 'text';", 'show()'],
    "'text'",
  ],
  [
    'leaves a subclass its class, and gives others the new one',
    [
      "class Base { say() { return 'old'; } } class Sub extends Base {} const make = () => new Base();",
      "class Base { say() { return 'new'; } }",
      '[new Sub().say(), make().say()]',
    ],
    "[ 'old', 'new' ]",
  ],
  [
    'keeps private fields',
    ['const A = class { private x = 1; y() { return this.x; } };', 'new A().y()'],
    '1',
  ],
  [
    'keeps a namespace',
    [
      'namespace Geo { export const r = 2; export type T = number; }',
      '1',
      'const g: Geo.T = Geo.r; g',
    ],
    '2',
  ],
  ['keeps properties of a function', ['function f() {}\nf.n = 0;', 'f.n += 3; f.n'], '3'],
  [
    'keeps overloads',
    [
      "function o(a: string): 's'; function o(a: number): 'n'; function o(a: unknown): 's' | 'n' { return typeof a === 'string' ? 's' : 'n'; }",
      "const s: 's' = o('x'), n: 'n' = o(1); [s, n]",
    ],
    "[ 's', 'n' ]",
  ],
  [
    'keeps enums',
    ['enum E { A = 1 } const enum C { B = 2 }', 'const e: E = E.A; [e, E[1], C.B]'],
    "[ 1, 'A', 2 ]",
  ],
  [
    'keeps generic types and merged ones',
    [
      'type Pair<T> = [T, T]; interface P { x: number } interface P { y: number }',
      'const p: Pair<P> = [{ x: 1, y: 2 }, { x: 3, y: 4 }]; p[1].y',
    ],
    '4',
  ],
  [
    'keeps a value whose name becomes a type',
    ['const U = { a: 1 };', 'type U = typeof U;', 'const u: U = U; u'],
    '{ a: 1 }',
  ],
  ['keeps what an assignment says of a type', ['let late; late = 5;', 'late'], '5'],
  [
    'runs decorators, `using` and fields',
    [
      "const log: string[] = []; function d(_: unknown, c: ClassMethodDecoratorContext) { return () => `d ${String(c.name)}`; }\nclass D { @d m() { return ''; } }",
      "{ using r = { [Symbol.dispose]() { log.push('gone'); } }; log.push(typeof r); }\nlog.concat(new D().m())",
    ],
    "[ 'object', 'gone', 'd m' ]",
  ],
  [
    'runs generators',
    ['let from = 1; function* g() { yield from; yield* [2, 3]; }', 'from = 9; [...g()]'],
    '[ 9, 2, 3 ]',
  ],
  [
    'knows Node’s own under another name',
    [
      "const URL = 'mine'; const both = () => URL;",
      "[both(), URL, new globalThis.URL('http://a.b').host]",
    ],
    "[ 'mine', 'mine', 'a.b' ]",
  ],
  [
    'takes names that tell libraries where they run',
    [
      'const window = 1, module = 2, exports = 3, $ = 4, __x = 5;',
      'window + module + exports + $ + __x + (typeof (globalThis as any).window).length',
    ],
    '24',
  ],
  [
    'goes on from a cell that failed half-way',
    ["let half = 1; throw new Error('x'); let notYet = 2;", 'half'],
    '1',
  ],
  [
    'sees a declaration for all',
    [
      'declare global { interface Array<T> { own?: T } }',
      '1',
      'const own: number | undefined = [1].own; own',
    ],
    'undefined',
  ],
  [
    'keeps the text of functions',
    [
      'async function t(x: number) { await null; return x; }\nlet seen = 0; function bump() { return ++seen; }',
      '[String(t), String(bump)]',
    ],
    "[\n  'async function t(x) { await null; return x; }',\n  'function bump() { return ++seen; }'\n]",
  ],
  [
    'leaves a cell unchecked that says so',
    ['// @ts-nocheck\nfunction loose(x) { return x; }', 'loose(2)'],
    '2',
  ],
  [
    'takes exports for declarations',
    ['export const ex = 3; export default function named() { return ex; }', 'named()'],
    '3',
  ],
];

/** Cells that are refused, with a part of what is said. */
const REFUSED: readonly (readonly [string, string])[] = [
  ['const { a } = { a: 1 }; const no: string = a;', "'number' is not assignable to type 'string'"],
  ['Geo.missing', "'missing' does not exist"],
  ['class Abs { abstract x(): void }', 'abstract'],
  ['notYet', "Cannot find name 'notYet'"],
];

describe('a name that goes from cell to cell', function () {
  this.timeout(120_000);
  const cells = cellsInProcess();
  for (const [what, sources, value] of CASES) {
    it(what, async () => {
      let last: unknown;
      for (const source of sources) {
        const end = await cells.run(source);
        const isMeant = source.includes("new Error('x')");
        if ('thrown' in end)
          expect(isMeant, `${source}: ${(end.thrown as Error).message}`).to.equal(true);
        else last = end.value;
      }
      expect(inspect(last)).to.equal(value);
    });
  }

  for (const [source, words] of REFUSED) {
    it(`is checked: ${source}`, async () => {
      const end = await cells.run(source);
      expect('thrown' in end && (end.thrown as Error).message).to.include(words);
    });
  }

  it('stay as they were where the next cell is given up before its turn comes', async () => {
    await cells.run('var reached = 0;');
    const ran = cells.run('reached = 1;');
    expect(cells.abandon(new Error('given up'))).to.equal(true);
    expect(await ran)
      .to.have.property('thrown')
      .that.has.property('message', 'given up');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(cells.get('reached')).to.equal(0);
  });
});
