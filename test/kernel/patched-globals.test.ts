import { expect } from 'chai';
import { kernelForTests } from './kernel-for-tests.js';
import { resultText, streamText } from './messages.js';

/** What a cell changes: of which object which properties, and what it puts there. */
type Patch = readonly [object: string, names: string, value: string];

const THROWS = '() => { throw new Error("not for the kernel"); }';

/** Changes after which the kernel goes on as ever. */
const HARMLESS: readonly Patch[] = [
  ['globalThis', 'setTimeout setInterval setImmediate', '() => 0'],
  ['globalThis', 'setTimeout clearTimeout setImmediate queueMicrotask', 'undefined'],
  ["require('node:timers')", 'setTimeout setImmediate', '() => 0'],
  ['process', 'nextTick', '() => undefined'],
  ['globalThis', 'Promise', 'class {}'],
  ['globalThis', 'Promise', 'undefined'],
  ['Promise.prototype', 'then catch finally', '() => 0'],
  ['Promise', 'race all resolve', THROWS],
  ['globalThis', 'JSON Date Math Atomics', 'undefined'],
  ['JSON', 'stringify parse', '() => "x"'],
  ['Object.prototype', 'toJSON extra', '() => 1'],
  ['Array.prototype', 'toJSON more', '() => 1'],
  ['Atomics', 'load store wait', THROWS],
  ['Math', 'max round', THROWS],
  ['Date', 'now', THROWS],
  ['Error', 'prepareStackTrace', THROWS],
  ['Error', 'stackTraceLimit', '0'],
  ['globalThis', 'console', 'undefined'],
  ['console', 'log error warn', THROWS],
  ['process.stdout', 'write', '() => true'],
  ['process.stdout', 'write', THROWS],
  ['process', 'exit kill', THROWS],
  ['process', 'env', 'undefined'],
  ["require('node:fs')", 'readSync writeSync', THROWS],
];

/** Changes of what the language itself is made of: whatever is asked meanwhile has an answer. */
const DEEP: readonly Patch[] = [
  ['Array.prototype', 'map push join filter forEach slice flatMap some find at splice', THROWS],
  ['Array.prototype', 'push', '() => 0'],
  ['Array', 'from isArray', '() => false'],
  ['String.prototype', 'split slice replace trim startsWith indexOf match charCodeAt', THROWS],
  ['Map.prototype', 'get set has forEach entries', THROWS],
  ['Set.prototype', 'add has', THROWS],
  ['Object', 'keys entries assign defineProperty fromEntries', THROWS],
  ['RegExp.prototype', 'exec test', '() => null'],
  ['globalThis', 'Error Map Symbol Object Array', 'undefined'],
  ['globalThis', 'Buffer process', 'undefined'],
];

/** Code that makes a change, and leaves behind the function `undo`. */
const code = ([object, names, value]: Patch) => `{
  const { defineProperty, deleteProperty, getOwnPropertyDescriptor } = Reflect;
  const owner = ${object} as any;
  const names = ${JSON.stringify(names.split(' '))};
  const before = names.map((name) => getOwnPropertyDescriptor(owner, name));
  const value: any = ${value};
  undo = () => {
    for (let k = 0; k < names.length; k++) {
      if (before[k]) defineProperty(owner, names[k], before[k]!);
      else deleteProperty(owner, names[k]);
    }
  };
  for (const name of names) defineProperty(owner, name, { value, writable: true, configurable: true, enumerable: true });
}`;

describe('a cell that changes what all code uses', function () {
  this.timeout(60_000);
  const kernel = kernelForTests();

  beforeEach(async () => {
    const start = 'var undo = (): void => undefined;\nvar listens: boolean;\n';
    const signal = "listens ??= !!process.on('SIGUSR2', () => undo());";
    expect((await kernel().execute(start + signal)).reply.status).to.equal('ok');
  });

  /** What works: cells, errors, mistakes, completion and interrupts. */
  async function expectAll(): Promise<void> {
    const next = await kernel().execute('const twice = (n: number) => 2 * n;\ntwice(4)');
    expect(next.reply.status, JSON.stringify(next.reply)).to.equal('ok');
    expect(resultText(next.outputs)).to.equal('8');
    const thrown = await kernel().execute("throw new RangeError('far');");
    expect(thrown.reply.evalue).to.equal('far');
    const mistaken = await kernel().execute("const no: number = 'text';");
    expect(mistaken.reply.ename).to.equal('TypeCheckError');
    const { content } = await kernel().request('shell', 'complete_request', {
      code: 'twi',
      cursor_pos: 3,
    });
    expect(content.matches).to.include('twice');
    const { id, done } = kernel().submit('for (;;);');
    await kernel().waitFor(
      (m) => m.parent_header.msg_id === id && m.header.msg_type === 'execute_input',
    );
    await kernel().interrupt();
    expect((await done).reply.ename).to.equal('Interrupted');
  }

  for (const patch of HARMLESS) {
    it(`is followed by others as ever: ${patch.join(' ').slice(0, 80)}`, async () => {
      expect((await kernel().execute(code(patch))).reply.status).to.equal('ok');
      await expectAll();
      expect((await kernel().execute('undo();')).reply.status).to.equal('ok');
    });
  }

  for (const patch of DEEP) {
    it(`is answered, and so is what follows: ${patch.join(' ').slice(0, 80)}`, async () => {
      await kernel().execute(code(patch));
      await kernel().execute('1 + 1');
      await kernel().execute("throw new Error('e');");
      await kernel().request('shell', 'complete_request', { code: 'un', cursor_pos: 2 });
      process.kill(kernel().processes()[1], 'SIGUSR2');
      await new Promise((resolve) => setTimeout(resolve, 100));
      await expectAll();
    });
  }

  it('sees its own things where the kernel sees those of the language', async () => {
    await kernel().execute(code(['Array.prototype', 'lastIndexOf', "() => 'mine'"]));
    const mine = await kernel().execute('const own: unknown = [1].lastIndexOf(1);\nown');
    expect(resultText(mine.outputs)).to.equal("'mine'");
    await kernel().execute(`undo();\n${code(['Object.prototype', 'given', '3'])}`);
    const { outputs } = await kernel().execute(
      'for (const key in { a: 1 }) console.log(key);\n[1].map((n) => n + 1).join()',
    );
    expect(streamText(outputs)).to.equal('a\ngiven\n');
    expect(resultText(outputs)).to.equal("'2'");
    await kernel().execute('undo();');
  });
});
