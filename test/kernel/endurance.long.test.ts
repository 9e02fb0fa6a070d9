import { expect } from 'chai';
import { kernelForTests } from './kernel-for-tests.js';
import { resultText, streamText } from './messages.js';

const CELLS = 1000;
const FROM = 100;

describe('a kernel that runs a thousand cells', function () {
  this.timeout(180_000);
  const kernel = kernelForTests();

  it('gives every result and grows by less than 50 MB after the hundredth', async () => {
    const memory: number[] = [];
    for (let i = 1; i <= CELLS; i++) {
      const { reply, outputs } = await kernel().execute(cell(i));
      expect(reply.status, `cell ${i}: ${reply.evalue}`).to.equal('ok');
      expect(reply.execution_count).to.equal(i);
      expect(streamText(outputs)).to.equal(`cell ${i}\n`);
      expect(resultText(outputs)).to.equal(String(2 * i));
      memory.push(kernel().memoryMB());
    }
    const growth = lowest(memory.slice(-FROM)) - lowest(memory.slice(FROM - 1, 2 * FROM));
    expect(growth, `MB from cell ${FROM} to cell ${CELLS}`).to.be.below(50);
  });
});

/** Small cells as people write them: an import, an interface, a function, an array, a result. */
function cell(i: number): string {
  const name = `value${i % 25}`;
  return (
    "import { basename } from 'node:path';\n" +
    `interface Row${i % 25} {\n  readonly label: string;\n  readonly numbers: number[];\n}\n` +
    `const row: Row${i % 25} = { label: basename('/a/b'), numbers: Array.from({ length: 1000 }, () => ${i}) };\n` +
    `const double${i % 25} = (x: number): number => 2 * x;\n` +
    `console.log('cell', row.numbers[0]);\nconst ${name} = double${i % 25}(row.numbers[5]);\n${name}`
  );
}

/** The least of some readings: what is in use, without garbage that waits to be collected. */
const lowest = (readings: readonly number[]): number => Math.min(...readings);
