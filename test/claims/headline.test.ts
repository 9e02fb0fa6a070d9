import { expect } from 'chai';
import { headlineEvidence, headlineText, type Evidence } from '../../src/claims/index.js';
import { shortResults } from './short-records.js';

function evidence(metric: string, value: number): Evidence {
  return { metric, value, threshold: '', note: '', verdict: 'reported' };
}

const claim = { headline: { metric: 'length', words: 'a decade leaves # of it' } };

describe('a headline', () => {
  it('has the value in the place of the sign', () => {
    const list = [evidence('angle, plane', 3), evidence('length, plane', 0.51234)];
    expect(headlineText(claim, list)).to.equal('a decade leaves 0.512 of it');
  });

  it('has a range where several metrics begin alike, whatever their order', () => {
    const list = [evidence('length, b', 0.7), evidence('length, a', 1e-7), evidence('length', 0.5)];
    expect(headlineText(claim, list)).to.equal('a decade leaves 10⁻⁷ to 0.7 of it');
    expect(headlineText(claim, [evidence('length, a', 0.7), evidence('length, b', 0.70001)]))
      .to // prettier-ignore
      .equal('a decade leaves 0.7 of it');
  });

  it('is none without a number', () => {
    expect(headlineText({}, [evidence('length', 1)])).to.equal(undefined);
    expect(headlineText(claim, [evidence('angle', 1)])).to.equal(undefined);
    expect(headlineText(claim, [evidence('length', NaN)])).to.equal(undefined);
  });

  it('names a metric that the claim’s judge gives', async () => {
    for (const { claim, record } of await shortResults()) {
      const found = headlineEvidence(claim, claim.judge(record!));
      expect(found, claim.id).not.to.deep.equal([]);
      // Numbers that decide and numbers that are shown beside them make no range.
      const shown = found.filter(({ verdict }) => verdict === 'reported');
      expect(shown.length, claim.id).to.be.oneOf([0, found.length]);
      expect(claim.headline?.words.split('#'), claim.id).to.have.length(2);
    }
  }).timeout(120_000);
});
