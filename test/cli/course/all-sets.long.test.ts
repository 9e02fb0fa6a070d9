import { expect } from 'chai';
import { checkSet } from '../../../src/cli/course/check/check-set.js';
import { readSet, setNames } from '../../../src/cli/course/problem-set.js';

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
