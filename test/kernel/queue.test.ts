import { expect } from 'chai';
import { kernelForTests } from './kernel-for-tests.js';
import { outputsOfType, resultText, streamText, typeOf } from './messages.js';

describe('cells that wait for each other', function () {
  this.timeout(60_000);
  const kernel = kernelForTests();

  it('run one after another, in the order in which they came', async () => {
    await kernel().execute('var order: number[] = [];');
    const cells = Array.from({ length: 30 }, (_, i) =>
      kernel().submit(
        `await new Promise((resolve) => setTimeout(resolve, ${i % 3}));\norder.push(${i});`,
      ),
    );
    const replies = await Promise.all(cells.map(({ done }) => done));
    expect(replies.every(({ reply }) => reply.status === 'ok')).to.equal(true);
    expect(resultText((await kernel().execute("order.join(' ')")).outputs)).to.equal(
      `'${Array.from({ length: 30 }, (_, i) => i).join(' ')}'`,
    );
    const first = replies[0].reply.execution_count!;
    expect(replies.map(({ reply }) => reply.execution_count! - first)).to.deep.equal(
      Array.from({ length: 30 }, (_, i) => i),
    );
  });

  it('are aborted without a number when the one before fails, and later ones run', async () => {
    const slow = 'await new Promise((resolve) => setTimeout(resolve, 200));\n';
    const failing = kernel().submit(`${slow}throw new Error('stop');`);
    const queued = [1, 2].map((n) => kernel().submit(`console.log('must not run ${n}');`));
    expect((await failing.done).reply.status).to.equal('error');
    for (const { id, done } of queued) {
      expect((await done).reply).to.deep.equal({ status: 'aborted' });
      const own = kernel().messages.filter((m) => m.parent_header.msg_id === id);
      expect(streamText(own)).to.equal('');
    }
    const later = await kernel().execute("console.log('runs');");
    expect(later.reply.status).to.equal('ok');
    expect(streamText(later.outputs)).to.equal('runs\n');
  });

  it('run at once after an error, when they are sent on its reply', async () => {
    for (let round = 0; round < 5; round++) {
      const { reply } = await kernel().execute("throw new Error('x');");
      expect(reply.status).to.equal('error');
      expect((await kernel().execute('6 * 7')).reply.status).to.equal('ok');
    }
  });

  it('are not aborted when the one before says stop_on_error: false', async () => {
    const failing = kernel().submit("await null;\nthrow new Error('go on');", {
      stop_on_error: false,
    });
    const queued = kernel().submit("console.log('runs');");
    expect((await failing.done).reply.status).to.equal('error');
    const { reply, outputs } = await queued.done;
    expect(reply.status).to.equal('ok');
    expect(streamText(outputs)).to.equal('runs\n');
  });

  it('are aborted when the one before has wrong types or is interrupted', async () => {
    const wrong = kernel().submit("const n: number = 'x';");
    const behind = kernel().submit('1');
    expect((await wrong.done).reply.status).to.equal('error');
    expect((await behind.done).reply.status).to.equal('aborted');

    const endless = kernel().submit("console.log('begun');\nfor (;;);");
    const waiting = kernel().submit('2');
    await kernel().waitFor(
      (m) => m.parent_header.msg_id === endless.id && m.content.text === 'begun\n',
    );
    await kernel().interrupt();
    expect((await endless.done).reply.ename).to.equal('Interrupted');
    expect((await waiting.done).reply.status).to.equal('aborted');
  });
});

describe('the fields of an execute request', function () {
  this.timeout(60_000);
  const kernel = kernelForTests();

  it('count the cells, failing ones included, and say the number everywhere', async () => {
    const counts: number[] = [];
    for (const code of ['1', "throw new Error('x');", "const n: number = 'x';", "'last'"]) {
      const { id, reply, outputs } = await kernel().execute(code);
      counts.push(reply.execution_count!);
      const input = kernel().messages.find(
        (m) => m.parent_header.msg_id === id && typeOf(m) === 'execute_input',
      )!;
      expect(input.content).to.include({ code, execution_count: reply.execution_count });
      for (const result of outputsOfType(outputs, 'execute_result')) {
        expect(result.content.execution_count).to.equal(reply.execution_count);
      }
    }
    expect(counts).to.deep.equal([1, 2, 3, 4]);
  });

  it('silent: runs without input, result or a number', async () => {
    const { execution_count: before } = (await kernel().execute('0')).reply;
    const { id, reply, outputs } = await kernel().execute('var quiet = 5;\nquiet', {
      silent: true,
    });
    expect(reply.status).to.equal('ok');
    expect(outputs).to.deep.equal([]);
    const types = kernel()
      .messages.filter((m) => m.parent_header.msg_id === id && m.channel === 'iopub')
      .map(typeOf);
    expect(new Set(types)).to.deep.equal(new Set(['status']));
    const after = await kernel().execute('quiet');
    expect(after.reply.execution_count).to.equal(before! + 1);
    expect(resultText(after.outputs)).to.equal('5');
  });

  it('store_history: false leaves the number and the history as they are', async () => {
    const { execution_count: before } = (await kernel().execute("'kept cell'")).reply;
    const unkept = await kernel().execute("'unkept cell'", { store_history: false });
    expect(resultText(unkept.outputs)).to.equal("'unkept cell'");
    const { content } = await kernel().request('shell', 'history_request', {
      output: false,
      raw: true,
      hist_access_type: 'tail',
      n: 2,
    });
    const sources = (content.history as [number, number, string][]).map(([, , source]) => source);
    expect(sources.at(-1)).to.equal("'kept cell'");
    expect((await kernel().execute('0')).reply.execution_count).to.equal(before! + 1);
  });

  it('user_expressions: come back as values or as errors, each by itself', async () => {
    const { reply, outputs } = await kernel().execute("const base = 20;\nvar word = 'w';", {
      user_expressions: {
        sum: 'base + 2',
        text: 'word',
        missing: 'nowhere.value',
        thrown: "(() => { throw new RangeError('inside'); })()",
        wrong: '1 +',
      },
    });
    expect(outputs).to.deep.equal([]);
    const { sum, text, missing, thrown, wrong } = reply.user_expressions!;
    expect(sum).to.deep.include({ status: 'ok', data: { 'text/plain': '22' } });
    expect(text).to.deep.include({ status: 'ok', data: { 'text/plain': "'w'" } });
    expect(thrown).to.include({ status: 'error', ename: 'RangeError', evalue: 'inside' });
    for (const one of [missing, thrown, wrong]) {
      expect(one.status).to.equal('error');
      expect(one.ename).to.be.a('string').that.is.not.empty;
      expect(one.evalue).to.be.a('string').that.is.not.empty;
      expect(one.traceback).to.be.an('array');
    }
  });

  it('user_expressions: do not count as cells', async () => {
    const a = await kernel().execute('1', { user_expressions: { one: '1' } });
    const b = await kernel().execute('2');
    expect(b.reply.execution_count).to.equal(a.reply.execution_count! + 1);
  });

  it('a reply has all fields of its status', async () => {
    const ok = (await kernel().execute('1')).reply;
    expect(ok).to.include.all.keys('status', 'execution_count', 'user_expressions', 'payload');
    expect(ok.payload).to.deep.equal([]);
    const error = (await kernel().execute("throw new Error('x');")).reply;
    expect(error).to.include.all.keys('status', 'execution_count', 'ename', 'evalue', 'traceback');
    expect(error.traceback!.length).to.be.above(0);
  });
});
