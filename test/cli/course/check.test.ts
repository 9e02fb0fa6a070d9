import { expect } from 'chai';
import { checkSet, type Checked } from '../../../src/cli/course/check/check-set.js';
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
});
