import { expect } from 'chai';
import { inspect } from 'node:util';
import { runInThisContext } from 'node:vm';
import { randomStream } from '../../src/numerics/random.js';
import { cellsInProcess, type Cells } from './cells-in-process.js';
import { EARLIER, OWN, randomProgram, type RandomProgram } from './random-programs.js';

/** `AFTERFIT_RANDOM_PROGRAMS` asks for more than a test run does. */
const PROGRAMS = Number(process.env.AFTERFIT_RANDOM_PROGRAMS ?? 25);

interface End {
  readonly values: Record<string, unknown>;
  readonly thrown: string;
}

/** What cells leave behind when they run one after another as the kernel runs them. */
async function asCells(cells: Cells, { variables, helpers, loops }: RandomProgram): Promise<End> {
  const run = async (code: string) => {
    const end = await cells.run(`// @ts-nocheck\n${code}`);
    return 'thrown' in end ? String(end.thrown) : '';
  };
  expect(await run(variables)).to.equal('');
  expect(await run(helpers)).to.equal('');
  const thrown = await run(loops);
  const values = Object.fromEntries([...OWN, ...EARLIER].map((name) => [name, cells.get(name)]));
  return { values, thrown };
}

/** What the same text leaves behind as one plain script. */
function asScript({ variables, helpers, loops }: RandomProgram): End {
  const names = [...OWN, ...EARLIER].join(', ');
  const end = { values: {}, thrown: '' };
  const [declared] = /^[^]*?fuel = 0;/.exec(loops)!;
  const text =
    `${variables}\n${helpers}\n${declared}\ntry { ${loops.slice(declared.length)} }\n` +
    `catch (error) { end.thrown = String(error); }\nend.values = { ${names} };`;
  const script = `(function (end) { 'use strict'; ${text}\n})`;
  (runInThisContext(script) as (end: End) => void)(end);
  return end;
}

/** The same whatever the realm it comes from. */
const shown = ({ values, thrown }: End) => inspect({ values, thrown }, { depth: 4 });

describe('loops that have been made quick', function () {
  this.timeout(600_000);
  const cells = cellsInProcess();

  /** What the three cells leave behind, after they were found to leave what the plain script leaves. */
  async function agreed(program: RandomProgram): Promise<End> {
    const end = await asCells(cells, program);
    expect(shown(end), program.loops).to.equal(shown(asScript(program)));
    return end;
  }

  it(`leave in ${PROGRAMS} random programs what plain JavaScript leaves`, async () => {
    const stream = randomStream('quick loops');
    for (let k = 0; k < PROGRAMS; k++) await agreed(randomProgram(stream.split(k)));
  });

  const variables = 'let p = 1, q = 2, r = 3; let list = [3, 1, 2];';
  const helpers = 'let ticker = { get tick() { return ++p; } }; let source = []; let watched = 0;';
  const cases: [string, string, Record<string, unknown>][] = [
    [
      'leave a variable of the same name in a block around them apart',
      '{ let a = 10; for (let i = 0; i < 3; i++) a++; }',
      { a: 1 },
    ],
    [
      'read a property that has the name of a variable they assign',
      'for (let i = 0; i < 3; i++) { const { a: inner } = { a: 5 }; a = inner + 1; }',
      { a: 6 },
    ],
    [
      'fill in a default of a pattern without a longer name',
      'for (let i = 0; i < 1; i++) ({ a = i + 7 } = {});',
      { a: 7 },
    ],
    [
      'see what a getter of an earlier cell changes',
      'for (let i = 0; i < 3; i++) { ticker.tick; b = p; }',
      { b: 4, p: 4 },
    ],
    [
      'that call functions keep what their heads assign',
      'const call = () => 0; for (a of [4, 5]) call(); for ([b] of [[6], [7]]) call();',
      { a: 5, b: 7 },
    ],
    [
      'that call functions keep a variable declared with var in them',
      'const call = () => 0; for (var c = 0; c < 1; c += 2) call();',
      { c: 2 },
    ],
  ];
  for (const [what, code, values] of cases) {
    it(what, async () => {
      const loops = `let a = 1, b = 2;\nvar c = 3;\nlet d;\nlet fuel = 0;\n${code}`;
      expect((await agreed({ variables, helpers, loops })).values).to.include(values);
    });
  }
});
