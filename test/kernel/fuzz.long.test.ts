import { expect } from 'chai';
import { randomStream } from '../../src/numerics/random.js';
import type { Channel } from './conversation.js';
import { kernelForTests } from './kernel-for-tests.js';
import { hugeMessages, malformedMessage, someChannel } from './malformed.js';
import { resultText } from './messages.js';

const BATCHES = 50;
const BATCH = 220;

describe('a kernel that is sent nonsense', function () {
  this.timeout(180_000);
  const kernel = kernelForTests();
  let pids: number[] = [];

  before(async () => {
    await kernel().execute("var before = 'as it was';");
    pids = kernel().processes();
  });

  /** The same processes, the same variables, right answers on every channel, and nothing to complain of. */
  async function expectRight(): Promise<void> {
    expect(kernel().processes()).to.deep.equal(pids);
    const { reply, outputs } = await kernel().execute('before');
    expect(reply.status).to.equal('ok');
    expect(resultText(outputs)).to.equal("'as it was'");
    const { content } = await kernel().request('control', 'kernel_info_request', {});
    expect(content.status).to.equal('ok');
    expect(await kernel().heartbeat()).to.be.below(1);
    const asking = kernel().submit("prompt('Still there? ')", { allow_stdin: true });
    const question = await kernel().waitFor(
      (m) => m.channel === 'stdin' && m.parent_header.msg_id === asking.id,
    );
    kernel().answerInput(question, 'yes');
    expect(resultText((await asking.done).outputs)).to.equal("'yes'");
    expect(kernel().unreadable).to.deep.equal([]);
    expect(kernel().log()).to.equal('');
  }

  it(`stays alive and right through ${BATCHES * BATCH} malformed messages`, async () => {
    const stream = randomStream('malformed messages');
    const memory = kernel().memoryMB();
    for (let batch = 0; batch < BATCHES; batch++) {
      const byChannel = new Map<Channel, Buffer[][]>();
      for (let n = 0; n < BATCH; n++) {
        const channel = someChannel(stream);
        const message = malformedMessage(kernel().key, stream);
        byChannel.set(channel, [...(byChannel.get(channel) ?? []), message]);
      }
      for (const [channel, messages] of byChannel) await kernel().sendRaw(channel, messages);
      const { content } = await kernel().request('shell', 'kernel_info_request', {});
      expect(content.status, `after batch ${batch}`).to.equal('ok');
    }
    await expectRight();
    expect(kernel().memoryMB() - memory, 'MB of growth').to.be.below(200);
    const { outputs } = await kernel().execute('%status');
    const { dropped } = outputs[0].content.data!['application/json'] as {
      dropped: { signature: number; malformed: number };
    };
    expect(dropped.signature).to.be.above(BATCHES);
    expect(dropped.malformed).to.be.above(BATCHES);
    expect(resultText((await kernel().execute('({} as any).polluted')).outputs)).to.equal(
      undefined,
    );
  });

  it('stays alive and right through messages of many megabytes', async () => {
    for (const channel of ['shell', 'control', 'stdin'] as const) {
      await kernel().sendRaw(channel, hugeMessages(kernel().key));
    }
    await expectRight();
  });

  it('answers in time where a pattern to search for is made to take for ever', async () => {
    await kernel().execute(`'${'a'.repeat(5000)}'`);
    const { content } = await kernel().request(
      'shell',
      'history_request',
      { hist_access_type: 'search', pattern: `${'*a'.repeat(40)}*b`, raw: true, output: false },
      5,
    );
    expect(content.status).to.equal('ok');
    expect(content.history).to.deep.equal([]);
  });
});
