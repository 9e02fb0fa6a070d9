import { expect } from 'chai';
import { goalNumber, goalText, isMet } from '../../../src/cli/bench/goals.js';
import { growthOf } from '../../../src/cli/bench/late-flow-far.js';
import { benchTable, short } from '../../../src/cli/bench/report.js';
import { fakeRecord } from './fakes.js';

describe('the table', () => {
  const cells = (table: string) =>
    table.split('\n').map((line) => line.split('│').map((cell) => cell.trim()));

  it('shows sides with their spread, the best peer first, the ratio and the goal', () => {
    const [head, , first, second] = cells(benchTable([fakeRecord()]));
    expect(head).to.deep.equal(['comparison', 'afterfit', 'peers', 'ratio', 'goal']);
    expect(first).to.deep.equal([
      'fake', '2 ms (±5 %)', 'quick 5 ms (±2 %)', '2.5', 'ratio ≥ 2: met',
    ]); // prettier-ignore
    expect(second.slice(0, 3)).to.deep.equal(['one number', '', 'slow 30 ms (±10 %)']);
  });

  it('says what is missed and who is left out', () => {
    const leftOut = { absent: 'it needs a compiler' };
    const table = benchTable([fakeRecord({ met: false, leftOut })]);
    expect(table).to.include('ratio ≥ 2: NOT MET');
    expect(table).to.include('absent: left out');
    const alone = fakeRecord({ peers: {}, ratio: null, met: null, goalText: '' });
    expect(cells(benchTable([alone]))[2].slice(3)).to.deep.equal(['—', '—']);
  });

  it('writes three digits', () => {
    expect([1234.5, 0.0123456, 2, 0, 1.2345e-6].map(short)).to.deep.equal([
      '1230', '0.0123', '2', '0', '1.23e-6',
    ]); // prettier-ignore
  });
});

describe('a goal', () => {
  it('is a least ratio', () => {
    const goal = { of: 'ratio', least: 10 } as const;
    expect(goalText(goal, 'ms')).to.equal('ratio ≥ 10');
    expect(goalText({ of: 'ratio', least: 1 / 0.6 }, 'ms')).to.equal('ratio ≥ 1.67');
    expect(goalNumber(goal)).to.equal(10);
    expect([9.9, 10, null].map((ratio) => isMet(goal, 1, ratio))).to.deep.equal([
      false, true, null,
    ]); // prettier-ignore
  });

  it('is a largest value of ours', () => {
    const goal = { of: 'ours', most: 3 } as const;
    expect(goalText(goal, 's')).to.equal('≤ 3 s');
    expect([2, 4].map((ours) => isMet(goal, ours, null))).to.deep.equal([true, false]);
    expect(isMet(null, 1, 1)).to.equal(null);
  });
});

describe('the growth of the work', () => {
  const decades = [50, 40, 10, 20, 30, 25, 20, 28, 900].map((evaluations, k) => ({
    alpha: 10 ** (k + 1),
    evaluations,
  }));

  it('is that of the costliest decade from 10³ to 10⁸ over the first of them', () => {
    expect(growthOf(decades)).to.equal(1.5);
  });

  it('is unknown before 10⁸', () => {
    expect(growthOf(decades.slice(0, 7))).to.be.NaN;
  });
});
