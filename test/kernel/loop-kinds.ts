/** A loop of a cell that takes some 50 ms or more, with what it needs from earlier cells. */
export interface LoopKind {
  readonly name: string;
  /** Run once, in a cell before. */
  readonly before?: string;
  /** Declarations and the loop, as somebody writes them at the top level of a cell. */
  readonly code: string;
}

/** The kinds of loop that people write at the top level of a cell. */
export const LOOP_KINDS: readonly LoopKind[] = [
  {
    name: 'adds up floating-point numbers',
    code: 'let sum = 0;\nfor (let i = 0; i < 5e7; i++) sum += i * 0.5;',
  },
  {
    name: 'counts with integers',
    code: 'let hash = 7;\nfor (let i = 0; i < 5e7; i++) hash = (hash * 31 + i) | 0;',
  },
  {
    name: 'reads an array',
    code:
      'const numbers = Float64Array.from({ length: 1e6 }, (_, i) => i);\nlet total = 0;\n' +
      'for (let round = 0; round < 60; round++) {\n  for (let i = 0; i < numbers.length; i++) total += numbers[i];\n}',
  },
  {
    name: 'writes an array',
    code:
      'const filled: number[] = [];\nfor (let i = 0; i < 4e6; i++) filled.push(i % 10);\n' +
      'for (let round = 0; round < 10; round++) {\n  for (let i = 0; i < filled.length; i++) filled[i] = filled[i] + 1;\n}',
  },
  {
    name: 'is nested three deep',
    code:
      'let cells = 0;\nfor (let i = 0; i < 400; i++) {\n  for (let j = 0; j < 400; j++) {\n' +
      '    for (let k = 0; k < 400; k++) {\n      if ((i + j + k) % 2 === 0) cells++;\n    }\n  }\n}',
  },
  {
    name: 'is a while loop',
    code: 'let left = 6e7;\nlet steps = 0;\nwhile (left > 0) {\n  left -= 1;\n  steps++;\n}',
  },
  {
    name: 'is a do loop',
    code: 'let power = 1;\nlet turns = 0;\ndo {\n  power = power * 1.0000001;\n  turns++;\n} while (turns < 4e7);',
  },
  {
    name: 'goes through an array by for-of',
    code:
      'const items = Array.from({ length: 1e6 }, (_, i) => i % 7);\nlet weight = 0;\n' +
      'for (let round = 0; round < 30; round++) {\n  for (const item of items) weight += item;\n}',
  },
  {
    name: 'calls Math',
    code: 'let wave = 0;\nfor (let i = 0; i < 6e6; i++) wave += Math.sin(i) * Math.sqrt(i);',
  },
  {
    name: 'calls a function of the cell',
    code:
      'function square(x: number): number {\n  return x * x;\n}\nlet squares = 0;\n' +
      'for (let i = 0; i < 4e7; i++) squares += square(i % 10);',
  },
  {
    name: 'calls a function of an earlier cell',
    before: 'function cube(x: number): number {\n  return x * x * x;\n}',
    code: 'let cubes = 0;\nfor (let i = 0; i < 2e7; i++) cubes += cube(i % 10);',
  },
  {
    name: 'builds a string',
    code: "let text = '';\nfor (let i = 0; i < 3e6; i++) text += i % 10;",
  },
  {
    name: 'goes on with a variable of an earlier cell',
    before: 'let running = 1;',
    code: 'for (let i = 0; i < 5e7; i++) running = (running * 3 + i) % 1000003;',
  },
  {
    name: 'reads an array of an earlier cell',
    before: 'const earlier = Float64Array.from({ length: 1e6 }, (_, i) => i / 2);',
    code:
      'let mass = 0;\nfor (let round = 0; round < 60; round++) {\n' +
      '  for (let i = 0; i < earlier.length; i++) mass += earlier[i];\n}',
  },
  {
    name: 'counts in a variable that held a string before',
    before: "var mixed: any = 'a string';",
    code: 'mixed = 0;\nfor (let i = 0; i < 5e7; i++) mixed += 1;',
  },
  {
    name: 'counts in var, as older code does',
    code: 'var odd = 0;\nfor (var n = 0; n < 5e7; n++) if (n % 2 === 1) odd++;',
  },
];
