import { expect } from 'chai';
import { kernelForTests } from './kernel-for-tests.js';
import { startKernel } from './live-kernel.js';
import { resultText, streamText } from './messages.js';
import { stillRunning } from './processes.js';

describe('a kernel and its processes', function () {
  this.timeout(60_000);
  const kernel = kernelForTests();

  it('answers the heartbeat', async () => {
    expect(await kernel().heartbeat()).to.be.below(1);
  });

  it('runs a cell and gives its result and its output', async () => {
    const { reply, outputs } = await kernel().execute('console.log("printed");\n6 * 7');
    expect(reply.status).to.equal('ok');
    expect(streamText(outputs)).to.equal('printed\n');
    expect(resultText(outputs)).to.equal('42');
  });

  it('writes nothing on the standard streams of its own process', () => {
    expect(kernel().log()).to.equal('');
  });

  it('ends with all its processes when it is killed from outside', async () => {
    const other = await startKernel();
    const pids = other.processes();
    expect(pids).to.include(other.pid());
    await other.stop();
    expect(stillRunning(pids)).to.deep.equal([]);
  });
});
