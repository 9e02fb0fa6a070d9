import { expect } from 'chai';
import { initializationClaim, judgeClaim } from '../../src/claims/index.js';
import type { InitializationRecord } from '../../src/claims/initialization/plan.js';
import type { EarlyFlowRecord, FlowRecord, TangentFlowRecord } from '../../src/records/index.js';
import { shortInitialization } from './initialization-records.js';
import { dissent, evidenceOf, replaced, RUN_TIME, withCertificate } from './records.js';

const judge = (record: InitializationRecord) => initializationClaim.judge(record);
const verdict = (record: InitializationRecord) => judgeClaim(initializationClaim, record).verdict;

describe('the claim about what the start decides', () => {
  let real: InitializationRecord;
  before(async function () {
    this.timeout(RUN_TIME);
    real = await shortInitialization();
  });

  it('is supported by a quick run, and judged on the record alone', () => {
    expect(dissent(judge(real))).to.deep.equal([]);
    expect(verdict(real)).to.equal(initializationClaim.expected);
    expect(judge(real)).to.deep.equal(judge(real));
  });

  it('meets the margins that are known exactly', () => {
    expect(real.oneAlive.certificate.limit.margin).to.be.closeTo(0.125, 1e-12);
    expect(real.bothAlive.certificate.limit.margin).to.be.closeTo(Math.sqrt(17) / 16, 1e-12);
  });

  it('knows α of a network that computes 0, and ends there from a = −w', () => {
    const [opposed] = real.opposed;
    expect(opposed.idleAlpha).to.be.closeTo(-Math.log(2), 1e-15);
    expect(opposed.alpha.at(-1)).to.be.closeTo(-Math.log(2), 1e-12);
    expect(opposed.logNorm.at(-1)).to.be.below(-10);
    // The flow of w from a = −w is w′ = −w(e^{w²} + 2e^{2w²}): at the start the norm shrinks at that rate.
    const rate = Math.exp(1) + 2 * Math.exp(2);
    const early = opposed.logTime.findIndex((logTime) => logTime > Math.log(1e-5));
    const t = Math.exp(opposed.logTime[early]);
    const fall = opposed.logNorm[0] - opposed.logNorm[early];
    expect(fall / t).to.be.closeTo(rate, rate * 60 * t);
  });

  describe('of starts with exact limits', () => {
    const withMargin = (margin: number, doubts: string[] = []): InitializationRecord => ({
      ...real,
      bothAlive: withCertificate(real.bothAlive, { doubts }, { margin }),
    });

    it('is contradicted by a limit that both starts share', () => {
      expect(verdict(withMargin(0.125))).to.equal('contradicted');
    });

    it('is left open where that limit is in doubt, or only nearly met', () => {
      expect(verdict(withMargin(0.125, ['a doubt']))).to.equal('inconclusive');
      expect(verdict(withMargin(Math.sqrt(17) / 16 + 1e-5))).to.equal('inconclusive');
      expect(verdict(withMargin(NaN))).to.equal('inconclusive');
    });
  });

  describe('of random starts', () => {
    const flows = () => real.starts.filter((run) => run.kind === 'flow');
    const withMargins = (change: (run: FlowRecord, k: number) => FlowRecord) => ({
      ...real,
      starts: flows().map(change),
    });

    it('reports how far certified limits lie apart, and judges nothing', () => {
      const spread = (record: InitializationRecord) =>
        evidenceOf(judge(record), /^spread of the limit margins/);
      const margins = [0.03, 0.033, 0.03];
      const some = withMargins((run, k) =>
        withCertificate(run, { doubts: [] }, { margin: margins[k] }),
      );
      expect(spread(some).value).to.be.closeTo(0.1, 1e-12);
      expect(spread(some).note).to.match(/^2 different among 3 certified/);
      expect(verdict(some)).to.equal('supported');
      const doubted = withMargins((run) => withCertificate(run, { doubts: ['a doubt'] }));
      expect(spread(doubted).value).to.be.NaN;
      expect(verdict(doubted)).to.equal('supported');
    });

    it('counts starts that came to rest, and does not judge them', () => {
      const idle = { kind: 'unfinished', wanted: 'flow', message: 'At rest.' } as const;
      const record = { ...real, starts: [...real.starts, idle] };
      expect(verdict(record)).to.equal('supported');
      expect(evidenceOf(judge(record), /^random starts without/).value).to.be.at.least(1);
    });
  });

  describe('of lazy starts', () => {
    const withLazy = (
      k: number,
      change: (run: TangentFlowRecord) => Partial<TangentFlowRecord>,
    ) => ({
      ...real,
      lazy: replaced(real.lazy, k, { ...real.lazy[k], ...change(real.lazy[k]) }),
    });
    const angles = (of: (alpha: number) => number) => (run: TangentFlowRecord) => ({
      tangentAngle: run.alpha.map((alpha, row) => (row === 0 ? NaN : of(alpha))),
    });

    it('is contradicted by a large start that stays away from its tangent kernel', () => {
      expect(
        verdict(
          withLazy(
            2,
            angles(() => 0.5),
          ),
        ),
      ).to.equal('contradicted');
    });

    it('is contradicted by one that never leaves it', () => {
      const stays = withLazy(
        2,
        angles((alpha) => Math.min(1, 1 / Math.max(alpha, 1))),
      );
      expect(verdict(stays)).to.equal('contradicted');
    });

    it('is contradicted by starts that leave after the same α', () => {
      const [, medium] = real.lazy;
      const near = (run: TangentFlowRecord) => ({ ...medium, startNorm: run.startNorm });
      const sameTime = withLazy(2, near);
      expect(evidenceOf(judge(sameTime), /exponent/).verdict).to.equal('contradicted');
      expect(verdict(sameTime)).to.equal('contradicted');
    });

    it('is left open by angles that are no numbers', () => {
      expect(
        verdict(
          withLazy(
            2,
            angles(() => NaN),
          ),
        ),
      ).to.equal('inconclusive');
    });
  });

  describe('of small starts', () => {
    const withAngle = (angle: number, status: EarlyFlowRecord['status'] = 'event') => {
      const last = real.early.length - 1;
      const run = real.early[last];
      const attraction = { ...run.attraction!, meanAngle: run.alpha.map(() => angle) };
      return { ...real, early: replaced(real.early, last, { ...run, status, attraction }) };
    };

    it('is contradicted by units that did not turn, left open by ones that nearly did', () => {
      expect(verdict(withAngle(0.4))).to.equal('contradicted');
      expect(verdict(withAngle(0.05))).to.equal('inconclusive');
      expect(verdict(withAngle(NaN))).to.equal('inconclusive');
      expect(verdict(withAngle(0.001))).to.equal('supported');
    });

    it('is left open by a run whose outputs never grew', () => {
      expect(verdict(withAngle(0.4, 'max-steps'))).to.equal('inconclusive');
    });

    it('turns the units of a smaller start more', () => {
      const ends = real.early.map(({ attraction }) => attraction!.meanAngle.at(-1)!);
      expect(ends.at(-1)!).to.be.below(ends[0] / 3);
    });
  });

  describe('of a = −w', () => {
    const withOpposed = (k: number, change: Partial<EarlyFlowRecord>) => ({
      ...real,
      opposed: replaced(real.opposed, k, { ...real.opposed[k], ...change }),
    });

    it('is contradicted by a flow that fits', () => {
      const { alpha } = real.opposed[1];
      expect(verdict(withOpposed(0, { alpha, status: 'finished' }))).to.equal('contradicted');
    });

    it('is left open by a run that ended early, or neighbours that do not fit', () => {
      const alpha = Float64Array.of(-5, -1);
      expect(verdict(withOpposed(0, { alpha, status: 'step-underflow' }))).to.equal('inconclusive');
      expect(verdict(withOpposed(1, { status: 'stalled' }))).to.equal('inconclusive');
    });
  });
});
