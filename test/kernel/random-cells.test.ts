import { expect } from 'chai';
import { runInThisContext } from 'node:vm';
import { randomStream } from '../../src/numerics/random.js';
import { cellsInProcess } from './cells-in-process.js';
import { randomCells } from './random-cells.js';

/** `AFTERFIT_RANDOM_PROGRAMS` asks for more than a test run does. */
const PROGRAMS = Number(process.env.AFTERFIT_RANDOM_PROGRAMS ?? 10);

describe('a program that is cut into cells', function () {
  this.timeout(3_600_000);
  const cells = cellsInProcess();

  it(`computes in ${PROGRAMS} random cases what it computes as one module`, async () => {
    const stream = randomStream('cells');
    for (let k = 0; k < PROGRAMS; k++) {
      const program = randomCells(stream.split(k));
      const whole = `'use strict'; (() => { const out = []; ${program.module}\nreturn out; })()`;
      const expected = runInThisContext(whole) as number[];
      expect(await cells.run('const out: number[] = [];')).to.deep.equal({ value: undefined });
      for (const cell of program.cells) {
        const end = await cells.run(`// @ts-nocheck\n${cell}`);
        const words = JSON.stringify('thrown' in end ? (end.thrown as Error).message : '');
        expect(
          'thrown' in end,
          `${words} in program ${k}\n${program.cells.join('\n---\n')}`,
        ).to.equal(false);
      }
      expect(
        cells.get('out'),
        `program ${k}\n${program.cells.join('\n---\n')}\n====\n${program.module}`,
      ).to.deep.equal(expected);
    }
  });
});
