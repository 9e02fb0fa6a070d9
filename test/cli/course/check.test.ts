import { expect } from 'chai';
import { checkSet, type Checked } from '../../../src/cli/course/check/check-set.js';
import { parseNotebook } from '../../../src/cli/course/notebook.js';
import { demoSet } from './demo-set.js';

describe('the check of a problem set', function () {
  this.timeout(120_000);

  it('finds the small set as it should be', async () => {
    const found: Checked[] = [];
    await checkSet(demoSet(), (checked) => found.push(checked));
    expect(found.flatMap(({ faults }) => faults)).to.deep.equal([]);
    const earned = Object.fromEntries(found.map(({ name, earned }) => [name, earned]));
    expect(earned).to.deep.equal({
      'model solution': 9,
      untouched: 0,
      'wrong/ends-the-process': 5,
      'wrong/l1-norm': 7,
      'wrong/missing-labels': 7,
      'wrong/not-a-number': 5,
      'wrong/underflow': 5,
    });
  });

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
