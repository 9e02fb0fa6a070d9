import { expect } from 'chai';
import { messageFaults, tellingProperties } from '../../../src/cli/course/check/messages.js';
import { parseKnown } from '../../../src/cli/course/check/known-file.js';
import { proxiesOf } from '../../../src/cli/course/grading/proxies.js';
import { isTest } from '../../../src/cli/course/notebook.js';
import { rebuilt } from '../../../src/cli/course/problem-set.js';
import { releasedNotebook } from '../../../src/cli/course/regions.js';
import { demoSet } from './demo-set.js';

const set = demoSet();

describe('a problem set as students get it', () => {
  const text = set.released.cells.map(({ source }) => source).join('\n');

  it('has stubs in place of solutions, indented as these were', () => {
    expect(text).not.to.match(/SOLUTION|Math\.hypot|growing the norm/);
    const f1 = set.released.cells.find(({ id }) => id === 'f1')!.source.split('\n');
    expect(f1.slice(2)).to.deep.equal(["  throw new Error('not yet written');", '}']);
    expect(set.released.cells.at(-1)!.source).to.equal('YOUR ANSWER HERE');
  });

  it('has no hidden test', () => {
    expect(text).not.to.match(/HIDDEN|underflow,|a mistake has|-2\.75/);
    expect(text).to.include('it does not change when w is scaled');
  });

  it('is refused where a region has no end', () => {
    const [cell] = set.source.cells.filter(({ id }) => id === 'f1');
    const open = { ...cell, source: cell.source.replace('// END SOLUTION', '') };
    expect(() => releasedNotebook({ ...set.source, cells: [open] })).to.throw(/has no end/);
  });

  it('gets the answers of a student, and cells of the student’s own where they stood', () => {
    const answers = new Map([['f1', 'const f1 = 1;']]);
    const own = [{ after: 'f1', source: 'const helper = 2;' }];
    const sources = rebuilt(set, { answers, own }).cells.map(({ source }) => source);
    const at = sources.indexOf('const f1 = 1;');
    expect(sources[at + 1]).to.equal('const helper = 2;');
    expect(sources.filter((source) => source.includes('BEGIN HIDDEN'))).to.have.length(2);
    expect(sources.some((source) => source.includes("Error('not yet written')"))).to.equal(true);
  });
});

describe('a function of a student in the judge', () => {
  it('asks, with the types of the stub', () => {
    const stub = `type Row = number[];
/** Doc. */
function f(a: Row, b = 2): number {
  throw new Error('not yet written');
}
const g = (x: number, ...rest: number[]): number => { throw new Error('not yet written'); };
async function h(): Promise<void> { return; }`;
    const code = proxiesOf(stub);
    expect(code).to.include('type Row = number[];\n/** Doc. */\nfunction f(a: Row, b = 2): number { return $ask("f", [...arguments]); }'); // prettier-ignore
    expect(code).to.match(/=> *\{ return \$ask\("g", \[x, \.\.\.rest\]\); \};/);
    expect(code).to.include('async function h(): Promise<void> { return $ask("h"');
    expect(code).not.to.include('not yet');
  });
});

describe('a known submission', () => {
  const text = '// catches: no labels\n// marks: t1=2\n// %% f1\nfunction f() {\n  return 1;\n}\n';

  it('says what it catches, what it earns and how it differs', () => {
    const found = parseKnown(set, 'wrong', 'x', text);
    expect(found).to.deep.include({ about: 'no labels', points: { t1: 2, t2: 5 } });
    expect([...found.answers]).to.deep.equal([['f1', 'function f() {\n  return 1;\n}']]);
  });

  it('has full marks where it is right', () => {
    const right = '// shows: a loop\n// %% f1\nfunction f() {\n  return 1;\n}\n';
    const found = parseKnown(set, 'right', 'x', right);
    expect(found).to.deep.include({ about: 'a loop', points: { t1: 4, t2: 5 } });
    expect(() => parseKnown(set, 'right', 'x', text)).to.throw(/expected '\/\/ shows: '/);
  });

  for (const [fault, wrong, sentence] of [
    ['no sentence', text.replace('catches', 'cat'), /does not say what it is/],
    ['a cell that is no test', text.replace('t1=', 'f1='), /says 'f1=2'; expected a cell of tests/],
    ['too many points', text.replace('=2', '=5'), /says 't1=5'/],
    [
      'an answer to nothing',
      text.replace('%% f1', '%% t1'),
      /answers 't1'; expected one of f1, f2/,
    ],
  ] as const) {
    it(`is refused with ${fault}`, () =>
      expect(() => parseKnown(set, 'wrong', 'x', wrong)).to.throw(sentence));
  }
});

describe('what tests print', () => {
  const good =
    'Not yet: the margin at scale 3 (0 of 1 point)\nYes: a (0.5 of 0.5 points)\nm: 1 of 2 points in these tests.\n';

  it('is well where it names properties alone', () => {
    expect(messageFaults(good, [0.6, 3, -2.75])).to.deep.equal([]);
  });

  it('is not where it has other lines, or an answer of the model solution', () => {
    expect(messageFaults('expected 3', [])).to.have.length(1);
    expect(messageFaults('Not yet: it is 0.6 (0 of 1 point)\n', [0.60004])).to.have.length(1);
    expect(messageFaults('Not yet: it is -2.75 (0 of 1 point)\n', [-2.75])).to.have.length(1);
  });

  it('is not where a property names what its own test expects', () => {
    const part = (property: string) =>
      `m.part(1, '${property}', () => near(f(3), 7) && g(2) === -2.5);`;
    expect(tellingProperties(part('twice is f(3)'))).to.deep.equal([]);
    expect(tellingProperties(part('it is 7 there'))).to.have.length(1);
    expect(tellingProperties(part('falls to -2.5'))).to.have.length(1);
  });

  it('says nothing that the tests of the small set expect', () => {
    for (const cell of set.source.cells.filter(isTest)) {
      expect(tellingProperties(cell.source)).to.deep.equal([]);
    }
  });
});
