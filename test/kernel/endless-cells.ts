/** A cell that never ends by itself; it prints `begun` when it is on its way. */
export interface EndlessCell {
  readonly name: string;
  readonly code: string;
}

/** Every way of being busy or of waiting that an interrupt has to stop. */
export const ENDLESS_CELLS: readonly EndlessCell[] = [
  {
    name: 'a synchronous loop in a function',
    code: "function spin(): void {\n  for (;;);\n}\nconsole.log('begun');\nspin();",
  },
  {
    name: 'a loop that counts at the top level of the cell',
    code: "let counter = 0;\nconsole.log('begun');\nwhile (true) counter++;",
  },
  {
    name: 'a loop that catches whatever is thrown',
    code: "console.log('begun');\nfor (;;) {\n  try {\n    for (;;);\n  } catch {\n    continue;\n  }\n}",
  },
  {
    name: 'an await that never ends',
    code: "console.log('begun');\nawait new Promise(() => {});",
  },
  {
    name: 'a synchronous loop after an await',
    code: "await new Promise((resolve) => setTimeout(resolve, 20));\nconsole.log('begun');\nfor (;;);",
  },
  {
    name: 'a loop in a timer’s callback that the cell waits for',
    code: "setTimeout(() => {\n  console.log('begun');\n  for (;;);\n}, 20);\nawait new Promise(() => {});",
  },
  {
    name: 'a storm of timers',
    code:
      'let beats = 0;\nfor (let i = 0; i < 1000; i++) setInterval(() => beats++, 0);\n' +
      "console.log('begun');\nawait new Promise(() => {});",
  },
  {
    name: 'a storm of immediates',
    code:
      'let flashes = 0;\nconst flash = (): void => {\n  flashes++;\n  setImmediate(flash);\n};\n' +
      "flash();\nconsole.log('begun');\nawait new Promise(() => {});",
  },
  {
    name: 'a storm of microtasks',
    code: "console.log('begun');\nfor (;;) await null;",
  },
  {
    name: 'a storm of ticks',
    code:
      "const again = (): void => process.nextTick(again);\nconsole.log('begun');\nagain();\n" +
      'await new Promise(() => {});',
  },
  {
    name: 'native calls in a loop',
    code:
      "import { pbkdf2Sync } from 'node:crypto';\nconsole.log('begun');\n" +
      "for (;;) pbkdf2Sync('a', 'b', 20000, 32, 'sha256');",
  },
  {
    name: 'a loop that prints',
    code: "console.log('begun');\nfor (let i = 0; ; i++) console.log(i);",
  },
  {
    name: 'a wait for a child process',
    code: "import { execSync } from 'node:child_process';\nconsole.log('begun');\nexecSync('sleep 30');",
  },
];
