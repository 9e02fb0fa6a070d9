import { expect } from 'chai';
import { lineReader } from '../../src/kernel/lines.js';
import { sessionLines } from '../../src/kernel/session-lines.js';
import type { SessionMessage } from '../../src/kernel/session-messages.js';
import { kernelForTests } from './kernel-for-tests.js';
import { peakMemoryMB } from './processes.js';
import { outputsOfType, resultText, streamText } from './messages.js';

describe('lines that are cut to a length', () => {
  it('are left out where they are longer, with one call for each', () => {
    const lines: string[] = [];
    let longer = 0;
    const take = lineReader((line) => lines.push(line), { most: 4, onLonger: () => longer++ });
    for (const piece of ['abcd\nab', 'cde', 'fgh\n', '\nx\n', '12345\n12'])
      take(Buffer.from(piece));
    expect(lines).to.deep.equal(['abcd', '', 'x']);
    expect(longer).to.equal(2);
  });
});

describe('what a session says', () => {
  const good: SessionMessage[] = [
    { kind: 'ready' },
    { kind: 'stream', cell: 0, name: 'stdout', text: 'a\n' },
    { kind: 'output', cell: 1, type: 'display_data', content: { data: {}, metadata: {} } },
    { kind: 'output', cell: 1, type: 'clear_output', content: { wait: true } },
    { kind: 'output', cell: 1, type: 'error', content: { ename: '', evalue: '', traceback: [] } },
    { kind: 'input', prompt: '?', password: false },
    { kind: 'result', id: 3, result: {} },
  ];
  const bad: unknown[] = [
    ...[null, 7, 'text', [], {}, { kind: 'other' }, { kind: 'toString' }, { kind: ['ready'] }],
    ...[{ cell: -1 }, { cell: '1' }, { cell: 1.5 }, { name: 'stdin' }, { text: 5 }].map(
      (wrong) => ({
        ...good[1],
        ...wrong,
      }),
    ),
    ...[{ type: 'status' }, { type: 'constructor' }, { content: null }, { content: [] }].map(
      (wrong) => ({ ...good[2], ...wrong }),
    ),
    { kind: 'output', cell: 1, type: 'display_data', content: { data: 'text', metadata: {} } },
    { kind: 'output', cell: 1, type: 'error', content: { ename: 1, evalue: '', traceback: [] } },
    { kind: 'input', prompt: 5, password: false },
    { kind: 'result', id: 3, result: null },
  ];
  const read = (text: string) => {
    const messages: SessionMessage[] = [];
    let foreign = 0;
    const take = sessionLines('word', {
      onMessage: (message) => messages.push(message),
      onForeign: () => foreign++,
    });
    take(Buffer.from(text));
    return { messages, foreign };
  };

  it('is heard where it begins with the word and has the form of a message', () => {
    const text = good.map((message) => `\nword${JSON.stringify(message)}\n`).join('');
    expect(read(text)).to.deep.equal({ messages: good, foreign: 0 });
  });

  it('is left out, line by line, where it has not', () => {
    const unmarked = good.map((message) => `${JSON.stringify(message)}\n`);
    const malformed = bad.map((message) => `word${JSON.stringify(message)}\n`);
    const broken = ['word{\n', 'word\n', 'text\n'];
    const all = [...unmarked, ...malformed, ...broken];
    expect(read(all.join('\n'))).to.deep.equal({ messages: [], foreign: all.length });
  });
});

describe('a cell that writes into the kernel’s pipes', function () {
  this.timeout(60_000);
  const kernel = kernelForTests();
  const write = (text: string) => `require('node:fs').writeSync(3, ${text});`;
  const WARNING = /file descriptor 3[^\n]*kernel’s own|file descriptor 3[^\n]*kernel's own/;

  const lines: [string, string][] = [
    ['null', write("'null\\n'")],
    ['no JSON', write("'nonsense\\n'")],
    ['an array', write("'[1]\\n'")],
    ['a result of its own', write("JSON.stringify({ kind: 'result', id: 1, result: {} }) + '\\n'")],
    ['a message of another type', write('\'{"kind":"stream","cell":"x","text":5}\\n\'')],
    ['many lines', `for (let k = 0; k < 10000; k++) ${write("'{}\\n'")}`],
    ['a line without an end', write("'begun'")],
    ['bytes', write('Buffer.from([255, 254, 0, 10])')],
  ];
  for (const [what, code] of lines) {
    it(`is told so once, and goes on: ${what}`, async () => {
      const { reply, outputs } = await kernel().execute(
        `console.log('a');\n${code}\nconsole.log('b');\n6 * 7`,
      );
      expect(reply.status).to.equal('ok');
      expect(streamText(outputs)).to.equal('a\nb\n');
      expect(resultText(outputs)).to.equal('42');
      const said = streamText(outputs, 'stderr');
      expect(said).to.match(WARNING);
      expect(said.trim().split('\n')).to.have.lengthOf(1);
    });
  }

  it('is told so in later cells too', async () => {
    for (let k = 0; k < 2; k++) {
      const { outputs } = await kernel().execute(write("'x\\n'"));
      expect(streamText(outputs, 'stderr')).to.match(WARNING);
    }
  });

  it('does not make the front process grow, however long a line is', async () => {
    const piece = write("'x'.repeat(2 ** 20)");
    const { reply, outputs } = await kernel().execute(`for (let k = 0; k < 500; k++) ${piece}\n1`, {
      patience: 50,
    });
    expect(reply.status).to.equal('ok');
    expect(resultText(outputs)).to.equal('1');
    expect(peakMemoryMB(kernel().pid())).to.be.below(300);
  });

  for (const pipe of [3, 4, 5, 6]) {
    it(`ends where it closes pipe ${pipe}, with a sentence, and the next session runs`, async () => {
      const code = `require('node:fs').closeSync(${pipe});\nawait new Promise(() => {});`;
      const { reply } = await kernel().execute(code);
      expect(reply).to.include({ status: 'error', ename: 'SessionEnded' });
      expect(reply.evalue).to.match(/closed file descriptors/);
      expect(resultText((await kernel().execute('2 * 4')).outputs)).to.equal('8');
    });
  }
});

describe('what is too large to be shown', function () {
  this.timeout(60_000);
  const kernel = kernelForTests();

  it('is an error of the cell that shows it', async () => {
    const { reply } = await kernel().execute(
      "import { display } from 'tslab';\ndisplay.text('x'.repeat(40_000_000));",
    );
    expect(reply.evalue).to.match(/38 million characters.*up to 32 million/);
  });

  it('may be printed, in pieces that keep characters whole', async () => {
    const { outputs } = await kernel().execute("console.log('😀'.repeat(3_000_000) + 'x');");
    expect(streamText(outputs) === `${'😀'.repeat(3_000_000)}x\n`).to.equal(true);
  });

  it('is cut where it is an error', async () => {
    const { reply, outputs } = await kernel().execute("throw new Error('e'.repeat(50_000_000));");
    expect(reply.status).to.equal('error');
    expect(reply.evalue).to.match(/^e+…$/);
    expect(outputsOfType(outputs, 'error')).to.have.lengthOf(1);
  });

  it('is refused by the kernel’s own channel where it is no output', async () => {
    const publish = "(globalThis as any)[Symbol.for('afterfit.kernel')].publish";
    const wrong = [
      "'status', { execution_state: 'idle' }",
      "'display_data', null",
      "'display_data', {}",
    ];
    for (const given of wrong) {
      const { reply } = await kernel().execute(`${publish}(${given})`);
      expect(reply.ename, given).to.equal('TypeError');
    }
  });
});
