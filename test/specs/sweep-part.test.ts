import { expect } from 'chai';
import { sweepRuns, sweepWith } from '../../src/specs/index.js';
import { tinySweep } from '../experiments/tiny-sweep.js';

describe('a part of a sweep', () => {
  const { axes, ...rest } = tinySweep();
  const labelled = { ...rest, axes: [{ ...axes[0], labels: ['narrow', 'wide'] }, axes[1]] };

  it('has the values that are given, by their labels where there are some', () => {
    const part = sweepWith(labelled, { width: ['wide'], seed: { from: 11, count: 2 } });
    expect(sweepRuns(part).map((run) => run.axes)).to.deep.equal([
      { width: 'wide', seed: 11 },
      { width: 'wide', seed: 12 },
    ]);
    expect(sweepWith(labelled, {})).to.deep.equal(labelled);
  });

  it('is refused in a sentence where there is no such axis or label', () => {
    expect(() => sweepWith(labelled, { depth: [2] })).to.throw(/^tiny has no axis depth; expected one of width, seed\.$/); // prettier-ignore
    expect(() => sweepWith(labelled, { width: ['huge'] })).to.throw(/^tiny: the axis width has no huge; expected some of narrow; wide\.$/); // prettier-ignore
  });
});
