import { expect } from 'chai';
import { setTimeout as sleep } from 'node:timers/promises';
import { kernelForTests, withKernel } from './kernel-for-tests.js';
import type { LiveKernel } from './live-kernel.js';
import { outputsOfType, resultText } from './messages.js';
import { stillRunning } from './processes.js';

/** Waits until none of the processes runs, for a few seconds at most. */
async function ended(pids: readonly number[]): Promise<boolean> {
  for (const until = Date.now() + 3000; Date.now() < until; await sleep(50)) {
    if (stillRunning(pids).length === 0) return true;
  }
  return false;
}

describe('a kernel that restarts', function () {
  this.timeout(60_000);
  const kernel = kernelForTests();

  for (const now of [false, true]) {
    it(`${now ? 'at once' : 'when asked'} has forgotten its variables and counts from one`, async () => {
      await kernel().execute('var remembered = 1;');
      const [pid, pids] = [kernel().pid(), kernel().processes()];
      await kernel().restart(now);
      expect(kernel().pid()).not.to.equal(pid);
      expect(await ended(pids)).to.equal(true);
      const { reply } = await kernel().execute('remembered');
      expect(reply).to.include({ status: 'error', ename: 'TypeCheckError', execution_count: 1 });
      expect(resultText((await kernel().execute('6 * 7')).outputs)).to.equal('42');
    });
  }

  it('does so from within an endless loop', async () => {
    const pids = kernel().processes();
    const { id } = kernel().submit("console.log('begun');\nfor (;;);");
    await kernel().waitFor((m) => m.parent_header.msg_id === id && m.content.text === 'begun\n');
    await kernel().restart();
    expect(await ended(pids)).to.equal(true);
    expect(resultText((await kernel().execute('6 * 7')).outputs)).to.equal('42');
  });
});

describe('a kernel that is shut down', function () {
  this.timeout(60_000);

  for (const channel of ['control', 'shell'] as const) {
    for (const restart of [false, true]) {
      it(`on ${channel} with restart ${restart} answers and ends with all its processes`, async () => {
        await withKernel({}, async (kernel) => {
          const pids = kernel.processes();
          const reply = await kernel.request(channel, 'shutdown_request', { restart });
          expect(reply.header.msg_type).to.equal('shutdown_reply');
          expect(reply.content).to.include({ status: 'ok', restart });
          expect(await ended(pids)).to.equal(true);
        });
      });
    }
  }

  it('by SIGTERM ends with all its processes, a running cell’s too', async () => {
    await withKernel({}, async (kernel) => {
      const pids = kernel.processes();
      const { id } = kernel.submit("console.log('begun');\nfor (;;);");
      await kernel.waitFor((m) => m.parent_header.msg_id === id && m.content.text === 'begun\n');
      process.kill(kernel.pid(), 'SIGTERM');
      expect(await ended(pids)).to.equal(true);
    });
  });

  const inCells: [string, string][] = [
    ['while a cell runs', 'for (;;);'],
    ['while it waits', ''],
  ];
  for (const [when, code] of inCells) {
    it(`by kill -9 ${when} leaves neither a session nor what it started`, async () => {
      await withKernel({}, async (kernel) => {
        const { id } = kernel.submit(
          "import { spawn } from 'node:child_process';\n" +
            `const program = spawn('sleep', ['300']);\nconsole.log('begun');\n${code}`,
        );
        await kernel.waitFor((m) => m.parent_header.msg_id === id && m.content.text === 'begun\n');
        const pids = kernel.processes();
        expect(pids).to.have.lengthOf(3);
        process.kill(kernel.pid(), 'SIGKILL');
        expect(await ended(pids)).to.equal(true);
      });
    });
  }
});

describe('a kernel with another connection', function () {
  this.timeout(60_000);

  async function expectRight(kernel: LiveKernel): Promise<void> {
    const { outputs } = await kernel.execute("console.log('heard');\n6 * 7");
    expect(outputs[0].content.text).to.equal('heard\n');
    expect(resultText(outputs)).to.equal('42');
    expect(await kernel.heartbeat()).to.be.below(1);
    const endless = kernel.submit('for (;;);');
    await sleep(200);
    await kernel.interrupt();
    expect((await endless.done).reply.ename).to.equal('Interrupted');
    expect(kernel.unreadable).to.deep.equal([]);
  }

  it('works over ipc', async () => {
    await withKernel({ transport: 'ipc' }, async (kernel) => {
      await expectRight(kernel);
    });
  });

  it('works without a key', async () => {
    await withKernel({ key: '' }, async (kernel) => {
      expect(kernel.key).to.equal('');
      await expectRight(kernel);
    });
  });
});

describe('a kernel whose session cannot start', function () {
  this.timeout(60_000);

  it('says so, and goes on answering', async () => {
    await withKernel({ environment: { AFTERFIT_KERNEL_HEAP: '1' } }, async (kernel) => {
      const { reply, outputs } = await kernel.execute('1');
      expect(reply).to.include({ status: 'error', ename: 'SessionEnded' });
      expect(reply.evalue).to.match(/ran out of memory|did not start/);
      expect(outputsOfType(outputs, 'error')).to.have.lengthOf(1);
      expect((await kernel.execute('2')).reply.ename).to.equal('SessionEnded');
      expect(await kernel.heartbeat()).to.be.below(1);
    });
  });

  it('leaves a limit aside that is none', async () => {
    await withKernel({ environment: { AFTERFIT_KERNEL_HEAP: 'Infinity' } }, async (kernel) => {
      expect(resultText((await kernel.execute('6 * 7')).outputs)).to.equal('42');
    });
  });
});
