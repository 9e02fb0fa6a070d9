import type { CellCases } from './cell-case.js';

/** Names taken out of values, in every form that binds or assigns one. */
export const destructuring: CellCases = {
  'a property of an earlier value under another name': [
    'const cfg = { width: 1 }',
    ['const { width: w } = cfg; w', '1'],
  ],
  'a property whose name an earlier cell has given a type': [
    'let side = 5',
    ['const { side: inner } = { side: 2 }; [side, inner].join()', "'5,2'"],
    ['const { side: [again] } = { side: [7] }; [side, again].join()', "'5,7'"],
  ],
  'a default where the property is missing': [
    'const opt: { depth?: number } = {}',
    ['const { depth = 3 } = opt; depth', '3'],
    ['const { depth: level = depth + 1 } = opt; level', '4'],
  ],
  'patterns in patterns': [
    'const tree = { a: { b: [1, { c: 2 }] as [number, { c: number }] } }',
    ['const { a: { b: [one, { c }] } } = tree; one + c', '3'],
    ['const { a: { b: [, { c: two = 0 }] } } = tree; one + two', '3'],
  ],
  'what is left of an object and of an array': [
    'const { a: first, ...others } = { a: 1, b: 2, c: 3 }',
    ['Object.keys(others).join()', "'b,c'"],
    'const [head, ...tail] = [1, 2, 3]',
    ['head + tail.length', '3'],
  ],
  'a computed key': ["const key = 'k'", ['const { [key]: found } = { k: 9 }; found', '9']],
  'two variables that change places': [
    'let p = 1, q = 2',
    '[p, q] = [q, p]',
    ['[p, q].join()', "'2,1'"],
  ],
  'variables of an earlier cell assigned by a pattern': [
    'let r = 0, s = 0',
    '({ r, s } = { r: 3, s: 4 })',
    ['r + s', '7'],
    '({ r: s, s: r = 1 } = { r: 5, s: undefined as number | undefined })',
    ['[r, s].join()', "'1,5'"],
    'const box = { n: 0, list: [0] };',
    '({ r: box.n, s: box.list[0] } = { r: 8, s: 9 })',
    ['box.n + box.list[0]', '17'],
  ],
  'parameters named like variables of an earlier cell': [
    'let width = 100, height = 100',
    'function area({ width, height = width }: { width: number; height?: number }) { return width * height; }',
    ['area({ width: 3 })', '9'],
    ['((width: number, [height]: number[]) => width - height)(5, [2])', '3'],
    ['width + height', '200'],
  ],
  'loops over pairs': [
    'const pairs = new Map([["a", 1], ["b", 2]]); let sum = 0',
    ['for (const [name, n] of pairs) { sum += n; console.log(name); }', { prints: 'a\nb\n' }],
    ['sum', '3'],
    ['let last = ""; for ([last] of pairs); last', "'b'"],
  ],
  'a pattern in a catch clause': [
    'let code = 1',
    ['try { throw { code: 7 }; } catch ({ code }: any) { console.log(code); }', { prints: '7\n' }],
    ['code', '1'],
  ],
  'a counter that a function of its cell counts': [
    'let [cnt, total] = [0, 0]; function inc() { return ++cnt; }',
    ['cnt = 10; inc()', '11'],
    ['inc(); cnt', '12'],
  ],
  'functions and classes in a pattern, called later': [
    'const { twice, Box } = { twice: (n: number) => 2 * n, Box: class { n = 4; } }',
    ['twice(new Box().n)', '8'],
  ],
  'shorthand properties of an earlier cell': [
    'const v = 6',
    ['({ v }).v', '6'],
    ['const { v: copy } = { v }; copy', '6'],
  ],
  'an exported pattern': ['export const { x: ex, y: [ey] } = { x: 1, y: [2] }', ['ex + ey', '3']],
};

/** A name that a later cell declares anew is the new one for everybody. */
export const redeclaring: CellCases = {
  'a function that another one calls': [
    "function base() { return 'old'; }\nfunction user() { return base(); }",
    ["function base() { return 'new'; }\nuser()", "'new'"],
    ["const base = () => 'newest';\nuser()", "'newest'"],
  ],
  'a constant that a function reads': [
    'const rate = 2; const pay = (hours: number) => hours * rate',
    ['const rate = 3; pay(10)', '30'],
    'let rate = 4',
    ['rate++; pay(10)', '50'],
  ],
  'a variable taken by a pattern': [
    'const { limit } = { limit: 1 }; function above(n: number) { return n > limit; }',
    ['const { limit } = { limit: 5 }; above(3)', 'false'],
    ['const [limit] = [2]; above(3)', 'true'],
  ],
  'a class that a function makes': [
    "class Dog { says() { return 'old'; } }\nconst rex = new Dog();\nfunction puppy() { return new Dog(); }",
    "class Dog { says() { return 'new'; } }",
    ["rex.says() + ' ' + puppy().says()", "'old new'"],
  ],
  'a base class: its subclass keeps the one it was made with': [
    'class Base { n() { return 1; } }\nclass Derived extends Base {}',
    'class Base { n() { return 2; } }',
    ['new Derived().n()', '1'],
    ['class Derived extends Base {}\nnew Derived().n()', '2'],
  ],
  'a function behind a default, a getter and a generator': [
    'function unit() { return 1; }\nfunction by(n = unit()) { return n; }\n' +
      'const holder = { get n() { return unit(); } };\nfunction* gen() { yield unit(); }',
    'function unit() { return 2; }',
    ['[by(), holder.n, ...gen()].join()', "'2,2,2'"],
  ],
  'a function that waits': [
    'function slow() { return 1; }\nasync function waits() { await null; return slow(); }',
    ['const pending = waits(); function slow() { return 2; }\nawait pending', '2'],
    ['await waits()', '2'],
  ],
  'a type with the value': [
    'let thing = 1',
    ["let thing = 'text'; thing.length", '4'],
    ['thing.toUpperCase()', "'TEXT'"],
    ['thing.toFixed()', /TS2551|TS2339/],
  ],
  'an import by a variable, and a variable by an import': [
    "import { join } from 'node:path'",
    ['const join = 3; join', '3'],
    "import { join } from 'node:path'",
    ["join('a', 'b')", "'a/b'"],
  ],
  'a type by a value, and a value by a type': [
    'type Mixed = number',
    ['const Mixed = 5; Mixed', '5'],
    'interface Mixed { n: number }',
    ['const mixed: Mixed = { n: 2 }; mixed.n', '2'],
  ],
  'an enum and a namespace': [
    'enum Level { Low = 1 }\nfunction level() { return Level.Low; }',
    ['enum Level { Low = 10, High }\nlevel() + Level.High', '21'],
    'namespace Conf { export const size = 1; }\nfunction size() { return Conf.size; }',
    ['namespace Conf { export const size = 2; }\nsize()', '2'],
  ],
  'not by a cell that does not compile': [
    'const kept = 1',
    ["const kept: number = 'text'", /TS2322/],
    ['kept', '1'],
  ],
  'not by a cell that fails before it comes there': [
    'let held = 1',
    ["throw new Error('early'); let held = 2", /early/],
    ['held', '1'],
  ],
};

/** Variables live once, whoever changes them. */
export const sharing: CellCases = {
  'every way to assign': [
    'let a = 1; let o: { n: number } | undefined',
    'a += 2; a **= 2; a++; --a; o ??= { n: 1 }; o.n <<= 3',
    ['`${a} ${o?.n}`', "'9 8'"],
  ],
  'functions of several cells': [
    'let stock = 0',
    'function add(n: number) { stock += n; }',
    'const take = () => { stock--; return stock; }',
    ['add(5); take(); take()', '3'],
    ['stock = 100; take()', '99'],
  ],
  'a variable that is given no value': ['let later: number', 'later = 3', ['later + 1', '4']],
  'closures made in a loop': [
    'const makers: (() => number)[] = []; for (let i = 0; i < 3; i++) makers.push(() => i)',
    ['makers.map((make) => make()).join()', "'0,1,2'"],
  ],
  'a loop over a variable of the cell': [
    'for (var k = 0; k < 3; k++);',
    ['k', '3'],
    'let n = 0; for (n = 0; n < 5; n++);',
    ['n', '5'],
  ],
  'functions declared below their use': [
    [
      'early(); function early() { return hoisted() + 1; }\nfunction hoisted() { return 1; }\nearly()',
      '2',
    ],
  ],
  'blocks that hide a name': [
    'let hid = 1',
    ['{ let hid = 2; hid++; } hid', '1'],
    ['if (true) { const hid = 5; console.log(hid); }', { prints: '5\n' }],
    ['((hid: number) => hid * 2)(4) + hid', '9'],
    ['switch (hid) { case 1: { let hid = 3; console.log(hid); } }', { prints: '3\n' }],
    ['try { throw 6; } catch (hid) { console.log(hid); }', { prints: '6\n' }],
    ['const named = function hid(): string { return typeof hid; }; named()', "'function'"],
    ['class Scope { hid = 2; sum() { return this.hid + hid; } }\nnew Scope().sum()', '3'],
    ['hid: for (;;) { break hid; }\nhid', '1'],
  ],
  'names that modules and the kernel use themselves': [
    'const exports = 1; const module = 2; const require = 3',
    ['exports + module + require', '6'],
    'const __x = 1; let __; const $ = 2; const _ = 3; const ünï = 4',
    ['__x + $ + _ + ünï', '10'],
    'function __private() { return __x; }',
    ['const __x = 5; __private()', '5'],
  ],
  'names of global things': [
    "const performance = 5; function fetch() { return 'own'; }\nconst name = 'n', status = 's', event = 'e'",
    ['[performance, fetch(), name, status, event].join()', "'5,own,n,s,e'"],
    ['const WeakSet = 3; WeakSet', '3'],
    ['const undefined_ = undefined; undefined_ === undefined', 'true'],
  ],
  'a name that is not there': [
    ['nowhere', /TS2304/],
    ['typeof nowhere', /TS2304/],
    ["const text = 'a'; txt", /TS2(304|552)/],
  ],
};
