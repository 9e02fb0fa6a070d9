import { expect } from 'chai';
import { kernelForTests } from './kernel-for-tests.js';
import { outputsOfType, plainTraceback, streamText } from './messages.js';

describe('a cell with wrong types', function () {
  this.timeout(60_000);
  const kernel = kernelForTests();

  async function failure(code: string) {
    const { reply, outputs } = await kernel().execute(code);
    expect(reply.status, JSON.stringify(reply)).to.equal('error');
    const [error] = outputsOfType(outputs, 'error');
    for (const field of ['ename', 'evalue', 'traceback'] as const) {
      expect(error.content[field]).to.deep.equal(reply[field]);
    }
    return { ...reply, trace: plainTraceback(reply), outputs };
  }

  const LAID_OUT = `// A comment in front.
/* And one
   of two lines. */

interface Point {
  readonly x: number;
  readonly y: number;
}

const point: Point = { x: 1, y: 'two' };

// Another one.
const word: string = point.x;
console.log('ran');
`;

  it('reports all of them, each with its line and column, and does not run', async () => {
    const { ename, evalue, trace, outputs, execution_count: count } = await failure(LAID_OUT);
    expect(ename).to.equal('TypeCheckError');
    expect(evalue).to.equal("Type 'string' is not assignable to type 'number'. (and 1 more)");
    expect(trace).to.include(`Cell [${count}], line 10, column 30`);
    expect(trace).to.include(`Cell [${count}], line 13, column 7`);
    expect(trace).to.include("Type 'string' is not assignable to type 'number'.");
    expect(trace).to.include("Type 'number' is not assignable to type 'string'.");
    expect(trace, 'an excerpt of each line').to.include("{ x: 1, y: 'two' }");
    expect(trace).to.include('const word: string = point.x;');
    expect(streamText(outputs)).to.equal('');
  });

  it('reports an error in the middle of a type of several lines at its place', async () => {
    const { trace, execution_count: count } = await failure(
      'type Shape = {\n  sides: number;\n  corners: Corner;\n};\nconst shape = {} as Shape;\nshape',
    );
    expect(trace).to.include(`Cell [${count}], line 3, column 12`);
    expect(trace).to.include("Cannot find name 'Corner'");
  });

  it('has its column right behind a character of two code units', async () => {
    const { trace, execution_count: count } = await failure(
      "const smile = '😀'; const n: number = smile;",
    );
    expect(trace).to.match(new RegExp(`Cell \\[${count}\\], line 1, column 2[67]`));
  });

  const refused: [string, string, string][] = [
    [
      'a parameter without a type',
      'function f(a) {\n  return a;\n}',
      "implicitly has an 'any' type",
    ],
    [
      'a value that may be undefined',
      "const found: number = new Map<string, number>().get('a');",
      "Type 'number | undefined' is not assignable to type 'number'.",
    ],
    [
      'a call on what may be undefined',
      '[1, 2].find((n) => n > 1).toFixed();',
      "possibly 'undefined'",
    ],
    ['null where a string is due', 'const text: string = null;', "Type 'null' is not assignable"],
    ['a name that is not there', 'nowhere + 1', "Cannot find name 'nowhere'."],
    ['a module that is not there', "import { x } from 'no-such-module';\nx", 'no-such-module'],
    ['a wrong argument of Node’s own', "import { join } from 'node:path';\njoin(1);", "'number'"],
  ];
  for (const [what, code, message] of refused) {
    it(`is told so about ${what}`, async () => {
      const { ename, evalue } = await failure(code);
      expect(ename).to.equal('TypeCheckError');
      expect(evalue).to.include(message);
    });
  }

  it('is checked against the types of earlier cells', async () => {
    await kernel().execute("const word = 'abc';\ninterface Pair { a: number; b: number }");
    const { evalue } = await failure('const pair: Pair = { a: 1, b: word };');
    expect(evalue).to.equal("Type 'string' is not assignable to type 'number'.");
  });

  it('leaves the variables of earlier cells as they were', async () => {
    await kernel().execute('var settled = 1;');
    await failure("settled = 2;\nconst wrong: number = 'x';");
    expect((await kernel().execute('settled')).outputs[0].content.data).to.deep.equal({
      'text/plain': '1',
    });
  });

  const broken: [string, number][] = [
    ['const = 3;', 1],
    ['const a = 1;\nconst b = (a + ;\n', 2],
    ['1 +', 1],
    ["const s = 'not closed;", 1],
    ['function f() {', 1],
    ['}', 1],
  ];
  for (const [code, line] of broken) {
    it(`is a SyntaxError with its line where it is no TypeScript: ${JSON.stringify(code)}`, async () => {
      const { ename, trace, execution_count: count } = await failure(code);
      expect(ename).to.equal('SyntaxError');
      expect(trace).to.include(`Cell [${count}], line ${line}, column`);
    });
  }

  for (const [what, use] of [
    ['global', '[1].seen'],
    ["module 'fs'", "import { type Stats } from 'fs';\n({} as Stats).seen"],
  ]) {
    it(`knows from then on what an earlier one added to others, with: declare ${what}`, async () => {
      const name = what === 'global' ? 'Array<T>' : 'Stats';
      const { reply } = await kernel().execute(
        `declare ${what} { interface ${name} { seen?: number } }`,
      );
      expect(reply.status, JSON.stringify(reply)).to.equal('ok');
      expect((await kernel().execute('1')).reply.status).to.equal('ok');
      const { evalue } = await failure(`${use}.toFixed()`);
      expect(evalue).to.include("possibly 'undefined'");
    });
  }

  it('is followed by cells that run', async () => {
    expect((await kernel().execute('6 * 7')).reply.status).to.equal('ok');
  });
});
