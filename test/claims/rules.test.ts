import { expect } from 'chai';
import {
  atLeast,
  atMost,
  bestRatio,
  fallFromHighest,
  neverAgainst,
  provided,
  reported,
  shrinks,
  shrinksOnAverage,
  worstRatio,
} from '../../src/claims/index.js';

describe('atMost', () => {
  const verdict = (value: number) => atMost('length', value, 1, 2, 'note').verdict;

  it('supports up to its threshold, contradicts from the other one on', () => {
    expect([-Infinity, 0, 1].map(verdict)).to.deep.equal(['supported', 'supported', 'supported']);
    expect([1 + 1e-15, 1.5, 2 - 1e-15].map(verdict)).to.deep.equal(Array(3).fill('inconclusive'));
    expect([2, 3, Infinity].map(verdict)).to.deep.equal(Array(3).fill('contradicted'));
  });

  it('draws nothing from NaN', () => {
    expect(verdict(NaN)).to.equal('inconclusive');
  });

  it('says what was held against what', () => {
    expect(atMost('length', 0.5, 1, 2, 'why')).to.deep.equal({
      metric: 'length',
      value: 0.5,
      threshold: '≤ 1',
      note: 'why',
      verdict: 'supported',
    });
  });
});

describe('atLeast', () => {
  const verdict = (value: number) => atLeast('cosine', value, 0.9, 0.5, 'note').verdict;

  it('supports down to its threshold, contradicts from the other one down', () => {
    expect([0.9, 1, Infinity].map(verdict)).to.deep.equal(Array(3).fill('supported'));
    expect([0.9 - 1e-15, 0.5 + 1e-15].map(verdict)).to.deep.equal(Array(2).fill('inconclusive'));
    expect([0.5, 0, -Infinity].map(verdict)).to.deep.equal(Array(3).fill('contradicted'));
  });

  it('draws nothing from NaN', () => {
    expect(verdict(NaN)).to.equal('inconclusive');
    expect(atLeast('cosine', NaN, 0.9, 0.5, '').threshold).to.equal('≥ 0.9');
  });
});

describe('a reported number', () => {
  it('is not judged, whatever it is', () => {
    for (const value of [-Infinity, 0, 7, Infinity, NaN]) {
      const { verdict, threshold } = reported('control', value, 'note');
      expect([verdict, threshold]).to.deep.equal(['reported', 'reported']);
    }
  });
});

describe('ratios of consecutive values', () => {
  it('are the largest and the smallest', () => {
    expect(worstRatio([8, 4, 3, 1.5])).to.equal(0.75);
    expect(bestRatio([8, 4, 3, 1.5])).to.equal(0.5);
    expect(worstRatio([1, 3])).to.equal(3);
    expect(bestRatio([1, 3])).to.equal(3);
  });

  it('are 0 for a zero, which has shrunk for good, and infinite after one', () => {
    expect([worstRatio([1, 0, 0]), bestRatio([1, 0, 0])]).to.deep.equal([0, 0]);
    expect([worstRatio([1, 0, 1]), bestRatio([1, 0, 1])]).to.deep.equal([Infinity, 0]);
  });

  it('are NaN for fewer than two values, or where one is no finite length', () => {
    const none = [[], [1], [NaN, 0], [1, NaN], [NaN, 0, 0], [Infinity, 1], [1, Infinity], [1, -2]];
    for (const values of none) {
      expect(worstRatio(values), values.join()).to.be.NaN;
      expect(bestRatio(values), values.join()).to.be.NaN;
    }
  });
});

describe('shrinks', () => {
  const verdict = (...values: number[]) => shrinks('length', values, 0.8, 'note').verdict;

  it('supports where every value is at most that share of the one before', () => {
    expect(verdict(10, 8, 6.4)).to.equal('supported');
    expect(verdict(10, 1, 0.5, 0.1)).to.equal('supported');
    expect(verdict(1, 0, 0)).to.equal('supported');
    expect(verdict(0, 0, 0), 'nothing moved').to.equal('inconclusive');
  });

  it('is inconclusive where some shrink, or all shrink too slowly', () => {
    expect(verdict(10, 8.1, 4)).to.equal('inconclusive');
    expect(verdict(10, 9, 8.1)).to.equal('inconclusive');
    expect(verdict(10, 12, 6)).to.equal('inconclusive');
    expect(verdict(1, 0, 1)).to.equal('inconclusive');
  });

  it('contradicts where none shrinks by more than noise', () => {
    expect(verdict(1, 1, 1)).to.equal('contradicted');
    expect(verdict(1, 0.97, 0.95)).to.equal('contradicted');
    expect(verdict(1, 0.94, 0.94)).to.equal('inconclusive');
    expect(verdict(1, 2, 4)).to.equal('contradicted');
  });

  it('draws nothing from fewer than three values', () => {
    for (const values of [[], [1], [1, 0.1], [1, 2]]) {
      const { value, verdict } = shrinks('length', values, 0.8, 'note');
      expect(value).to.be.NaN;
      expect(verdict).to.equal('inconclusive');
    }
  });

  it('draws nothing from what is no finite length', () => {
    for (const values of [
      [NaN, 0, 0],
      [4, 2, NaN],
      [Infinity, 1, 0.5],
      [1, -2, -4],
      [1, 2, Infinity],
    ]) {
      expect(verdict(...values), values.join()).to.equal('inconclusive');
    }
  });
});

describe('what shrinks in the mean', () => {
  const found = (...values: number[]) => shrinksOnAverage('residual', values, 0.8, 'note');
  const verdict = (...values: number[]) => found(...values).verdict;

  it('supports where the mean factor is small enough, jumps included', () => {
    expect(verdict(8, 4, 4.2, 1)).to.equal('supported');
    expect(found(8, 4, 4.2, 1).value).to.be.closeTo(0.5, 1e-15);
    expect(verdict(1, 0.1, 0)).to.equal('supported');
  });

  it('is inconclusive where it is not, and contradicts where nothing shrinks', () => {
    expect(verdict(1, 0.9, 0.8)).to.equal('inconclusive');
    expect(verdict(1, 0.1, 0.9)).to.equal('inconclusive');
    expect(verdict(1, 1, 0.96)).to.equal('contradicted');
    expect(verdict(1, 2, 4)).to.equal('contradicted');
  });

  it('draws nothing from fewer than three values, or what is no finite length', () => {
    for (const values of [[], [1], [1, 0.1], [1, NaN, 0.1], [NaN, 1, 0.1], [0, 0, 0], [1, -1, 0]]) {
      expect(found(...values).value, values.join()).to.be.NaN;
      expect(verdict(...values), values.join()).to.equal('inconclusive');
    }
  });
});

describe('the fall from the highest value so far', () => {
  it('is the largest share, though it went in small steps', () => {
    expect(fallFromHighest([1, 2, 3])).to.equal(0);
    expect(fallFromHighest([1, 2, 1.9, 1.8, 1.7, 1.5, 1.6])).to.equal(0.25);
    expect(fallFromHighest(Float64Array.of(4, 3, 8, 6, 5))).to.equal(0.375);
  });

  it('is NaN for fewer than two values, or where one is none', () => {
    expect(fallFromHighest([])).to.be.NaN;
    expect(fallFromHighest([1])).to.be.NaN;
    expect(fallFromHighest([1, NaN, 2])).to.be.NaN;
  });
});

describe('evidence that rests on something else', () => {
  const against = shrinks('length', [1, 2, 4], 0.8, 'note');

  it('is inconclusive where that does not hold', () => {
    expect(provided(false, against).verdict).to.equal('inconclusive');
    expect(provided(true, against).verdict).to.equal('contradicted');
  });

  it('never contradicts where it is only a control', () => {
    expect(neverAgainst(against).verdict).to.equal('inconclusive');
    expect(neverAgainst(reported('x', 1, 'note')).verdict).to.equal('reported');
  });
});
