import type { RandomStream } from '../../src/numerics/random.js';

/** A piece of a program, as it stands in a cell and as in one module, where a name is declared once. */
interface Piece {
  readonly cell: string;
  readonly module: string;
  /** Names that it declares: a cell declares each but once. */
  readonly declares: readonly string[];
}

/** A random program, as cells and as the text of one module; both add what they compute to `out`. */
export interface RandomCells {
  readonly cells: readonly string[];
  readonly module: string;
}

const PIECES = 24;

/** Declares, destructures, closes over, declares anew, in functions, classes and loops. */
export function randomCells(stream: RandomStream): RandomCells {
  const pick = <Item>(items: readonly Item[]): Item => items[stream.integer(items.length)];
  const numbers = new Set<string>();
  const functions = new Set<string>();
  const classes = new Set<string>();
  const value = (depth = 0): string => {
    const known = [...numbers, '1', '2', '7'];
    if (depth > 1 || stream.uniform() < 0.4) return pick(known);
    return pick([
      () => `(${value(depth + 1)} ${pick(['+', '-', '*'])} ${value(depth + 1)}) % 1000`,
      () => (functions.size > 0 ? `${pick([...functions])}(${value(depth + 1)})` : '3'),
      () => (classes.size > 0 ? `new ${pick([...classes])}(${value(depth + 1)}).sum()` : '4'),
      () => `[${value(depth + 1)}, 5].map((each) => each + ${value(depth + 1)})[0]`,
    ])();
  };
  const name = (kind: string) => `${kind}${stream.integer(5)}`;
  /** `a = value` where the name is there already, and else its declaration. */
  const once = (known: Set<string>, given: string, text: string) => {
    const isThere = known.has(given);
    known.add(given);
    return isThere ? `${given} = ${text};` : `let ${given} = ${text};`;
  };
  const number = (): Piece => {
    const [given, text] = [name('n'), value()];
    const cell = `${pick(['let', 'var'])} ${given}: number = ${text};`;
    return { cell, module: once(numbers, given, text), declares: [given] };
  };
  const pattern = (): Piece => {
    const [a, b] = pick([
      ['n0', 'n3'],
      ['n1', 'n2'],
      ['n4', 'n0'],
    ]);
    const [from, to] = pick([
      [`{ a: ${value()}, inner: [${value()}] }`, `{ a: ${a}, inner: [${b} = 3] }`],
      [`[${value()}, ${value()}] as [number, number]`, `[${a}, ${b}]`],
      [`{ ${a}: ${value()}, b: { c: ${value()} } }`, `{ ${a}, b: { c: ${b} } }`],
    ]);
    const missing = [a, b].filter((each) => !numbers.has(each));
    [a, b].forEach((each) => numbers.add(each));
    const declared = missing.length > 0 ? `let ${missing.join(', ')};\n` : '';
    const module = `${declared}(${to} = ${from.replace(' as [number, number]', '')});`;
    return { cell: `let ${to} = ${from};`, module, declares: [a, b] };
  };
  const makeFunction = (): Piece => {
    const target = pick([...numbers, '']);
    const effect = target === '' ? '' : `${target} = (${target} + p) % 100; `;
    // What it calls has no way back to it, unless it is declared anew: then it would not end.
    const inner = `p + ${pick([...numbers, '1'])}`;
    const given = name('f');
    const body = `{ ${effect}return (${inner}) % 1000; }`;
    const text = `function (p) ${body}`;
    const module = once(functions, given, text);
    const typed = pick([
      `function ${given}(p: number): number ${body}`,
      `const ${given} = (p: number): number => ${body};`,
    ]);
    return { cell: typed, module, declares: [given] };
  };
  const makeClass = (): Piece => {
    const given = name('C');
    const used = pick([...numbers, '1']);
    const body = (type: string) =>
      `{ static made = 0; x${type}; constructor(p${type}) { this.x = p; ${given}.made++; } ` +
      `sum()${type} { return (this.x + ${used} + ${given}.made) % 1000; } }`;
    const module = once(classes, given, `class ${given} ${body('')}`);
    return { cell: `class ${given} ${body(': number')}`, module, declares: [given] };
  };
  const both = (text: string): Piece => ({ cell: text, module: text, declares: [] });
  const loop = (): Piece => {
    const target = pick([...numbers]);
    const step = `${target} = (${target} * 3 + ${value()} + i) % 997;`;
    return both(
      pick([
        () => `for (let i = 0; i < 4; i++) { ${step} }`,
        () => `for (const i of [1, 2, 3]) { if (i === 2) continue; ${step} }`,
        () => `{ let i = 5; while (i-- > 2) { ${step} } }`,
        () => `[1, 2].forEach((i) => { ${step} });`,
      ])(),
    );
  };
  const pieces = [number(), number(), makeFunction(), makeClass()];
  while (pieces.length < PIECES) {
    pieces.push(
      pick([
        number,
        pattern,
        pattern,
        makeFunction,
        makeClass,
        loop,
        loop,
        () => both(`out.push(${value()}, ${value()});`),
        () => both(`${pick([...numbers])} ${pick(['=', '+=', '-='])} ${value()};`),
      ])(),
    );
  }
  pieces.push(both(`out.push(${[...numbers].join(', ')});`));
  const cells: string[] = [];
  let declared = new Set<string>();
  let current: string[] = [];
  for (const { cell, declares } of pieces) {
    // Functions are there from the beginning of their cell on.
    const isUsed = (each: string) => declared.has(each) || current.join('').includes(each);
    const isFull = declares.some(isUsed) || stream.uniform() < 0.3;
    if (isFull && current.length > 0) {
      cells.push(current.join('\n'));
      [current, declared] = [[], new Set()];
    }
    current.push(cell);
    declares.forEach((each) => declared.add(each));
  }
  cells.push(current.join('\n'));
  return { cells, module: pieces.map(({ module }) => module).join('\n') };
}
