import type { CellCases, FilesBeside } from './cell-case.js';

/** An array of records that share no key. */
const RECORDS = Array.from({ length: 400 }, (_, k) => `{ k${k}: ${k}, s${k}: 'v${k}' }`).join(', ');

/** Types that no declaration file can hold, or only with trouble, a cell later. */
export const typesAcrossCells: CellCases = {
  'a class expression with private members': [
    'const A = class { private x = 1; protected y = 2; get() { return this.x + this.y; } }',
    ['new A().get()', '3'],
    ['new A().x', /TS2341/],
  ],
  'a class with #private members': [
    'class Counter { #n = 0; next() { return ++this.#n; } static is(o: object) { return #n in o; } }',
    ['const counter = new Counter(); counter.next(); counter.next()', '2'],
    ['Counter.is(counter) && !Counter.is({})', 'true'],
  ],
  'a function that makes a class': [
    'function mixin<T extends new (...a: any[]) => object>(Base: T) {\n' +
      "  return class extends Base { private mark = 'm'; marked() { return this.mark; } };\n}",
    'class Plain { n = 1 }\nconst Marked = mixin(Plain)',
    ['const marked = new Marked(); marked.n + marked.marked()', "'1m'"],
  ],
  'an interface that a file beside does not export': [
    "import { opt } from './opt'\nconst o = opt()",
    ['o.a + o.inner.b.length', '5'],
    ['o.missing', /TS2339/],
  ],
  'a package whose types lie where nobody may import from': [
    "import { App } from 'app-builder'\nconst app = new App().get('/', (c) => c.json({ ok: true })).get('/b', (c) => c.json(1))",
    ["app.call('/').ok", 'true'],
    ["const result = app.call('/b'); result.toFixed(1)", "'1.0'"],
    ["app.call('/none')", /TS2345/],
  ],
  'an array of 400 records that share no key': [
    `const records = [${RECORDS}]`,
    ['records.length', '400'],
    ['records[7].k7', '7'],
  ],
  'a unique symbol as a key': [
    "const tag: unique symbol = Symbol('tag')",
    'const tagged = { [tag]: 3 }',
    ['tagged[tag] + 1', '4'],
  ],
  'a namespace two cells later': [
    'namespace Geo { export const r = 2; export interface Point { x: number } export namespace Deep { export const z = 1 } }',
    '1',
    ['Geo.r + Geo.Deep.z', '3'],
    ['const pt: Geo.Point = { x: 1 }; pt.x', '1'],
  ],
  'fields that a function is given': [
    'function tick(): void { tick.n++; }\ntick.n = 0',
    ['tick(); tick(); tick.n', '2'],
    'tick.n = 10',
    ['tick(); tick.n', '11'],
  ],
  'a function and a class merged with a namespace': [
    'function area(r: number) { return r * area.factor; }\nnamespace area { export let factor = 3; }',
    ['area.factor = 4; area(2)', '8'],
    'class Shape { kind = Shape.Kind.Round }\nnamespace Shape { export enum Kind { Round = 7 } }',
    ['new Shape().kind === Shape.Kind.Round', 'true'],
  ],
  'declarations of one name that merge': [
    'interface Merged { a: number }\ninterface Merged { b: string }',
    ["const merged: Merged = { a: 1, b: 'x' }; merged.b + merged.a", "'x1'"],
    'enum Parts { A = 1 }\nenum Parts { B = 2 }',
    ['Parts.A + Parts.B', '3'],
  ],
  'enums of every kind': [
    "enum Color { Red = 3, Green }\nenum Word { Yes = 'yes' }\nconst enum Fixed { One = 1 }",
    ['Color.Green + Fixed.One', '5'],
    ['Color[3] + Word.Yes', "'Redyes'"],
    ["const color: Color = 'x'", /TS2322/],
  ],
  overloads: [
    'function over(x: number): number;\nfunction over(x: string): string[];\nfunction over(x: any): any { return typeof x === "number" ? x : [x]; }',
    ["over('a')[0] + over(2).toFixed()", "'a2'"],
    ['over(true)', /TS2769/],
  ],
  'an interface that a later cell declares anew': [
    'interface P { a: number }\nconst old: P = { a: 1 }',
    'interface P { b: string }',
    ["const fresh: P = { b: 'x' }; fresh.b", "'x'"],
    ['const no: P = { a: 1 }', /TS2322|TS2353|TS2741/],
  ],
  'a value whose type a later cell declares anew': [
    'interface Kept { a: number }\nconst kept: Kept = { a: 1 }',
    'interface Kept { b: string }',
    ['kept.a', '1'],
  ],
  'generic, recursive, mapped and conditional types': [
    'type Tree<T> = { value: T; children?: Tree<T>[] }\n' +
      'type Names<T> = { [K in keyof T as `get${Capitalize<K & string>}`]: () => T[K] }\n' +
      'type Item<T> = T extends (infer U)[] ? U : never',
    'const root: Tree<number> = { value: 1, children: [{ value: 2 }] }',
    ['root.children![0].value', '2'],
    [
      'const names: Names<{ a: number }> = { getA: () => 4 }; const item: Item<number[]> = names.getA(); item',
      '4',
    ],
  ],
  'guards and assertions': [
    'function isText(x: unknown): x is string { return typeof x === "string"; }\n' +
      'function must(x: unknown): asserts x { if (!x) throw new Error("no"); }',
    ["const maybe: unknown = 'abc'; isText(maybe) ? maybe.length : 0", '3'],
    ['const found: number | undefined = [1].find(Boolean); must(found); found.toFixed(1)', "'1.0'"],
    "import assert from 'node:assert'",
    ["const any: unknown = 2; assert(typeof any === 'number'); any.toFixed(1)", "'2.0'"],
  ],
  'classes of every kind': [
    'abstract class Animal { constructor(readonly name: string) {} abstract sound(): string; static count = 2; }',
    "class Cat extends Animal { override sound() { return this.name + '!'; } get loud() { return this.sound().toUpperCase(); } }",
    ["new Cat('tom').loud + Animal.count", "'TOM!2'"],
    ["new Animal('x')", /TS2511/],
    'class Stack<T> { items: T[] = []; push(item: T): this { this.items.push(item); return this; } static made = 0; static { Stack.made = 5; } }',
    ['new Stack<number>().push(1).push(2).items.length', '2'],
    ["new Stack<number>().push('x')", /TS2345/],
  ],
  'a value narrowed by its kind': [
    "type Form = { kind: 'round'; r: number } | { kind: 'box'; w: number }\nlet form = { kind: 'round', r: 2 } as Form",
    ["form.kind === 'round' ? form.r : form.w", '2'],
    ['form.r', /TS2339/],
  ],
};

/** Mistakes that the compiler goes on telling, whatever the cells before. */
export const wrongTypes: CellCases = {
  'a value of another type': [
    ["const n: number = 'a'", /TS2322[^]*Cell \[\d+\], line 1, column 7/],
    'let num = 1',
    ["num = 'a'", /TS2322/],
    'const fixed = 1 as const',
    ['fixed = 2', /TS2588/],
  ],
  'what may be missing': [
    'let perhaps = [1].find((x) => x > 2)',
    ['perhaps.toFixed()', /TS18048|TS2532/],
    ['perhaps?.toFixed() ?? "none"', "'none'"],
  ],
  'too many arguments, a wrong field, a read-only one': [
    'function one(n: number) { return n; }\nconst point: { readonly x: number } = { x: 1 }',
    ['one(1, 2)', /TS2554/],
    ['point.y', /TS2339/],
    ['point.x = 2', /TS2540/],
  ],
  'a parameter without a type': [['function loose(x) { return x; }', /TS7006/]],
  'the line in the cell': [['const fine = 1;\n\n  const bad: string = fine;', /line 3, column 9/]],
  'an import that is not there': [
    ["import { nothing } from './nowhere'", /TS2307/],
    ["import { nothing } from 'node:path'", /TS2305/],
  ],
};

/** Ways out of strict types. */
export const loose: CellCases = {
  'a cell marked so': [['// @ts-nocheck\nfunction loose(x) { return x; }\nloose(3)', '3']],
  'a line marked so': [
    ["// @ts-ignore\nconst odd: number = 'text'\n1", '1'],
    ["// @ts-expect-error\nconst odd2: number = 'text'\n2", '2'],
    ['// @ts-expect-error\nconst even: number = 1', /TS2578/],
  ],
  'cells after a command, and until another one': [
    '%strict off',
    ['function f(x) { return x; }\nf(2)', '2'],
    ['let none: number = null; 5', '5'],
    '%strict on',
    ['function g(x) { return x; }', /TS7006/],
  ],
};

export const filesForTypes: FilesBeside = {
  'opt.ts':
    'interface Inner { b: string }\ninterface Opt { a: number; inner: Inner }\n' +
    "export function opt(): Opt { return { a: 4, inner: { b: 'x' } }; }\n",
  'node_modules/app-builder/package.json': JSON.stringify({
    name: 'app-builder',
    version: '1.0.0',
    type: 'module',
    exports: { '.': { types: './dist/index.d.ts', import: './dist/index.js' } },
  }),
  'node_modules/app-builder/dist/index.js':
    'export class App { routes = {}; get(path, handler) { this.routes[path] = handler; return this; }\n' +
    '  call(path) { return this.routes[path]({ json: (value) => value }); } }\n',
  'node_modules/app-builder/dist/index.d.ts':
    "import type { Context, Routes } from './hidden/types.js';\n" +
    'export declare class App<R extends Routes = {}> {\n' +
    '  get<P extends string, T>(path: P, handler: (c: Context) => T): App<R & Record<P, T>>;\n' +
    '  call<P extends keyof R>(path: P): R[P];\n}\n',
  'node_modules/app-builder/dist/hidden/types.d.ts':
    'export interface Context { json<T>(value: T): T; }\nexport type Routes = Record<string, unknown>;\n',
};
