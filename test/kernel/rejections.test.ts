import { expect } from 'chai';
import { kernelForTests } from './kernel-for-tests.js';
import { outputsOfType, plainTraceback, resultText, typeOf, type Message } from './messages.js';

describe('an error that nobody waits for', function () {
  this.timeout(60_000);
  const kernel = kernelForTests();

  /** The error message of a cell, whenever it comes. */
  const errorOf = (id: string): Promise<Message> =>
    kernel().waitFor((m) => m.parent_header.msg_id === id && typeOf(m) === 'error', 5);

  beforeEach(() => kernel().execute("var kept = 'kept';"));
  afterEach(async () => {
    expect(resultText((await kernel().execute('kept')).outputs)).to.equal("'kept'");
  });

  it('is the error of the cell that caused it, while that cell runs', async () => {
    const { reply, outputs } = await kernel().execute(
      "void Promise.reject(new Error('lost'));\nawait new Promise((resolve) => setTimeout(resolve, 100));",
    );
    expect(reply).to.include({ status: 'error', ename: 'Error', evalue: 'lost' });
    expect(outputsOfType(outputs, 'error')).to.have.lengthOf(1);
    expect(plainTraceback(reply)).to.include(`Cell [${reply.execution_count}], line 1, column`);
  });

  it('is shown below the cell that caused it, when that cell has ended', async () => {
    const { id, reply } = await kernel().execute(
      "setTimeout(() => {\n  void Promise.reject(new RangeError('late'));\n}, 100);",
    );
    expect(reply.status).to.equal('ok');
    const { content } = await errorOf(id);
    expect([content.ename, content.evalue]).to.deep.equal(['RangeError', 'late']);
    expect(plainTraceback(content)).to.include(`Cell [${reply.execution_count}], line 2, column`);
  });

  it('does not become the error of another cell that runs by then', async () => {
    const { id } = await kernel().execute(
      "setTimeout(() => void Promise.reject(new Error('of the first')), 150);",
    );
    const second = await kernel().execute(
      "await new Promise((resolve) => setTimeout(resolve, 500));\n'whole'",
    );
    expect(second.reply.status).to.equal('ok');
    expect(second.outputs.map(typeOf)).to.deep.equal(['execute_result']);
    expect((await errorOf(id)).content.evalue).to.equal('of the first');
  });

  it('thrown in a timer’s callback does not either, whatever ran last', async () => {
    for (const between of [
      "'plain'",
      'await new Promise((resolve) => setTimeout(resolve, 400));',
    ]) {
      const { id } = await kernel().execute(
        "setTimeout(() => {\n  throw new Error('of the timer');\n}, 200);",
      );
      const second = await kernel().execute(between);
      expect(second.reply.status).to.equal('ok');
      expect((await errorOf(id)).content.evalue).to.equal('of the timer');
    }
  });

  it('may be thrown in a timer’s callback', async () => {
    const { id } = await kernel().execute(
      "setTimeout(() => {\n  throw new Error('in a timer');\n}, 50);",
    );
    const { content } = await errorOf(id);
    expect(content.evalue).to.equal('in a timer');
    expect(plainTraceback(content)).not.to.match(/node:internal|dist\/kernel/);
  });

  it('may be thrown in a timer’s callback while the cell waits', async () => {
    const { reply } = await kernel().execute(
      "setTimeout(() => {\n  throw new Error('meanwhile');\n}, 50);\n" +
        'await new Promise((resolve) => setTimeout(resolve, 300));',
    );
    expect(reply).to.include({ status: 'error', evalue: 'meanwhile' });
  });

  it('may be an error event without a listener', async () => {
    const { id } = await kernel().execute(
      "import { EventEmitter } from 'node:events';\n" +
        "setTimeout(() => void new EventEmitter().emit('error', new Error('an event')), 50);",
    );
    expect((await errorOf(id)).content.evalue).to.equal('an event');
  });

  it('is no error where it is caught a moment later', async () => {
    const { reply, outputs } = await kernel().execute(
      "const promise = Promise.reject(new Error('caught'));\n" +
        "await promise.catch(() => undefined);\n'fine'",
    );
    expect(reply.status).to.equal('ok');
    expect(resultText(outputs)).to.equal("'fine'");
  });
});
