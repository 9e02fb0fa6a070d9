import { expect } from 'chai';
import { checkSet, type Checked } from '../../../src/cli/course/check/check-set.js';
import { parseNotebook } from '../../../src/cli/course/notebook.js';
import { readSet, setNames } from '../../../src/cli/course/problem-set.js';
import { demoSet } from './demo-set.js';

describe('each problem set of the course', function () {
  this.timeout(300_000);

  for (const name of setNames()) {
    it(`${name} gives the model solution full marks, the release none, and each wrong submission its own`, async () => {
      const faults: string[] = [];
      await checkSet(readSet(name), (checked) =>
        faults.push(...checked.faults.map((fault) => `${checked.name}: ${fault}`)),
      );
      expect(faults).to.deep.equal([]);
    });
  }
});

describe('the check of a faulty problem set', function () {
  this.timeout(120_000);

  it('says what is not', async () => {
    const set = demoSet();
    // The first part tells its answer, and the second test cell gives more than it is worth.
    const text = JSON.stringify(set.source)
      .replace('it does not change when w is scaled', 'at this w it is 0.6')
      .replace('m2.part(1,', 'm2.part(3,');
    const source = parseNotebook(text, 'demo');
    const found: Checked[] = [];
    await checkSet({ ...set, source, folder: `${set.folder}/wrong` }, (each) => found.push(each));
    const said = found.flatMap(({ name, faults }) => faults.map((fault) => `${name}: ${fault}`));
    expect(said.join('\n')).to.match(
      /as it stands: it has 0 wrong submissions; expected 5 or more\./,
    );
    expect(said.join('\n')).to.match(
      /as it stands: t1: 'at this w it is 0\.6' tells the number 0\.6\./,
    );
    expect(said.join('\n')).to.match(/model solution: t2 gave 0; expected 5\./);
    expect(said.join('\n')).to.match(/model solution: t2: the tests gave 7; expected 0 to 5/);
    expect(said.join('\n')).to.match(/untouched: t1 prints 'at this w it is 0\.6', which tells/);
  });
});
