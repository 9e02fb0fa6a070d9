import type { CellCases } from './cell-case.js';

/** What people write who know the language: each prints what the same text prints as one module in Node. */
export const programs: CellCases = {
  'promises, ticks and timers in the order of a module': [
    [
      "setTimeout(() => console.log('timer'), 1); process.nextTick(() => console.log('tick')); queueMicrotask(() => console.log('task')); " +
        "Promise.resolve().then(() => console.log('promise')); console.log('now'); await new Promise((go) => setTimeout(go, 20));",
      { prints: 'now\ntask\npromise\ntick\ntimer\n' },
    ],
  ],
  'default exports that begin with a brace': [
    ["export default { a: 1, b: 'x' }", "{ a: 1, b: 'x' }"],
    ['export default { a: 1 } as { a: number };', '{ a: 1 }'],
  ],
  'where the notebook lies': [
    ["__dirname === process.cwd() && __filename.startsWith(__dirname + '/')", 'true'],
    ["const __dirname = 'mine'; __dirname", "'mine'"],
  ],
  'generators that go on in later cells': [
    'function* upTo(n: number) { for (let i = 0; i < n; i++) yield i; }\nconst numbers = upTo(3);',
    [
      'console.log(numbers.next(), [...numbers])',
      { prints: '{ value: 0, done: false } [ 1, 2 ]\n' },
    ],
    ['numbers.next().done', 'true'],
  ],
  'labels around loops that wait': [
    'outer: for await (const [a, b] of [Promise.resolve([1, 2]), Promise.resolve([3, 4])]) for (const x of [a, b]) { if (x === 2) continue outer; if (x === 4) break outer; console.log(x); }',
    ['let rounds = 0; do { rounds++; await null; } while (rounds < 3); rounds', '3'],
    [
      'let skipped = 0; for (let i = 0; i < 4; i++) { if (i % 2) continue; await null; skipped++; } skipped',
      '2',
    ],
    [
      'let met = 0; for (const x of [0, 1, 2]) { const y = x && (await x); if (y) met++; } met',
      '2',
    ],
  ],
  'decorators of fields and resources of functions': [
    'function twice(_: undefined, c: ClassFieldDecoratorContext) { console.log(c.kind, c.name); return (n: number) => 2 * n; }',
    ['class Doubled { @twice n = 4; }\nnew Doubled().n', '8'],
    'class Held { async [Symbol.asyncDispose]() { await null; console.log("let go"); } }\nasync function hold() { await using _ = new Held(); return "held"; }',
    ['console.log(await hold())', { prints: 'let go\nheld\n' }],
  ],
  'mixins, private names and accessors': [
    'type Maker<T = {}> = new (...all: any[]) => T;\nfunction Timed<B extends Maker>(Base: B) { return class extends Base { at = 5; }; }',
    [
      'class Spot { x = 1 }\nconst TimedSpot = Timed(Spot);\nnew TimedSpot().at + new TimedSpot().x',
      '6',
    ],
    'class Sum { #n = 0; static #all = 0; accessor name = "s"; add(n: number) { this.#n += n; Sum.#all++; return this; } get n() { return this.#n; } static get all() { return Sum.#all; } has(it: object) { return #n in it; } }',
    [
      'const sum = new Sum().add(3).add(4); [sum.n, Sum.all, sum.has({}), sum.name]',
      "[ 7, 2, false, 's' ]",
    ],
  ],
  'modules that are imported in a loop': [
    "const kinds: string[] = []; for (const name of ['node:os', 'node:path']) kinds.push(typeof (await import(name)).default);",
    ['kinds.join()', "'object,object'"],
  ],
  'text that is run': [
    [
      "[eval('1 + 2'), (0, eval)('typeof Object'), new Function('a', 'b', 'return a + b')(1, 2)]",
      "[ 3, 'function', 3 ]",
    ],
    'const { Worker: Helper } = await import("node:worker_threads"); async function job(n: number) { await null; return 2 * n; }',
    [
      "const helper = new Helper(`(${job})(21).then((n) => require('worker_threads').parentPort.postMessage(n))`, { eval: true });\nawait new Promise((go) => helper.once('message', go))",
      '42',
    ],
  ],
  'what a call carries with it': [
    "import { AsyncLocalStorage } from 'node:async_hooks'; const carried = new AsyncLocalStorage<number>();",
    ['await carried.run(7, async () => { await null; return carried.getStore(); })', '7'],
  ],
  'values that cannot be looked into': [
    [
      "new Proxy({}, { get() { throw new Error('get'); }, ownKeys() { throw new Error('keys'); } })",
      '{}',
    ],
    ["({ get a(): number { throw new Error('a'); }, b: 1 })", '{ a: [Getter], b: 1 }'],
    [
      'const ring: any = { a: 1 }; ring.self = ring; ring',
      '<ref *1> { a: 1, self: [Circular *1] }',
    ],
  ],
};
