import { expect } from 'chai';
import { classChanges, heldErrors, fitRow } from '../../src/claims/generalization/errors.js';
import type { GeneralizationClaimRecord } from '../../src/claims/generalization/plan.js';
import { generalizationClaim, judgeClaim } from '../../src/claims/index.js';
import type { GeneralizationRecord } from '../../src/records/index.js';
import { dissent, evidenceOf, replaced, RUN_TIME } from './records.js';
import { shortGeneralization } from './generalization-records.js';

const judge = (record: GeneralizationClaimRecord) => generalizationClaim.judge(record);
const verdict = (record: GeneralizationClaimRecord) =>
  judgeClaim(generalizationClaim, record).verdict;

describe('the claim about margin bounds and the test error', () => {
  let real: GeneralizationClaimRecord;
  before(async function () {
    this.timeout(RUN_TIME);
    real = await shortGeneralization();
  });

  const withRun = (
    change: (run: GeneralizationRecord) => Partial<GeneralizationRecord>,
    k = 0,
  ): GeneralizationClaimRecord => ({
    tasks: replaced(real.tasks, k, { ...real.tasks[k], ...change(real.tasks[k]) }),
  });
  /** Every task with so many wrong images at the fit and at the end. */
  const withErrors = (before: number, after: number): GeneralizationClaimRecord => ({
    tasks: real.tasks.map((run) => {
      const { held, alpha } = run;
      const wrong = Float64Array.from({ length: held * alpha.length }, (_, i) => {
        const isLast = Math.floor(i / held) === alpha.length - 1;
        return i % held < (isLast ? after : before) ? 1 : 0;
      });
      return { ...run, wrong };
    }),
  });

  it('is supported by a short run, and judged on the record alone', () => {
    expect(dissent(judge(real))).to.deep.equal([]);
    expect(verdict(real)).to.equal(generalizationClaim.expected);
    expect(judge(real)).to.deep.equal(judge(real));
  });

  it('has its first row where the last image is classified, and no bound there', () => {
    for (const run of real.tasks) {
      expect(run.alpha[0]).to.be.below(0);
      expect(run.pathBound[0]).to.equal(Infinity);
      expect(run.alpha[fitRow(run)]).to.be.closeTo(1, 1e-9);
      expect([...run.alpha]).to.deep.equal([...run.alpha].sort((a, b) => a - b));
    }
  });

  it('bounds the test error, though above 1', () => {
    for (const run of real.tasks) {
      run.pathBound.forEach((bound, k) => expect(bound).to.be.above(heldErrors(run, k) / run.held));
    }
  });

  for (const column of ['pathBound', 'spectralTerm'] as const) {
    it(`is contradicted by a bound that rises: ${column}`, () => {
      const rising = withRun((run) => ({ [column]: run.alpha.map((_, k) => 5 + k) }));
      expect(verdict(rising)).to.equal('contradicted');
    });

    it(`is left open by one that falls too little, or is no number: ${column}`, () => {
      const slow = withRun((run) => ({ [column]: run.alpha.map((_, k) => 5 - 0.02 * k) }), 1);
      expect(verdict(slow)).to.equal('inconclusive');
      expect(verdict(withRun((run) => ({ [column]: run.alpha.map(() => NaN) })))).to.equal(
        'inconclusive',
      );
    });
  }

  it('is contradicted by test errors that fall as the bounds do', () => {
    expect(verdict(withErrors(20, 4))).to.equal('contradicted');
  });

  it('is left open by errors that fall a little, supported by ones that stay or rise', () => {
    expect(verdict(withErrors(20, 16))).to.equal('inconclusive');
    expect(verdict(withErrors(20, 20))).to.equal('supported');
    expect(verdict(withErrors(20, 30))).to.equal('supported');
    expect(verdict(withErrors(0, 0)), 'no errors').to.equal('inconclusive');
  });

  it('counts images that became wrong and right, and asks a coin', () => {
    const worse = withErrors(2, 14);
    expect(classChanges(worse.tasks[0])).to.deep.equal({ lost: 12, gained: 0 });
    const [, , , first] = worse.tasks;
    const piece = evidenceOf(judge(worse), new RegExp(`^test errors more.*${first.problem.name}`));
    expect(piece.value).to.equal(12);
    expect(piece.verdict).to.equal('reported');
    expect(piece.note).to.include('long training hurts here');
    const better = evidenceOf(judge(withErrors(14, 2)), /^test errors more.*pullover or shirt/);
    expect(better.note).to.include('long training helps here');
    const same = evidenceOf(judge(withErrors(14, 14)), /^chance that images/);
    expect(same.value).to.equal(1);
    expect(same.note).to.include('no sign of harm or gain');
  });
});
