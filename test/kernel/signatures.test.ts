import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { kernelForTests } from './kernel-for-tests.js';
import { resultText, streamText } from './messages.js';
import { headerOf, signedFrames } from './signed-frames.js';

interface Dropped {
  readonly signature: number;
  readonly malformed: number;
  readonly replayed: number;
}

describe('a message that the kernel must not obey', function () {
  this.timeout(60_000);
  const kernel = kernelForTests();

  async function dropped(): Promise<Dropped> {
    const { outputs } = await kernel().execute('%status');
    return (outputs[0].content.data?.['application/json'] as { dropped: Dropped }).dropped;
  }

  /** An execute request whose cell counts how often it ran. */
  function request(): { id: string; frames: Buffer[] } {
    const id = randomUUID();
    const content = {
      code: "runs++;\nconsole.log('ran');",
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: true,
    };
    const header = headerOf('execute_request', id);
    return { id, frames: signedFrames(kernel().key, { header, content }) };
  }

  const runs = async () => resultText((await kernel().execute('runs')).outputs);
  beforeEach(() => kernel().execute('var runs = 0;'));

  it('runs where it is signed as it should be, so that these tests mean something', async () => {
    const { id, frames } = request();
    await kernel().sendRaw('shell', [frames]);
    await kernel().waitFor((m) => m.parent_header.msg_id === id && m.channel === 'shell');
    expect(await runs()).to.equal('1');
  });

  const forgeries: [string, (frames: Buffer[]) => Buffer[]][] = [
    ['has a wrong signature', ([d, s, ...rest]) => [d, Buffer.from('0'.repeat(s.length)), ...rest]],
    ['has no signature', ([d, , ...rest]) => [d, Buffer.alloc(0), ...rest]],
    ['has half its signature', ([d, s, ...rest]) => [d, s.subarray(0, 32), ...rest]],
    ['has bytes in its signature', ([d, , ...rest]) => [d, Buffer.alloc(64, 0xff), ...rest]],
    [
      'was changed after it was signed',
      ([d, s, h, p, m, c]) => [d, s, h, p, m, Buffer.from(String(c).replace('ran', 'RAN'))],
    ],
    ['was signed with another key', (frames) => resigned(frames, 'another key')],
  ];
  for (const [how, forge] of forgeries) {
    it(`is dropped and counted where it ${how}`, async () => {
      const before = await dropped();
      const { id, frames } = request();
      await kernel().sendRaw('shell', [forge(frames)]);
      const after = await dropped();
      expect(after.signature).to.equal(before.signature + 1);
      expect(await runs()).to.equal('0');
      expect(kernel().messages.filter((m) => m.parent_header.msg_id === id)).to.deep.equal([]);
    });
  }

  it('is dropped and counted where it has been obeyed before', async () => {
    const before = await dropped();
    const { id, frames } = request();
    await kernel().sendRaw('shell', [frames, frames, frames]);
    const after = await dropped();
    expect(after.replayed).to.equal(before.replayed + 2);
    expect(await runs()).to.equal('1');
    const own = kernel().messages.filter((m) => m.parent_header.msg_id === id);
    expect(streamText(own)).to.equal('ran\n');
  });

  it('cannot interrupt or shut the kernel down', async () => {
    const before = await dropped();
    for (const type of ['interrupt_request', 'shutdown_request']) {
      const parts = { header: headerOf(type, randomUUID()), content: { restart: false } };
      await kernel().sendRaw('control', [resigned(signedFrames(kernel().key, parts), 'x')]);
    }
    const { outputs } = await kernel().execute(
      "await new Promise((resolve) => setTimeout(resolve, 200));\n'went on'",
    );
    expect(resultText(outputs)).to.equal("'went on'");
    expect((await dropped()).signature).to.equal(before.signature + 2);
  });
});

function resigned([, , header, parent, metadata, content]: Buffer[], key: string): Buffer[] {
  return signedFrames(key, { header, parent, metadata, content });
}
