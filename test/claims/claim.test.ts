import { expect } from 'chai';
import {
  claims,
  judgeClaim,
  runClaim,
  verdictOf,
  type Claim,
  type Evidence,
  type Verdict,
} from '../../src/claims/index.js';
import { smoke } from './records.js';

const verdicts: readonly Verdict[] = ['supported', 'contradicted', 'inconclusive'];

function evidence(verdict: Verdict): Evidence {
  return { metric: 'm', value: 1, threshold: '≤ 1', note: '', verdict };
}

describe('the verdict of a list of evidence', () => {
  const of = (...list: Verdict[]) => verdictOf(list.map(evidence));

  it('is inconclusive without evidence', () => {
    expect(verdictOf([])).to.equal('inconclusive');
  });

  it('is that of a single piece', () => {
    for (const verdict of verdicts) expect(of(verdict)).to.equal(verdict);
  });

  for (const a of verdicts) {
    for (const b of verdicts) {
      const expected = [a, b].includes('contradicted')
        ? 'contradicted'
        : [a, b].includes('inconclusive')
          ? 'inconclusive'
          : 'supported';
      it(`is ${expected} for ${a} and ${b}, wherever they stand`, () => {
        expect(of(a, b)).to.equal(expected);
        expect(of('supported', a, b)).to.equal(expected);
        expect(of(a, 'supported', b, 'supported')).to.equal(expected);
      });
    }
  }
});

describe('running a claim', () => {
  const claim: Claim<number> = {
    id: 'one',
    title: 'One',
    statement: 'One is one.',
    source: 'arithmetic',
    expected: 'supported',
    criterion: 'it has to be',
    run: async ({ seed }) => seed,
    judge: (record) => [evidence(record === 1 ? 'supported' : 'contradicted')],
  };

  it('judges the record of its experiments', async () => {
    const result = await runClaim(claim, smoke);
    expect(result.claim).to.equal(claim);
    expect(result.record).to.equal(1);
    expect(result.verdict).to.equal('supported');
    expect(result.evidence).to.deep.equal([evidence('supported')]);
    expect((await runClaim(claim, { ...smoke, seed: 2 })).verdict).to.equal('contradicted');
  });

  it('can be done for a record that is already there', () => {
    expect(judgeClaim(claim, 2).verdict).to.equal('contradicted');
  });
});

describe('every claim', () => {
  it('has an id of its own, fit for a file name', () => {
    const ids = claims.map(({ id }) => id);
    expect(new Set(ids).size).to.equal(ids.length);
    for (const id of ids) expect(id).to.match(/^[a-z]+(-[a-z]+)*$/);
  });

  for (const { id, title, statement, source, expected, criterion } of claims) {
    it(`says what it claims, where it comes from and how it is judged: ${id}`, () => {
      for (const text of [title, statement, source, criterion]) {
        expect(text.trim()).to.not.equal('');
      }
      expect(statement).to.match(/\.$/);
      expect(criterion).to.match(/\.$/);
      expect(source).to.match(/arXiv \d{4}\.\d{5}/);
      expect(verdicts).to.include(expected);
    });
  }
});
