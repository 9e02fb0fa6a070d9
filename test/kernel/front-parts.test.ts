import { expect } from 'chai';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { explainEnd, explainFailedStart } from '../../src/kernel/session-end.js';
import { jsonReader } from '../../src/kernel/lines.js';
import { createHistory } from '../../src/kernel/history.js';
import { createPublisher } from '../../src/kernel/iopub.js';
import { addressOf, readConnection } from '../../src/kernel/connection.js';
import { executeRequest, historyRequest, readContent } from '../../src/kernel/requests.js';
import { createSigner, decode, encode } from '../../src/kernel/wire.js';
import { randomStream } from '../../src/numerics/random.js';
import { temporaryFolder } from '../notebooks/temporary-folder.js';

const buffers = (frames: readonly (Buffer | string)[]) => frames.map((frame) => Buffer.from(frame));

describe('a message on the wire', () => {
  const frames = () =>
    buffers(encode(createSigner('k'), 'a_request', { x: 'ü' }, undefined, ['id']));

  it('is read as it was written, and once only', () => {
    const signer = createSigner('k');
    const message = decode(frames(), signer);
    expect(message).to.deep.include({ content: { x: 'ü' }, identities: [Buffer.from('id')] });
    const same = frames();
    expect(decode(same, signer)).to.be.an('object');
    expect(decode(same, signer)).to.equal('replayed');
  });

  it('is refused with another key, without a signature, or cut short', () => {
    expect(decode(frames(), createSigner('other'))).to.equal('signature');
    const unsigned = frames().map((frame, k) => (k === 2 ? Buffer.alloc(0) : frame));
    expect(decode(unsigned, createSigner('k'))).to.equal('signature');
    for (let length = 0; length < frames().length; length++) {
      expect(decode(frames().slice(0, length), createSigner('k'))).to.equal('malformed');
    }
  });

  it('needs no signature where the key is empty, but the fields of a header', () => {
    const parts = ['{"msg_id":"1","msg_type":"t","session":"s"}', '{}', '{}', '{}'];
    const read = (all: string[]) => decode(buffers(['<IDS|MSG>', '', ...all]), createSigner(''));
    expect(read(parts)).to.be.an('object');
    expect(read(['{"msg_id":1}', ...parts.slice(1)])).to.equal('malformed');
    expect(read([...parts.slice(0, 3), '[]'])).to.equal('malformed');
    expect(read([...parts.slice(0, 3), 'no JSON'])).to.equal('malformed');
  });
});

describe('what the front process publishes', () => {
  it('joins text that follows text, and keeps the order with other messages', () => {
    const sent: [string, object][] = [];
    const publish = createPublisher((_, type, content) => sent.push([type, content]));
    publish.stream(undefined, 'stdout', 'a');
    publish.stream(undefined, 'stdout', 'b');
    publish.stream(undefined, 'stderr', 'c');
    publish.message(undefined, 'display_data', {});
    publish.stream(undefined, 'stdout', 'd'.repeat(300_000));
    expect(sent.map(([type, content]) => [type, (content as { text?: string }).text?.length]))
      .to //
      .deep.equal([
        ['stream', 2],
        ['stream', 1],
        ['display_data', undefined],
        ['stream', 300_000],
      ]);
    publish.flush();
    expect(sent).to.have.lengthOf(4);
  });
});

describe('the history of a session', () => {
  const pieces = ['a', 'b', '*', '?'];

  it('finds cells by patterns as a regular expression does', () => {
    const stream = randomStream('history');
    const text = (from: number) =>
      Array.from({ length: stream.integer(7) }, () => pieces[stream.integer(from)]).join('');
    for (let k = 0; k < 3000; k++) {
      const [source, pattern] = [text(2), text(4)];
      const history = createHistory();
      history.add(1, source);
      const asked = historyRequest.parse({ hist_access_type: 'search', pattern });
      const expression = pattern.replaceAll('*', '.*').replaceAll('?', '.');
      const expected = new RegExp(`^${expression}$`).test(source) ? 1 : 0;
      expect(history.rows(asked), `${pattern} in ${source}`).to.have.lengthOf(expected);
    }
  });

  it('gives the last cells, a range, and results with them', () => {
    const history = createHistory();
    for (const line of [1, 2, 3]) history.add(line, `cell ${line}`);
    history.result('3');
    const rows = (asked: object) => history.rows(historyRequest.parse(asked));
    expect(rows({ hist_access_type: 'tail', n: 1, output: true })).to.deep.equal([
      [1, 3, ['cell 3', '3']],
    ]);
    expect(rows({ hist_access_type: 'tail', n: 0 })).to.deep.equal([]);
    const range = { hist_access_type: 'range', start: 1, stop: 3 };
    expect(rows(range).map(([, line]) => line)).to.deep.equal([1, 2]);
    expect(rows({ ...range, session: -1 })).to.deep.equal([]);
  });
});

describe('lines from a pipe', () => {
  it('are the same wherever the bytes are cut, within a character too', () => {
    const lines = [{ text: 'α€😀' }, { text: 'a\nb' }, { text: '' }];
    const bytes = Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    for (let size = 1; size <= bytes.length; size++) {
      const read: unknown[] = [];
      const take = jsonReader((line) => read.push(line));
      for (let at = 0; at < bytes.length; at += size) take(bytes.subarray(at, at + size));
      expect(read).to.deep.equal(lines);
    }
  });
});

describe('the end of a session', () => {
  const ends: [string, Parameters<typeof explainEnd>, RegExp][] = [
    ['an exit', [3, null, ''], /process\.exit\(3\)/],
    ['a signal', [null, 'SIGTERM', ''], /ended by SIGTERM/],
    ['being killed', [null, 'SIGKILL', ''], /was killed \(SIGKILL\)/],
    [
      'a full heap',
      [null, 'SIGABRT', 'FATAL ERROR: JavaScript heap out of memory'],
      /out of memory/,
    ],
    ['another fatal error', [null, 'SIGABRT', 'FATAL ERROR: v8 broke'], /fatal error: v8 broke/],
    ['no start', [null, null, 'it could not be started'], /could not be started/],
  ];
  it('before it could run a cell is told as what it is', () => {
    expect(explainFailedStart(1, null).evalue).to.match(
      /did not start: it ended with exit code 1;/,
    );
    expect(explainFailedStart(null, 'SIGILL').evalue).to.match(
      /did not start: it was ended by SIGILL/,
    );
  });

  for (const [what, given, evalue] of ends) {
    it(`by ${what} is told in words`, () => {
      expect(explainEnd(...given).evalue)
        .to.match(evalue)
        .and.match(/variables are gone/);
    });
  }
});

describe('a connection file', () => {
  const folder = temporaryFolder('connection-');
  after(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'kernel.json');
  const ports = { shell_port: 1, iopub_port: 2, stdin_port: 3, control_port: 4, hb_port: 5 };
  const read = (content: unknown) => {
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return readConnection(path);
  };

  it('names the sockets of either transport', () => {
    const tcp = read({ ip: '127.0.0.1', key: 'k', ...ports });
    expect(addressOf(tcp, 'shell')).to.equal('tcp://127.0.0.1:1');
    const ipc = read({ transport: 'ipc', ip: '/tmp/k', ...ports });
    expect(addressOf(ipc, 'hb')).to.equal('ipc:///tmp/k-5');
    expect(ipc.key).to.equal('');
  });

  const wrong: [string, unknown, RegExp][] = [
    ['no JSON', '{', /kernel\.json cannot be read: /],
    ['no address', ports, /kernel\.json is wrong at 'ip': /],
    ['a port out of range', { ip: 'x', ...ports, hb_port: 70_000 }, /is wrong at 'hb_port': /],
    [
      'another way to sign',
      { ip: 'x', ...ports, signature_scheme: 'hmac-md5' },
      /asks for hmac-md5;/,
    ],
  ];
  for (const [what, content, message] of wrong) {
    it(`with ${what} is refused in a sentence`, () => {
      expect(() => read(content)).to.throw(message);
    });
  }
  it('that is not there is refused in a sentence', () => {
    expect(() => readConnection(join(folder, 'none.json'))).to.throw(/none\.json cannot be read: /);
  });
});

describe('a request', () => {
  it('has what the protocol says where a field is missing', () => {
    expect(readContent(executeRequest, 'execute_request', { code: '1' })).to.deep.equal({
      content: {
        code: '1',
        silent: false,
        store_history: true,
        allow_stdin: true,
        stop_on_error: true,
      },
    });
  });

  it('with a wrong field is refused in a sentence that names it', () => {
    const faultOf = (content: unknown) => readContent(executeRequest, 'execute_request', content);
    expect(faultOf({ code: 1 }))
      .to.have.property('fault')
      .that.matches(/^The execute_request is wrong at 'code': /);
    expect(faultOf(null))
      .to.have.property('fault')
      .that.matches(/ is wrong at its content: /);
  });
});
