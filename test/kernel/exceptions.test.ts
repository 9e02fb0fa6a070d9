import { expect } from 'chai';
import { kernelForTests } from './kernel-for-tests.js';
import { outputsOfType, plainTraceback, resultText } from './messages.js';

/** Places that belong to the kernel or to Node and mean nothing to the author of a cell. */
const INTERNALS = /node_modules\/tslab|node:vm|node:internal|dist\/kernel|dist\\kernel/;

describe('an exception in a cell', function () {
  this.timeout(60_000);
  const kernel = kernelForTests();

  async function failure(code: string) {
    const { reply, outputs } = await kernel().execute(code);
    expect(reply.status, JSON.stringify(reply)).to.equal('error');
    const errors = outputsOfType(outputs, 'error');
    expect(errors).to.have.lengthOf(1);
    for (const field of ['ename', 'evalue', 'traceback'] as const) {
      expect(errors[0].content[field]).to.deep.equal(reply[field]);
    }
    const trace = plainTraceback(reply);
    expect(trace).not.to.match(INTERNALS);
    return { ...reply, trace, outputs };
  }

  afterEach(async () => {
    expect(resultText((await kernel().execute('6 * 7')).outputs)).to.equal('42');
  });

  it('names every cell that it went through, with line and column', async () => {
    const a = await kernel().execute(
      'function inner(x: number): number {\n' +
        "  if (x > 1) throw new RangeError('too far');\n  return x;\n}",
    );
    const {
      ename,
      evalue,
      trace,
      execution_count: b,
    } = await failure(
      '// Calls the function of another cell.\n\nconst outer = (): number => {\n  return inner(2);\n};\n\nouter();',
    );
    expect([ename, evalue]).to.deep.equal(['RangeError', 'too far']);
    expect(trace).to.include(`Cell [${a.reply.execution_count}], line 2, column 20`);
    expect(trace).to.include(`Cell [${b}], line 4, column 10`);
    expect(trace).to.include(`Cell [${b}], line 7, column 1`);
    expect(trace.indexOf('line 2, column 20')).to.be.below(trace.indexOf('line 7, column 1'));
    expect(trace, 'an excerpt').to.include("throw new RangeError('too far')");
  });

  it('has its place right after types, generics and an await', async () => {
    const { trace, execution_count: count } = await failure(
      'interface Box<T> {\n  value: T;\n}\n\nenum Colour {\n  Red,\n}\n\n' +
        'const box: Box<Colour> = { value: Colour.Red };\n' +
        'await Promise.resolve(box);\n\n(box as any).gone.toString();',
    );
    expect(trace).to.include(`Cell [${count}], line 12, column`);
  });

  it('has its place right in an asynchronous function', async () => {
    const { trace, execution_count: count } = await failure(
      'async function late(): Promise<void> {\n  await null;\n' +
        "  throw new Error('after the await');\n}\nawait late();",
    );
    expect(trace).to.include(`Cell [${count}], line 3, column 9`);
    expect(trace).to.include(`Cell [${count}], line 5, column`);
  });

  it('has its place right in a loop at the top level', async () => {
    const { trace, execution_count: count } = await failure(
      "let sum = 0;\nfor (let i = 0; i < 10; i++) {\n  sum += i;\n  if (i === 5) throw new Error('at five');\n}",
    );
    expect(trace).to.include(`Cell [${count}], line 4, column 22`);
    expect(resultText((await kernel().execute('sum')).outputs)).to.equal('15');
  });

  it('has the name of its class, and tells what it carries', async () => {
    const { ename, trace } = await failure(
      "class Refused extends Error {\n  code = 'E_NO';\n  issues = [{ path: ['a'] }];\n  get broken(): never { throw this; }\n}\n" +
        "throw Object.defineProperty(new Refused('no'), 'spoilt', { get() { throw 1; }, enumerable: true });",
    );
    expect(ename).to.equal('Refused');
    expect(trace).to.include("code: 'E_NO'").and.to.include("issues: [ { path: [ 'a' ] } ]");
    expect(trace).to.include('spoilt: [Getter]').and.not.to.include('broken:');
  });

  it('tells where a library of Node threw', async () => {
    const {
      ename,
      evalue,
      trace,
      execution_count: count,
    } = await failure("import { readFileSync } from 'node:fs';\nreadFileSync('/no/such/file');");
    expect(ename).to.equal('Error');
    expect(evalue).to.include('ENOENT');
    expect(trace).to.include(`Cell [${count}], line 2, column`);
  });

  const things: [string, string][] = [
    ["'plain text'", 'plain text'],
    ['42', '42'],
    ['{ code: 7 }', '7'],
    ['null', 'null'],
    ['undefined', 'undefined'],
    ["Symbol('sign')", 'sign'],
    ['10n', '10'],
    ['Object.create(null)', ''],
    ["(() => 'a function')", ''],
  ];
  for (const [thrown, shown] of things) {
    it(`may be no Error: ${thrown}`, async () => {
      const { ename, evalue, trace } = await failure(`throw ${thrown};`);
      expect(ename).to.be.a('string').that.is.not.empty;
      expect(evalue).to.be.a('string').that.includes(shown);
      expect(trace).to.include(shown);
    });
  }

  it('shows its cause, and the cause of that', async () => {
    const { ename, evalue, trace } = await failure(
      "const deepest = new RangeError('the deepest');\n" +
        "const middle = new TypeError('in between', { cause: deepest });\n" +
        "throw new Error('outermost', { cause: middle });",
    );
    expect([ename, evalue]).to.deep.equal(['Error', 'outermost']);
    for (const text of ['outermost', 'TypeError: in between', 'RangeError: the deepest']) {
      expect(trace).to.include(text);
    }
  });

  it('shows every error of an AggregateError', async () => {
    const { ename, trace } = await failure(
      "await Promise.any([Promise.reject(new RangeError('first')), Promise.reject(new TypeError('second'))]);",
    );
    expect(ename).to.equal('AggregateError');
    expect(trace).to.include('RangeError: first');
    expect(trace).to.include('TypeError: second');
  });

  it('keeps the name of an error class of the cell', async () => {
    const { ename, evalue } = await failure(
      "class OutOfData extends Error {\n  override name = 'OutOfData';\n}\nthrow new OutOfData('no rows');",
    );
    expect([ename, evalue]).to.deep.equal(['OutOfData', 'no rows']);
  });

  it('may be a stack that overflows', async () => {
    const { ename, traceback } = await failure(
      'function deep(n: number): number {\n  return deep(n + 1) + 1;\n}\ndeep(0);',
    );
    expect(ename).to.equal('RangeError');
    expect(traceback!.join('\n').length).to.be.below(20_000);
  });

  const hostile: [string, string][] = [
    [
      'whose stack throws',
      "Object.defineProperty(new Error('x'), 'stack', { get() { throw new Error('no'); } })",
    ],
    ['whose message is an object', "Object.assign(new Error('x'), { message: { a: 1 } })"],
    ['whose name is a number', "Object.assign(new Error('x'), { name: 7 })"],
    ['whose stack is gone', "Object.assign(new Error('x'), { stack: undefined })"],
    ['that is its own cause', "(() => { const e = new Error('x'); e.cause = e; return e; })()"],
    [
      'that is a proxy of traps that throw',
      "new Proxy(new Error('x'), { get() { throw new Error('no'); } })",
    ],
  ];
  for (const [what, thrown] of hostile) {
    it(`may be one ${what}`, async () => {
      const { ename, evalue } = await failure(`throw ${thrown};`);
      expect(ename).to.be.a('string');
      expect(evalue).to.be.a('string');
    });
  }

  it('comes after what was printed before it', async () => {
    const { outputs } = await failure("console.log('printed');\nthrow new Error('then');");
    expect(outputs.map((one) => one.header.msg_type)).to.deep.equal(['stream', 'error']);
  });

  it('keeps what the cell had assigned until then', async () => {
    await failure(
      "var reached = 1;\nreached = 2;\nif (reached > 1) throw new Error('x');\nreached = 3;",
    );
    expect(resultText((await kernel().execute('reached')).outputs)).to.equal('2');
  });
});
