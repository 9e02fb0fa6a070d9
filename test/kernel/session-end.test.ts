import { expect } from 'chai';
import { setTimeout as sleep } from 'node:timers/promises';
import { kernelForTests } from './kernel-for-tests.js';
import { outputsOfType, resultText, type Content } from './messages.js';
import { stillRunning } from './processes.js';

const EAT = 'const all: number[][] = [];\nfor (;;) all.push(new Array<number>(100_000).fill(1.5));';

describe('a session that dies', function () {
  this.timeout(60_000);
  const kernel = kernelForTests({ environment: { AFTERFIT_KERNEL_HEAP: '150' } });

  /** The processes that run cells: all but the one that jupyter_client started. */
  const sessions = () => kernel().processes().slice(1);

  /** Kills what runs the cells; helpers of the session, if it has any, go with it. */
  function killSession(): void {
    for (const pid of stillRunning(sessions())) process.kill(pid, 'SIGKILL');
  }

  function expectEnd(content: Content, evalue: RegExp): void {
    expect(content).to.include({ status: 'error', ename: 'SessionEnded' });
    expect(content.evalue).to.match(evalue);
    expect(content.evalue, 'says that variables are gone').to.match(/variables/);
  }

  beforeEach(() => kernel().execute("var before = 'the end';"));

  /** The kernel is the same, the variables are gone, and cells run and are interrupted as ever. */
  afterEach(async () => {
    const gone = await kernel().execute('before');
    expect(gone.reply).to.include({ status: 'error', ename: 'TypeCheckError' });
    expect(resultText((await kernel().execute('6 * 7')).outputs)).to.equal('42');
    expect(await kernel().isAlive()).to.equal(true);
  });

  const ends: [string, string, RegExp][] = [
    ['because memory runs out', EAT, /out of memory/],
    ['by process.exit', 'process.exit(3);', /process\.exit\(3\)/],
    ['by process.exit after an await', 'await null;\nprocess.exit(0);', /process\.exit\(0\)/],
    ['by process.abort', 'process.abort();', /SIGABRT/],
    ['by a signal of its own', "process.kill(process.pid, 'SIGTERM');\nfor (;;);", /SIGTERM/],
  ];
  for (const [how, code, evalue] of ends) {
    it(`${how} makes the cell an error and is followed by a new one`, async () => {
      const { reply, outputs } = await kernel().execute(`console.log('said before');\n${code}`);
      expectEnd(reply, evalue);
      const [first, ...rest] = outputs;
      expect(first.content.text, 'nothing of the output is lost').to.equal('said before\n');
      expect(outputsOfType(rest, 'error')).to.have.lengthOf(1);
    });
  }

  it('by kill -9 while a cell runs does the same', async () => {
    const { id, done } = kernel().submit("console.log('begun');\nfor (;;);");
    await kernel().waitFor((m) => m.parent_header.msg_id === id && m.content.text === 'begun\n');
    killSession();
    expectEnd((await done).reply, /SIGKILL/);
  });

  it('by kill -9 while nothing runs is replaced before the next cell', async () => {
    killSession();
    await sleep(500);
    const { reply } = await kernel().execute('1 + 1');
    expect(reply.status).to.equal('ok');
  });

  it('in a timer of a cell that has ended shows the error below that cell', async () => {
    const { id, reply } = await kernel().execute('setTimeout(() => process.exit(5), 100);');
    expect(reply.status).to.equal('ok');
    const late = await kernel().waitFor(
      (m) => m.parent_header.msg_id === id && m.header.msg_type === 'error',
    );
    expect(late.content.ename).to.equal('SessionEnded');
  });

  it('aborts the cells that were queued behind it', async () => {
    const dying = kernel().submit('process.exit(1);');
    const queued = kernel().submit("console.log('must not run');");
    expectEnd((await dying.done).reply, /process\.exit\(1\)/);
    expect((await queued.done).reply.status).to.equal('aborted');
  });

  it('leaves no process behind', async () => {
    const count = kernel().processes().length;
    await kernel().execute('process.exit(1);');
    await kernel().execute('1');
    expect(kernel().processes()).to.have.lengthOf(count);
  });
});
