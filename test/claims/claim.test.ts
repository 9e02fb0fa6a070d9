import { expect } from 'chai';
import type { Figure } from '../../src/charts/index.js';
import {
  claimFigures,
  claims,
  defineClaim,
  judgeClaim,
  verdictOf,
  type Evidence,
  type Verdict,
} from '../../src/claims/index.js';
import { runClaim, runPlan, Unfinished } from '../../src/experiments/index.js';
import { planarSpec, type DescentExperiment, type PlanSettings } from '../../src/specs/index.js';
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
  /** One step of descent, whose record tells of its seed. */
  const oneStep = ({ seed }: PlanSettings): DescentExperiment => ({
    kind: 'descent',
    problem: planarSpec('relu', seed),
    c: 0.01,
    decades: 1,
    maxSteps: 1,
  });
  const claim = defineClaim({
    id: 'one',
    title: 'One',
    statement: 'One is one.',
    source: 'arithmetic',
    expected: 'supported',
    criterion: 'it has to be',
    plan: (settings) => ({ descent: oneStep(settings), tried: [{ attempt: oneStep(settings) }] }),
    judge: ({ descent }) => [evidence(descent.problem.seed === 1 ? 'supported' : 'contradicted')],
    figures: () => [{ name: 'one' } as Figure],
  });
  const never = async () => {
    throw new Unfinished('the run used up its steps');
  };

  it('judges the record of its experiments', async () => {
    const result = await runClaim(claim, smoke);
    expect(result.claim).to.equal(claim);
    expect(result.record?.descent.problem.seed).to.equal(1);
    expect(result.verdict).to.equal('supported');
    expect(result.evidence).to.deep.equal([evidence('supported')]);
    expect((await runClaim(claim, { ...smoke, seed: 2 })).verdict).to.equal('contradicted');
  });

  it('can be done for records that are already there', async () => {
    const records = await runPlan(claim.plan({ ...smoke, seed: 2 }));
    const result = judgeClaim(claim, records);
    expect(result.verdict).to.equal('contradicted');
    expect(result.record).to.equal(records);
    expect(claimFigures(result).map(({ name }) => name)).to.deep.equal(['one']);
  });

  it('is inconclusive where an experiment does not reach its goal, and says why', async () => {
    const result = await runClaim(claim, smoke, never);
    expect(result.verdict).to.equal('inconclusive');
    expect(result.evidence.map(({ metric, note }) => `${metric}: ${note}`)).to.deep.equal([
      'runs that reached their goal: the run used up its steps',
    ]);
    expect(result.record).to.equal(undefined);
    expect(claimFigures(result)).to.deep.equal([]);
  });

  it('goes on where one that is only tried does not', async () => {
    const { descent, tried } = await runPlan(claim.plan(smoke));
    expect(tried).to.deep.equal([descent]);
    let asked = 0;
    const result = await runClaim(claim, smoke, async () => (asked++ === 0 ? descent : never()));
    expect(result.verdict).to.equal('supported');
    expect(result.record?.tried).to.deep.equal([
      { kind: 'unfinished', wanted: 'descent', message: 'the run used up its steps' },
    ]);
  });

  it('does not take another error for a run without a goal', async () => {
    const broken = runClaim(claim, smoke, async () => {
      throw new Error('no disk');
    });
    const told = await broken.catch((error: Error) => error.message);
    expect(told).to.equal('no disk');
  });
});

describe('every claim', () => {
  it('has an id of its own, fit for a file name', () => {
    const ids = claims.map(({ id }) => id);
    expect(new Set(ids).size).to.equal(ids.length);
    for (const id of ids) expect(id).to.match(/^[a-z]+(-[a-z]+)*$/);
  });

  it('has a plan that is plain data, and the same whenever it is asked for', () => {
    for (const claim of claims) {
      const plan = claim.plan(smoke);
      expect(JSON.parse(JSON.stringify(plan)), claim.id).to.deep.equal(plan);
      expect(claim.plan(smoke), claim.id).to.deep.equal(plan);
    }
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
