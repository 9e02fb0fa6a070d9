import { expect } from 'chai';
import { kernelForTests } from './kernel-for-tests.js';
import { LOOP_KINDS, type LoopKind } from './loop-kinds.js';
import { resultText } from './messages.js';

const REPEATS = 4;
/** On a machine that does other things too, the least of more readings tells more. */
const MOST_REPEATS = 40;

/** The most that a loop at the top level may take, of the time that it takes in a function. */
const LIMIT = 2;

describe('a loop at the top level of a cell', function () {
  this.timeout(120_000);
  const kernel = kernelForTests();

  /** Milliseconds of a cell, which measures itself and leaves out the compiler. */
  async function measured(code: string): Promise<number> {
    const { reply, outputs } = await kernel().execute(code);
    expect(reply.status, JSON.stringify(reply)).to.equal('ok');
    return Number(resultText(outputs));
  }

  const atTopLevel = (code: string) =>
    `const begin = performance.now();\n${code}\nperformance.now() - begin`;
  const inFunction = (code: string) =>
    `const whole = (): number => {\nconst begin = performance.now();\n${code}\nreturn performance.now() - begin;\n};\nwhole()`;

  async function ratio({ before, code }: LoopKind): Promise<string> {
    const times = { top: Infinity, inside: Infinity };
    for (let repeat = 0; repeat < MOST_REPEATS; repeat++) {
      if (repeat >= REPEATS && times.top <= LIMIT * times.inside) break;
      for (const [place, cell] of [
        ['top', atTopLevel(code)] as const,
        ['inside', inFunction(code)] as const,
      ]) {
        if (before) expect((await kernel().execute(before)).reply.status).to.equal('ok');
        times[place] = Math.min(times[place], await measured(cell));
      }
      // Once is enough where it is clear.
      if (times.top < times.inside) break;
    }
    const { top, inside } = times;
    if (top <= LIMIT * inside) return '';
    return `${top.toFixed(0)} ms at the top level, ${inside.toFixed(0)} ms in a function`;
  }

  for (const kind of LOOP_KINDS) {
    it(`that ${kind.name} takes at most ${LIMIT} times as long as in a function`, async () => {
      expect(await ratio(kind)).to.equal('');
    });
  }

  it('leaves its variables to later cells', async () => {
    await kernel().execute(
      'let sum = 0;\nlet last = 0;\nfor (let i = 0; i < 10; i++) {\n  sum += i;\n  last = i;\n}',
    );
    expect(resultText((await kernel().execute('[sum, last]')).outputs)).to.equal('[ 45, 9 ]');
  });

  it('is seen by a function of the cell that it calls, and sees what that assigns', async () => {
    const { outputs } = await kernel().execute(
      'let seen = 0;\nlet calls = 0;\nfunction look(): void {\n  calls++;\n  if (seen === 3) seen = 10;\n}\n' +
        'for (; seen < 12; seen++) look();\n[seen, calls]',
    );
    expect(resultText(outputs)).to.equal('[ 12, 5 ]');
  });

  it('has made a closure for each round', async () => {
    const { outputs } = await kernel().execute(
      'const closures: (() => number)[] = [];\nfor (let i = 0; i < 3; i++) closures.push(() => i);\n' +
        'closures.map((closure) => closure())',
    );
    expect(resultText(outputs)).to.equal('[ 0, 1, 2 ]');
  });

  it('shows its variables to a timer while it awaits', async () => {
    const { outputs } = await kernel().execute(
      'let at = 0;\nlet witnessed = -1;\nsetTimeout(() => (witnessed = at), 50);\n' +
        'for (; at < 20; at++) await new Promise((resolve) => setTimeout(resolve, 10));\n' +
        'witnessed > 0 && witnessed < 20',
    );
    expect(resultText(outputs)).to.equal('true');
  });
});
