import type { RandomStream } from '../../src/numerics/random.js';

/** A program of three cells. */
export interface RandomProgram {
  /** Declares `p`, `q`, `r`, `list`. */
  readonly variables: string;
  /** Declares `ticker`, `source` and `watched`, whose getters and iterators use and change those. */
  readonly helpers: string;
  /** Declares `a`, `b`, `c`, `d`, `fuel`, and has many loops. It may throw. */
  readonly loops: string;
}

/** Names of the variables whose values a program is judged by. */
export const OWN = ['a', 'b', 'c', 'd', 'fuel'] as const;
export const EARLIER = ['p', 'q', 'r', 'list'] as const;

const VARIABLES = 'let p = 1, q = 2, r = 3;\nlet list = [3, 1, 2];';

const HELPERS = [
  'let ticker = { get tick() { return p; } };',
  'let ticker = { get tick() { return ++p; } };',
].map(
  (ticker) => `${ticker}
let source = { *[Symbol.iterator]() { for (let i = 0; i < 3; i++) yield q -= i; } };
let watched = { valueOf() { return r; } };`,
);

/** A random program that ends, whatever it does: each round of a loop takes fuel. */
export function randomProgram(stream: RandomStream): RandomProgram {
  const pick = <Item>(items: readonly Item[]): Item => items[stream.integer(items.length)];
  let counters = 0;
  let labels: string[] = [];
  const target = () => pick(['a', 'b', 'c', 'd', 'p', 'q', 'r']);
  const own = () => pick(['a', 'b', 'c', 'd']);
  const reads = ['a', 'b', 'c', 'd', 'p', 'q', 'r', 'list.length', 'list[0]', '1', '7'];
  const value = (depth = 0): string => {
    if (depth > 1 || stream.uniform() < 0.4) return pick(reads);
    return pick([
      () => `(${value(depth + 1)} ${pick(['-', '*', '|', '<', '&&'])} ${value(depth + 1)})`,
      () => `Math.${pick(['abs', 'sign', 'trunc'])}(${value(depth + 1)})`,
      () => `({ ${own()}, k: ${value(depth + 1)} }).k`,
      () => `[${value(depth + 1)}, ${value(depth + 1)}][${pick(['0', '1'])}]`,
      () => `(${target()}${pick(['++', '--'])})`,
      () => `(${target()} ${pick(['=', '-=', '??='])} ${value(depth + 1)})`,
      () => pick(['ticker.tick', '+watched', '`${p}`.length', '(typeof q === "number")']),
    ])();
  };
  const cut = () => `${value()} % 1000`;
  const assignment = (): string =>
    pick([
      () => `${target()} ${pick(['=', '*=', '-=', '^='])} ${cut()};`,
      () => `${pick(['++', '--'])}${target()};`,
      () => `[${target()}, ${target()}] = [${cut()}, ${cut()}];`,
      () => `({ ${own()} } = { a: ${cut()}, b: 1, c: 2, d: 3 });`,
      () => `({ ${own()} = ${cut()} } = {});`,
      () => `({ k: ${target()} = ${cut()}, ...${own()} } = { k: undefined, length: 1 });`,
      () => `{ const { ${own()}: inner } = { a: 4, b: 5, c: 6, d: 7 }; ${target()} = inner; }`,
      () => `list[${pick(['0', '1', '2'])}] = ${cut()};`,
    ])();
  const jump = (): string => {
    const to = labels.length > 0 && stream.uniform() < 0.5 ? ` ${pick(labels)}` : '';
    return `if (${value()}) ${pick(['break', 'continue'])}${to};`;
  };
  const body = (depth: number): string =>
    `{ if (++fuel > 60) throw new Error('fuel'); ${block(depth + 1, true)} }`;
  const plainLoop = (depth: number): string => {
    const i = `i${counters++}`;
    return pick([
      () => `for (let ${i} = 0; ${i} < 4; ${i}++) ${body(depth)}`,
      () => `for (${own()} = 0; ${own()} < 4; ${own()}++) ${body(depth)}`,
      () => `for (let ${pick(['a', i])} = 0, z = 0; z < 3; z++) ${body(depth)}`,
      () => `while (${value()} < 5) ${body(depth)}`,
      () => `do ${body(depth)} while (${value()} < 3);`,
      () => `for (${target()} of ${pick(['list', '[4, 5]', 'source'])}) ${body(depth)}`,
      () => `for (const ${pick(['b', i])} of ${pick(['list', 'source'])}) ${body(depth)}`,
      () => `for (var v${i} in list) ${body(depth)}`,
      () => `for ([${target()}, ${target()}] of [[1, 2], [3, 4]]) ${body(depth)}`,
    ])();
  };
  const loop = (depth: number): string => {
    if (stream.uniform() < 0.6) return plainLoop(depth);
    const outer = labels;
    const label = `l${counters++}`;
    labels = [...labels, label];
    const text = `${label}: ${plainLoop(depth)}`;
    labels = outer;
    return text;
  };
  const statement = (depth: number, inLoop: boolean): string => {
    const kind = stream.uniform();
    if (kind < 0.35 || depth > 2) return assignment();
    if (kind < 0.6) return loop(depth);
    if (kind < 0.7) return inLoop ? jump() : assignment();
    return pick([
      () => `{ let ${own()} = 1; ${block(depth + 1, inLoop)} }`,
      () => `if (${value()}) { ${block(depth + 1, inLoop)} }`,
      () => `try { ${block(depth + 1, inLoop)} } finally { ${assignment()} }`,
      () => `try { ${block(depth + 1, inLoop)} throw 5; } catch (${own()}) { ${loop(depth)} }`,
      () => `switch (${value()}) { case 1: ${assignment()} default: let d = 0; ${loop(depth)} }`,
      () => `(() => { ${target()} = ${cut()}; })();`,
      () => (stream.uniform() < 0.2 ? `if (${value()}) throw new Error('early');` : assignment()),
    ])();
  };
  const block = (depth: number, inLoop: boolean): string =>
    Array.from({ length: 1 + stream.integer(2) }, () => statement(depth, inLoop)).join('\n');
  const declared = 'let a = 1, b = 2;\nvar c = 3;\nlet d;\nlet fuel = 0;';
  return {
    variables: VARIABLES,
    helpers: pick(HELPERS),
    loops: `${declared}\n${block(0, false)}\n${block(0, false)}\n${loop(0)}`,
  };
}
