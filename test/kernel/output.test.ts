import { expect } from 'chai';
import { kernelForTests } from './kernel-for-tests.js';
import { outputsOfType, streamText, typeOf, type Message } from './messages.js';

describe('what cells print', function () {
  this.timeout(60_000);
  const kernel = kernelForTests();

  /** Stream texts joined as long as the name stays the same: what a notebook shows. */
  function joined(outputs: readonly Message[]): string[] {
    const parts: { name: string; text: string }[] = [];
    for (const { content } of outputs) {
      const name = content.name ?? 'display';
      const text = content.text ?? String(content.data?.['text/plain']);
      const last = parts.at(-1);
      if (last?.name === name && name !== 'display') last.text += text;
      else parts.push({ name, text });
    }
    return parts.map(({ name, text }) => `${name}: ${text}`);
  }

  it('arrives whole, in order and in few messages when a loop prints 100,000 lines', async () => {
    const count = 100_000;
    const { reply, outputs } = await kernel().execute(
      `for (let i = 0; i < ${count}; i++) console.log('line ' + i);`,
    );
    expect(reply.status).to.equal('ok');
    const expected = Array.from({ length: count }, (_, i) => `line ${i}\n`).join('');
    // Not chai's comparison, which would print both.
    expect(streamText(outputs) === expected, 'all lines, in order').to.equal(true);
    expect(outputs.length).to.be.below(count / 50);
  });

  it('keeps every character whole wherever messages are cut', async () => {
    const { outputs } = await kernel().execute(
      `for (let i = 0; i < 20000; i++) process.stdout.write('ä€😀'.repeat(i % 7) + i);`,
    );
    const pieces = Array.from({ length: 20_000 }, (_, i) => `${'ä€😀'.repeat(i % 7)}${i}`);
    expect(streamText(outputs) === pieces.join('')).to.equal(true);
  });

  it('may be one line of five million characters', async () => {
    const { outputs } = await kernel().execute("console.log('x'.repeat(5_000_000));");
    expect(streamText(outputs)).to.have.lengthOf(5_000_001);
  });

  it('keeps a display between the lines before and after it', async () => {
    const { outputs } = await kernel().execute(
      "import { display } from 'tslab';\n" +
        "console.log('before');\ndisplay.text('shown');\nconsole.log('after');\n'result'",
    );
    expect(joined(outputs)).to.deep.equal([
      'stdout: before\n',
      'display: shown',
      'stdout: after\n',
      "display: 'result'",
    ]);
    expect(typeOf(outputs.at(-1)!)).to.equal('execute_result');
  });

  it('keeps the order between standard output and standard error', async () => {
    const { outputs } = await kernel().execute(
      'for (let i = 0; i < 20; i++) {\n  console.log(`out ${i}`);\n  console.error(`err ${i}`);\n}',
    );
    const expected = Array.from({ length: 20 }, (_, i) => [
      `stdout: out ${i}\n`,
      `stderr: err ${i}\n`,
    ]).flat();
    expect(joined(outputs)).to.deep.equal(expected);
  });

  it('is printed by every way of printing', async () => {
    const { outputs } = await kernel().execute(
      "console.info('info');\nconsole.debug('debug');\nconsole.table([[1]]);\nconsole.log('%d', 7);\n" +
        "console.warn('warn');\nprocess.stderr.write('raw');\nprocess.stdout.write('raw');",
    );
    expect(streamText(outputs)).to.match(/^info\ndebug\n[^]*\n7\nraw$/);
    expect(streamText(outputs, 'stderr')).to.equal('warn\nraw');
  });

  it('arrives while the cell is still at work', async () => {
    const { done } = kernel().submit(
      "console.log('early');\nfor (const end = Date.now() + 2000; Date.now() < end; );\nconsole.log('late');",
    );
    const { outputs } = await done;
    const [early, late] = outputs;
    expect(early.content.text).to.equal('early\n');
    expect(late.content.text).to.equal('late\n');
    expect(late.time - early.time).to.be.above(1800);
  });

  it('goes to the cell that made a timer, when the timer prints during a later cell', async () => {
    const first = await kernel().execute("setTimeout(() => console.log('from the timer'), 300);");
    const second = await kernel().execute(
      "await new Promise((resolve) => setTimeout(resolve, 600));\nconsole.log('from the cell');",
    );
    const late = await kernel().waitFor((m) => m.content.text === 'from the timer\n');
    expect(late.parent_header.msg_id).to.equal(first.id);
    expect(streamText(second.outputs)).to.equal('from the cell\n');
  });

  it('goes to the cell that made a timer, when the timer prints while nothing runs', async () => {
    const { id } = await kernel().execute("setTimeout(() => console.log('alone'), 200);");
    const late = await kernel().waitFor((m) => m.content.text === 'alone\n');
    expect(late.parent_header.msg_id).to.equal(id);
  });

  it('goes to the right cell when timers of two cells print by turns', async () => {
    const ticking = (name: string) =>
      `{ let n = 0; const timer = setInterval(() => { console.log('${name}', n++); if (n === 20) clearInterval(timer); }, 10); }`;
    const a = await kernel().execute(ticking('a'));
    const b = await kernel().execute(ticking('b'));
    await kernel().waitFor((m) => (m.content.text ?? '').includes('b 19'));
    const lines = (name: string) => Array.from({ length: 20 }, (_, n) => `${name} ${n}\n`).join('');
    for (const [{ id }, name] of [[a, 'a'] as const, [b, 'b'] as const]) {
      const own = kernel().messages.filter((m) => m.parent_header.msg_id === id);
      expect(streamText(own)).to.equal(lines(name));
    }
  });

  it('is cleared by console.clear', async () => {
    const { outputs } = await kernel().execute(
      "console.log('one');\nconsole.clear();\nconsole.log('two');",
    );
    expect(outputs.map(typeOf)).to.deep.equal(['stream', 'clear_output', 'stream']);
    expect(outputsOfType(outputs, 'clear_output')[0].content.wait).to.be.a('boolean');
  });
});
