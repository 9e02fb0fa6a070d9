import type { CellCases, Expected, Step } from './cell-case.js';

/** What today's TypeScript has, and what cells may hold beside plain statements. */
export const language: CellCases = {
  'resources that are disposed of': [
    [
      "{ using r = { [Symbol.dispose]() { console.log('disposed'); } }; console.log('used'); }",
      { prints: 'used\ndisposed\n' },
    ],
    [
      "await (async () => { await using r = { async [Symbol.asyncDispose]() { console.log('later'); } }; console.log('first'); })()",
      { prints: 'first\nlater\n' },
    ],
  ],
  'standard decorators': [
    'function plusOne<This, A extends unknown[]>(method: (this: This, ...a: A) => number, _: ClassMethodDecoratorContext) {\n' +
      '  return function (this: This, ...a: A) { return method.call(this, ...a) + 1; };\n}',
    ['class Calc { @plusOne twice(n: number) { return 2 * n; } }\nnew Calc().twice(2)', '5'],
    ['class Field { accessor n = 3; }\nnew Field().n', '3'],
  ],
  'predicates that are inferred': [
    'const some = [1, null, 2].filter((x) => x !== null)',
    ['some.map((x) => x.toFixed(1)).join()', "'1.0,2.0'"],
  ],
  'NoInfer, const type parameters and satisfies': [
    'function pick<const T extends string>(all: readonly T[], one: NoInfer<T>) { return all.indexOf(one); }',
    ["pick(['a', 'b'], 'b')", '1'],
    ["pick(['a', 'b'], 'c')", /TS2345/],
    [
      'const table = { a: 1, b: "x" } satisfies Record<string, number | string>; table.b.length',
      '1',
    ],
  ],
  'loops that wait': [
    'async function* twoNumbers() { yield 1; yield 2; }',
    ['let sum = 0; for await (const n of twoNumbers()) sum += n;\nsum', '3'],
    [
      'const all: number[] = []; for (const n of [1, 2]) { all.push(await Promise.resolve(n)); }\nall.length',
      '2',
    ],
  ],
  'exports of every form': [
    'export const shown = 1; export function shownToo() { return 2; } export class Shown { n = 3; }',
    ['shown + shownToo() + new Shown().n', '6'],
    'const inner = 4; export { inner as outer }; export type Some = number; export default function () { return 5; }',
    ['const some: Some = inner; some', '4'],
  ],
  'imports of every form': [
    "import * as os from 'node:os'; import fs, { readFileSync as read } from 'fs'; import type { Stats } from 'node:fs'; import { default as path } from 'node:path'",
    ['typeof os.cpus + typeof read + typeof fs.statSync + path.sep', "'functionfunctionfunction/'"],
    ['const stats: Stats = fs.statSync("."); stats.isDirectory()', 'true'],
    ["require('node:path').join('a', 'b')", "'a/b'"],
    ["const { basename } = await import('node:path'); basename('/a/b')", "'b'"],
  ],
  'the text of functions, that other places can run': [
    'function plain() { return 1 + 1; }',
    ['plain.toString()', "'function plain() { return 1 + 1; }'"],
    'async function work() { await null; return 42; }',
    ['await (0, eval)(`(${work})()`)', '42'],
    'const loop = async () => { let n = 0; while (n < 3) { await null; n++; } return n; }',
    ['await (0, eval)(`(${loop})()`)', '3'],
    'let factor = 2; function scaled(x: number) { return x * factor; }',
    ['/x \\* factor/.test(scaled.toString())', 'true'],
    ["import { runInNewContext } from 'node:vm'\nawait runInNewContext(`(${work})()`)", '42'],
  ],
  'names at run time': [
    'function f() {} class K {} const arrow = () => 1; const Anonymous = class {}; const o = { m() {} }; let set = function () {}',
    [
      '[f, K, arrow, Anonymous, o.m, set].map(({ name }) => name).join()',
      "'f,K,arrow,Anonymous,m,set'",
    ],
  ],
  'last lines of every form': [
    ['1 + 1 // two', '2'],
    ['const five = 5\nfive\n\n/* end */', '5'],
    ['({ a: 1 }).a;', '1'],
    ['await Promise.resolve(3)', '3'],
    ['`a\nb`', "'a\\nb'"],
    ['[1, 2]\n  .map((x) => x * 2)\n  .at(-1)', '4'],
    ['(function (this: number) { return this + 1; }).call(7)', '8'],
    ['true ? 1 : 2', '1'],
    ['new Date(0).getTime()', '0'],
    ['typeof null', "'object'"],
  ],
  'strict mode, as in modules': [
    ['(function (this: unknown) { return this; })() === undefined', 'true'],
    ["'use strict'; 8", '8'],
  ],
  'newer syntax': [
    ['1_000 + Number(2n ** 3n)', '1008'],
    ["/(?<y>\\d{4})/d.exec('in 1999')!.indices!.groups!.y.join()", "'3,7'"],
    ["'aXb'.replaceAll('X', '-') + [1, 2].at(-1) + Object.hasOwn({ a: 1 }, 'a')", "'a-b2true'"],
    ['new Error("x", { cause: 1 }).cause', '1'],
    [
      'const tag = (s: TemplateStringsArray, ...v: number[]) => s.raw.join("|") + v; tag`a${1}b`',
      "'a|b1'",
    ],
  ],
};

/** What Node 20 has, with its types, and no package of types beside the notebook. */
export const globals: CellCases = {
  'arrays that are copied': [
    ['[3, 1, 2].toSorted().join() + [1, 2].toReversed() + [1, 2].with(0, 9)', "'1,2,32,19,2'"],
    ['[1, 2, 3].findLast((x) => x < 3)! + [1].toSpliced(0, 1).length', '2'],
    ["'a'.isWellFormed() && Array.from({ length: 2 }).length === 2", 'true'],
  ],
  'things of the web': [
    ['crypto.randomUUID().length', '36'],
    ["new File(['a'], 'a.txt').name + new Blob(['ab']).size", "'a.txt2'"],
    ['WebAssembly.validate(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))', 'true'],
    ["new URL('http://a/b?c=1').searchParams.get('c')", "'1'"],
    ["new TextDecoder().decode(new TextEncoder().encode('ä'))", "'ä'"],
    ['structuredClone({ a: [1] }).a[0]', '1'],
    [
      'typeof fetch + typeof performance.now() + AbortSignal.abort().aborted',
      "'functionnumbertrue'",
    ],
    ["btoa('a') + typeof queueMicrotask + typeof setImmediate", "'YQ==functionfunction'"],
    ["new Event('x').type + new EventTarget().dispatchEvent(new Event('y'))", "'xtrue'"],
  ],
  'things of Node': [
    ["Buffer.from('a').toString('hex') + typeof process.version", "'61string'"],
    [
      "import { setTimeout as sleep } from 'node:timers/promises'\nawait sleep(1, 'slept')",
      "'slept'",
    ],
    [
      "import { EventEmitter, once } from 'node:events'\nconst e = new EventEmitter(); setTimeout(() => e.emit('x', 5), 1); (await once(e, 'x'))[0]",
      '5',
    ],
  ],
};

/** A cell that this version of Node can run, or that its types refuse. */
function ifThere(isThere: boolean, code: string, expected: Expected): Step {
  return [code, isThere ? expected : /TS2(304|318|339|550|551|552|553|583)\b/];
}

const has = (object: object, name: string) => name in object;

/** Things newer than Node 20: with their types where they are there, and refused where they are not. */
export const newGlobals: CellCases = {
  'groups, sets and iterators': [
    ifThere(
      has(Object, 'groupBy'),
      'Object.groupBy([1, 2], (n) => (n > 1 ? "b" : "a")).b!.length',
      '1',
    ),
    ifThere(has(Map, 'groupBy'), 'Map.groupBy([1, 2], (n) => n > 1).get(true)!.length', '1'),
    ifThere(has(Set.prototype, 'union'), 'new Set([1]).union(new Set([2])).size', '2'),
    ifThere(has([].values(), 'map'), '[1, 2].values().map((x) => x * 2).toArray().length', '2'),
    ifThere(has(Array, 'fromAsync'), '(await Array.fromAsync([Promise.resolve(1)])).length', '1'),
  ],
  'promises, errors and texts': [
    ifThere(
      has(Promise, 'withResolvers'),
      'Promise.withResolvers<number>().promise instanceof Promise',
      'true',
    ),
    ifThere(has(Promise, 'try'), 'await Promise.try(() => 3)', '3'),
    ifThere(has(Error, 'isError'), 'Error.isError(new Error())', 'true'),
    ifThere(has(RegExp, 'escape'), "RegExp.escape('a.b').length > 3", 'true'),
  ],
  numbers: [
    ifThere(has(Math, 'f16round'), 'Math.f16round(1.5)', '1.5'),
    ifThere(has(globalThis, 'Float16Array'), 'new Float16Array([1.5])[0]', '1.5'),
    ifThere(has(Atomics, 'waitAsync'), 'typeof Atomics.waitAsync', "'function'"),
    ifThere(has(new ArrayBuffer(1), 'transfer'), 'new ArrayBuffer(8).transfer(4).byteLength', '4'),
  ],
};
