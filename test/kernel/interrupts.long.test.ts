import { expect } from 'chai';
import { setTimeout as sleep } from 'node:timers/promises';
import { ENDLESS_CELLS } from './endless-cells.js';
import { kernelForTests } from './kernel-for-tests.js';
import type { LiveKernel } from './live-kernel.js';
import { outputsOfType, resultText, type Executed } from './messages.js';

/** The two ways to interrupt, and the second as a terminal does it, to the whole group. */
const WAYS: [string, (kernel: LiveKernel) => unknown][] = [
  ['an interrupt request', (kernel) => kernel.interrupt()],
  ['SIGINT', (kernel) => process.kill(kernel.pid(), 'SIGINT')],
  ['SIGINT to its process group', (kernel) => process.kill(-kernel.pid(), 'SIGINT')],
];

describe('an interrupt', function () {
  this.timeout(60_000);
  const kernel = kernelForTests();

  /** Starts a cell and interrupts it once it is on its way; throws where it goes on all the same. */
  async function stop(code: string, interrupt: (kernel: LiveKernel) => unknown): Promise<Executed> {
    const { id, done } = kernel().submit(code, { patience: 6 });
    await kernel().waitFor(
      (m) => m.parent_header.msg_id === id && (m.content.text ?? '').startsWith('begun\n'),
    );
    await sleep(100);
    await interrupt(kernel());
    return await done;
  }

  async function value(expression: string): Promise<number> {
    const { reply, outputs } = await kernel().execute(expression);
    expect(reply.status, JSON.stringify(reply)).to.equal('ok');
    return Number(resultText(outputs));
  }

  let made = 0;
  for (const [way, interrupt] of WAYS) {
    for (const { name, code } of ENDLESS_CELLS) {
      it(`by ${way} stops ${name} and keeps the variables`, async () => {
        await kernel().execute(`var kept = ${++made};`);
        const executed = await stop(code, interrupt);
        expect(executed.reply).to.include({ status: 'error', ename: 'Interrupted' });
        expect(outputsOfType(executed.outputs, 'error')).to.have.lengthOf(1);
        expect(await value('kept')).to.equal(made);
        expect(await value('6 * 7')).to.equal(42);
      });
    }
  }

  it('leaves a counter of the cell as far as it had come', async () => {
    await stop("var counted = 0;\nconsole.log('begun');\nfor (;;) counted++;", WAYS[0][1]);
    const counted = await value('counted');
    // A tenth of a second at a million a second, which is far less than any machine does.
    expect(counted).to.be.above(100_000);
    expect(await value('counted')).to.equal(counted);
  });

  const sources: [string, string][] = [
    ['', ''],
    [' from a module', "import { setInterval } from 'node:timers';\n"],
    [
      ' from a module as a whole',
      "import * as timers from 'timers';\nconst { setInterval } = timers;\n",
    ],
  ];
  for (const [source, line] of sources) {
    it(`ends the timers${source} of the cell that it stops`, async () => {
      const code =
        `${line}var ticks = 0;\nsetInterval(() => ticks++, 1);\nconsole.log('begun');\n` +
        'await new Promise(() => {});';
      await stop(code, WAYS[0][1]);
      const ticks = await value('ticks');
      expect(ticks).to.be.above(10);
      await sleep(200);
      expect(await value('ticks')).to.equal(ticks);
    });
  }

  it('ends functions of the cell that wait again and again, whatever for', async () => {
    const code =
      "import { setTimeout as sleep } from 'node:timers/promises';\nvar rounds = 0;\n" +
      'async function poll(): Promise<void> {\n  for (;;) {\n    await sleep(5);\n    rounds++;\n  }\n}\n' +
      "console.log('begun');\nawait poll();";
    await stop(code, WAYS[0][1]);
    await sleep(1500);
    const rounds = await value('rounds');
    expect(rounds).to.be.above(2);
    await sleep(300);
    expect(await value('rounds')).to.equal(rounds);
    expect(await value('await Promise.resolve(3)')).to.equal(3);
  });

  it('ends a child process that the cell waits for', async () => {
    const before = kernel().processes().length;
    const { code } = ENDLESS_CELLS.find((cell) => cell.code.includes('sleep 30'))!;
    await stop(code, WAYS[0][1]);
    expect(kernel().processes()).to.have.lengthOf(before);
  });

  it('stops a loop in a timer’s callback of a cell that has ended', async () => {
    const { id } = await kernel().execute(
      "setTimeout(() => {\n  console.log('spins');\n  for (;;);\n}, 50);",
    );
    await kernel().waitFor((m) => m.parent_header.msg_id === id && m.content.text === 'spins\n');
    await kernel().interrupt();
    const { outputs } = await kernel().execute('6 * 7', { patience: 5 });
    expect(resultText(outputs)).to.equal('42');
  });

  it('does no harm while nothing runs', async () => {
    await kernel().execute('var calm = 5;');
    for (const [, interrupt] of WAYS) {
      await interrupt(kernel());
      await sleep(100);
      expect(await value('calm')).to.equal(5);
    }
  });

  it('is answered on the control channel with status ok', async () => {
    const { channel, header, content } = await kernel().interrupt();
    expect([channel, header.msg_type, content.status]).to.deep.equal([
      'control',
      'interrupt_reply',
      'ok',
    ]);
  });

  it('works twenty times in a row', async () => {
    await kernel().execute('var rounds = 0;');
    for (let round = 1; round <= 20; round++) {
      const code = round % 2 === 0 ? 'for (;;);' : 'await new Promise(() => {});';
      const executed = await stop(`rounds++;\nconsole.log('begun');\n${code}`, WAYS[0][1]);
      expect(executed.reply.ename).to.equal('Interrupted');
    }
    expect(await value('rounds')).to.equal(20);
  });

  // A pause that is asked for while the thread still stands at the last one is lost: one in forty was.
  it('stops forty storms of microtasks, one after another', async () => {
    for (let round = 1; round <= 40; round++) {
      const executed = await stop("console.log('begun');\nfor (;;) await null;", WAYS[0][1]);
      expect(executed.reply.ename).to.equal('Interrupted');
    }
    expect(await value('6 * 7')).to.equal(42);
  });

  it('may come twenty times at once, and the next cell runs', async () => {
    const burst = (one: LiveKernel) =>
      Promise.all(Array.from({ length: 20 }, () => one.interrupt()));
    const executed = await stop("console.log('begun');\nfor (;;);", burst);
    expect(executed.reply.ename).to.equal('Interrupted');
    expect(await value('6 * 7')).to.equal(42);
  });
});
