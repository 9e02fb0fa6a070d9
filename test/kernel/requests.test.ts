import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { kernelForTests } from './kernel-for-tests.js';
import { resultText, streamText, typeOf, type Content } from './messages.js';

describe('what a client may ask', function () {
  this.timeout(60_000);
  const kernel = kernelForTests();

  const ask = async (type: string, content: object): Promise<Content> => {
    const { header, content: answer } = await kernel().request('shell', `${type}_request`, content);
    expect(header.msg_type).to.equal(`${type}_reply`);
    return answer;
  };

  it('who the kernel is, on shell and on control', async () => {
    for (const channel of ['shell', 'control'] as const) {
      const { content } = await kernel().request(channel, 'kernel_info_request', {});
      expect(content).to.include({ status: 'ok', implementation: 'afterfit' });
      const [major, minor] = (content.protocol_version as string).split('.').map(Number);
      expect([major, minor >= 4]).to.deep.equal([5, true]);
      expect(content.implementation_version).to.match(/^\d+\.\d+/);
      expect(content.banner).to.be.a('string').that.is.not.empty;
      expect(content.help_links).to.be.an('array');
      expect(content.language_info).to.include({
        name: 'typescript',
        file_extension: '.ts',
        nbconvert_exporter: 'script',
      });
      const { mimetype, version } = content.language_info as Record<string, string>;
      expect(mimetype).to.match(/typescript/);
      expect(version).to.match(/^\d+\.\d+/);
    }
  });

  it('each request is framed by busy and idle with the request as parent', async () => {
    const { parent_header: parent } = await kernel().request('shell', 'comm_info_request', {});
    const isOwn = (id?: string) => id === parent.msg_id;
    await kernel().waitFor(
      (m) => isOwn(m.parent_header.msg_id) && m.content.execution_state === 'idle',
    );
    const states = kernel()
      .messages.filter((m) => isOwn(m.parent_header.msg_id) && typeOf(m) === 'status')
      .map(({ content }) => content.execution_state);
    expect(states).to.deep.equal(['busy', 'idle']);
  });

  const samples: [string, string[]][] = [
    ['complete', ['1 + 1', 'const a = 1;', 'function f() {\n  return 1;\n}', '// only this', '']],
    ['incomplete', ['function f() {', 'const a = [1,', '`a template', 'f(', '/* a comment', '1 +']],
    ['invalid', ['const = 3;', 'a b c', ')', "'not closed", 'let let = 1 1;']],
  ];
  for (const [status, codes] of samples) {
    for (const code of codes) {
      it(`whether a cell is whole: ${JSON.stringify(code)} is ${status}`, async () => {
        const answer = await ask('is_complete', { code });
        expect(answer.status).to.equal(status);
        if (status === 'incomplete') expect(answer.indent).to.be.a('string');
      });
    }
  }

  it('how far to indent the next line', async () => {
    expect(await ask('is_complete', { code: 'function f() {' })).to.include({ indent: '  ' });
    const deeper = await ask('is_complete', { code: 'function f() {\n  if (1) {' });
    expect(deeper.indent).to.equal('    ');
  });

  it('completions, which replace the word in front of the cursor', async () => {
    await kernel().execute('const alphabet = 26;\nconst alphanumeric = 36;');
    const code = 'const x = 1; alpha + x';
    const answer = await ask('complete', { code, cursor_pos: code.indexOf(' + x') });
    expect(answer.matches).to.include.members(['alphabet', 'alphanumeric']);
    expect(code.slice(answer.cursor_start as number, answer.cursor_end as number)).to.equal(
      'alpha',
    );
    expect(answer.metadata).to.be.an('object');
    expect(answer.status).to.equal('ok');
  });

  it('completions behind characters of two code units, counted as the protocol counts', async () => {
    const code = "const smile = '😀😀'; Math.hyp";
    const points = [...code].length;
    const answer = await ask('complete', { code, cursor_pos: points });
    expect(answer).to.deep.include({
      matches: ['hypot'],
      cursor_start: points - 3,
      cursor_end: points,
    });
  });

  it('completions of members and of modules', async () => {
    const member = await ask('complete', { code: "'text'.toUpp", cursor_pos: 12 });
    expect(member.matches).to.deep.equal(['toUpperCase']);
    const none = await ask('complete', { code: 'zzzNothingZzz', cursor_pos: 13 });
    expect(none).to.deep.include({ status: 'ok', matches: [] });
  });

  it('what a name is, with its type and its comment', async () => {
    await kernel().execute(
      '/** Twice the number. */\nfunction twice(x: number): number {\n  return 2 * x;\n}',
    );
    for (const detail_level of [0, 1]) {
      const answer = await ask('inspect', { code: 'twice(1)', cursor_pos: 3, detail_level });
      expect(answer).to.include({ status: 'ok', found: true });
      const text = answer.data!['text/plain'] as string;
      expect(text).to.include('twice(x: number): number').and.include('Twice the number.');
    }
    const none = await ask('inspect', { code: 'nowhere', cursor_pos: 3, detail_level: 0 });
    expect(none).to.deep.include({ status: 'ok', found: false, data: {} });
  });

  it('what a name is, in the pager', async () => {
    await kernel().execute('const paged: Map<string, number> = new Map();');
    const { reply, outputs } = await kernel().execute('paged?');
    expect(outputs).to.deep.equal([]);
    expect(reply.payload).to.have.lengthOf(1);
    expect(reply.payload![0].source).to.equal('page');
    expect(reply.payload![0].data!['text/plain']).to.include('Map<string, number>');
  });

  it('what a function of a cell is made of, in the pager, with two question marks', async () => {
    await kernel().execute('const thrice = (x: number): number => 3 * x;');
    const once = await kernel().execute('thrice?');
    const twice = await kernel().execute('thrice??');
    const [short, long] = [once, twice].map(({ reply }) => reply.payload![0].data!['text/plain']);
    expect(short).not.to.include('=> 3 * x');
    expect(long).to.include(short).and.include('(x) => 3 * x');
    const { reply } = await kernel().execute('nowhere??');
    expect(reply).to.include({ status: 'error', evalue: 'Nothing is known of nowhere.' });
  });

  it('which commands there are, and which not', async () => {
    const { outputs } = await kernel().execute('%help');
    for (const command of ['%reload', '%status', '%help', 'name?']) {
      expect(streamText(outputs)).to.include(`\n  ${command} `);
    }
    const { reply } = await kernel().execute('%nothing at all');
    expect(reply.evalue).to.equal('There is no command %nothing; %help lists what there is.');
  });

  it('how the kernel fares', async () => {
    const { outputs } = await kernel().execute('%status');
    expect(outputs.map(typeOf)).to.deep.equal(['execute_result']);
    expect(resultText(outputs)).to.be.a('string').that.is.not.empty;
    const status = outputs[0].content.data!['application/json'] as Record<string, unknown>;
    expect(status.kernel).to.equal('afterfit');
    expect(status.node).to.include(process.versions.node);
    for (const field of ['uptimeSeconds', 'cells', 'memoryMB']) {
      expect(status[field], field).to.be.a('number').that.is.at.least(0);
    }
    expect(status.typescript).to.match(/^\d+\.\d+/);
    expect(status.dropped).to.have.all.keys('signature', 'malformed', 'replayed');
  });

  it('which comms are open, of which there are none', async () => {
    for (const content of [{}, { target_name: 'some.target' }]) {
      expect(await ask('comm_info', content)).to.deep.include({ status: 'ok', comms: {} });
    }
  });

  it('a comm with a target that is not there, which is closed at once', async () => {
    const comm_id = randomUUID();
    kernel().send('shell', 'comm_open', { comm_id, target_name: 'no.such.target', data: {} });
    const closed = await kernel().waitFor(
      (m) => typeOf(m) === 'comm_close' && m.content.comm_id === comm_id,
    );
    expect(closed.channel).to.equal('iopub');
  });

  it('what it has never heard of, without an answer and without harm', async () => {
    for (const channel of ['shell', 'control', 'stdin'] as const) {
      kernel().send(channel, 'no_such_request', { any: 'thing' });
    }
    expect(resultText((await kernel().execute('6 * 7')).outputs)).to.equal('42');
  });
});

describe('the history', function () {
  this.timeout(60_000);
  const kernel = kernelForTests();
  const CODES = ["'apple'", "'pear'", "'apple pie'", "'plum'"];

  type Row = [number, number, string | [string, string | null]];
  const ask = async (content: object): Promise<Row[]> => {
    const full = { output: false, raw: true, ...content };
    const reply = await kernel().request('shell', 'history_request', full);
    expect(reply.content.status).to.equal('ok');
    return reply.content.history as Row[];
  };

  before(async () => {
    for (const code of CODES) await kernel().execute(code);
  });

  it('gives the last cells', async () => {
    const rows = await ask({ hist_access_type: 'tail', n: 2 });
    expect(rows.map(([, , source]) => source)).to.deep.equal(CODES.slice(2));
    expect(rows.map(([, line]) => line)).to.deep.equal([3, 4]);
  });

  it('gives the last cells with what they showed', async () => {
    const rows = await ask({ hist_access_type: 'tail', n: 1, output: true });
    expect(rows[0][2]).to.deep.equal(["'plum'", "'plum'"]);
  });

  it('gives a range of cells, its end left out', async () => {
    const rows = await ask({ hist_access_type: 'range', session: 0, start: 2, stop: 4 });
    expect(rows.map(([, , source]) => source)).to.deep.equal(CODES.slice(1, 3));
  });

  it('is searched by a pattern', async () => {
    const rows = await ask({ hist_access_type: 'search', pattern: "'apple*", n: 10 });
    expect(rows.map(([, , source]) => source)).to.deep.equal(["'apple'", "'apple pie'"]);
    const exact = await ask({ hist_access_type: 'search', pattern: "'p?um'" });
    expect(exact.map(([, , source]) => source)).to.deep.equal(["'plum'"]);
    expect(await ask({ hist_access_type: 'search', pattern: 'cherry' })).to.deep.equal([]);
  });

  it('names equal cells once where it is asked to', async () => {
    await kernel().execute(CODES[0]);
    const all = await ask({ hist_access_type: 'search', pattern: "'apple'", n: 9 });
    expect(all).to.have.lengthOf(2);
    const once = await ask({ hist_access_type: 'search', pattern: "'apple'", n: 9, unique: true });
    expect(once).to.have.lengthOf(1);
  });
});
