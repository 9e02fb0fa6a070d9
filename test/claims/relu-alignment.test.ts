import { expect } from 'chai';
import { judgeClaim, reluAlignment } from '../../src/claims/index.js';
import { alignmentVerdict } from '../../src/claims/relu-alignment/claim.js';
import type { ReluAlignmentRecord } from '../../src/claims/relu-alignment/plan.js';
import { finishedOf, isSettled, isSound } from '../../src/claims/relu-alignment/soundness.js';
import { runPlan } from '../../src/experiments/index.js';
import type { FlowRecord, KinkedFlowRecord, UnfinishedRecord } from '../../src/records/index.js';
import { withAngles, withKinks, withLast, withoutRuns, withRuns } from './kinked-records.js';
import { visit } from './certificates.js';
import { dissent, evidenceOf, RUN_TIME, smoke } from './records.js';

const judge = (record: ReluAlignmentRecord) => reluAlignment.judge(record);
const verdict = (record: ReluAlignmentRecord) => judgeClaim(reluAlignment, record).verdict;

describe('the question whether the Clarke flow of ReLU networks aligns', () => {
  let real: ReluAlignmentRecord;
  /** The real record with runs that all align alike. */
  let clean: ReluAlignmentRecord;
  let images: FlowRecord;
  before(async function () {
    this.timeout(RUN_TIME);
    real = await runPlan(reluAlignment.plan(smoke));
    if (real.images.kind === 'unfinished') throw new Error(real.images.message);
    images = real.images;
    const lengths = [0.01, 0.003, 0.001, 3e-4].map((length) => ({ length }));
    clean = withRuns(real, real.sweep.length, (run) =>
      withLast(withAngles(run, 0.02, 0.006, 0.002, 6e-4), lengths),
    );
  });
  const all = () => real.sweep.length;
  const first = (record: ReluAlignmentRecord) => finishedOf(record.sweep)[0];

  it('is supported by a quick run', () => {
    expect(dissent(judge(real))).to.deep.equal([]);
    expect(verdict(real)).to.equal(reluAlignment.expected);
  });

  it('is asked of every seed with both losses, on kinks', () => {
    const runs = finishedOf(real.sweep);
    expect(runs.length).to.equal(real.sweep.length);
    for (const loss of ['exponential', 'logistic']) {
      expect(runs.filter((run) => run.loss === loss).map(({ seed }) => seed)).to.deep.equal([
        1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008,
      ]);
    }
    const { value } = evidenceOf(judge(real), /^stretches of sliding/);
    expect(value).to.be.above(5);
  });

  it('is contradicted by a single sound run whose angle does not shrink', () => {
    for (const angles of [
      [0.01, 0.01, 0.01, 0.01],
      [1e-4, 2e-4, 4e-4, 8e-4],
      [0.3, 0.3, 0.3, 0.3],
    ]) {
      const record = withRuns(clean, 1, (run) => withAngles(run, ...angles));
      expect(dissent(judge(record))).to.deep.equal([
        'sound runs that do not align, planar relu: contradicted',
      ]);
      expect(verdict(record)).to.equal('contradicted');
    }
  });

  it('is contradicted by a sound run whose velocity points away from the weights', () => {
    const record = withRuns(clean, 1, (run) => withAngles(run, 3.1, 2.4, 1.9, 1.5));
    expect(verdict(record)).to.equal('contradicted');
  });

  it('is contradicted by spikes, however small the angle is at the end of a decade', () => {
    const spikes = (run: KinkedFlowRecord) => withLast(run, Array(4).fill({ largest: 0.012 }));
    expect(verdict(withRuns(clean, 1, spikes))).to.equal('contradicted');
    const rarer = (run: KinkedFlowRecord) =>
      withLast(
        run,
        [0.01, 0.001, 0.01, 0.001].map((largest) => ({ largest })),
      );
    expect(verdict(withRuns(clean, 2, rarer))).to.equal('supported');
    expect(verdict(withRuns(clean, 3, rarer))).to.equal('inconclusive');
  });

  it('is left open by runs whose direction has not settled', () => {
    const leaving = (run: KinkedFlowRecord) =>
      withLast(
        withAngles(run, 0.0095, 0.0096, 0.0097, 0.0098),
        [0.011, 0.0112, 0.0114, 0.0116].map((length) => ({ length })),
      );
    const one = withRuns(clean, 1, leaving);
    expect(isSettled(first(one))).to.equal(false);
    expect(isSettled(first(clean))).to.equal(true);
    expect(alignmentVerdict(first(one))).to.equal('inconclusive');
    expect(verdict(one)).to.equal('supported');
    expect(verdict(withRuns(clean, 3, leaving))).to.equal('inconclusive');
  });

  it('is left open by runs that rest near a KKT point that is not stable', () => {
    const still = (run: KinkedFlowRecord) => withAngles(run, 0.01, 0.01, 0.01, 0.01);
    const certificate = (run: KinkedFlowRecord) => ({
      ...run.certificate,
      doubts: ['it is not known'],
    });
    const near = (run: KinkedFlowRecord): KinkedFlowRecord => ({
      ...still(run),
      certificate: certificate(run),
      visits: [{ ...visit, toAlpha: 1e6 }],
    });
    const growing = (run: KinkedFlowRecord): KinkedFlowRecord => ({
      ...withLast(still(run), [{ lambda: 1.02 }]),
      certificate: certificate(run),
    });
    for (const change of [near, growing]) {
      const one = withRuns(clean, 1, change);
      expect(alignmentVerdict(first(one))).to.equal('inconclusive');
      expect(verdict(one)).to.equal('supported');
      expect(verdict(withRuns(clean, 3, change))).to.equal('inconclusive');
    }
    const { note } = evidenceOf(judge(withRuns(clean, 1, near)), /^share of sound runs that align/);
    expect(note).to.include('seed 1001 (exponential): it rests near a KKT point of margin 0.3000');
    const only = withRuns(clean, 1, (run) => ({
      ...withLast(still(run), Array(4).fill({ lambda: 0.1 })),
      visits: [],
      certificate: certificate(run),
    }));
    expect(verdict(only), 'no saddle').to.equal('contradicted');
  });

  it('is not contradicted by runs that are not sound', () => {
    const still = (run: KinkedFlowRecord) => withAngles(run, 0.3, 0.3, 0.3, 0.3);
    const unsound = (run: KinkedFlowRecord) => withLast(still(run), [{ recomputed: 0.31 }]);
    expect(verdict(withRuns(clean, 1, unsound))).to.equal('supported');
    const two = judge(withRuns(clean, 2, unsound));
    expect(dissent(two)).to.deep.equal([
      'share of runs that finish and are sound, planar relu: inconclusive',
    ]);
    expect(verdict(withRuns(clean, all(), unsound))).to.equal('inconclusive');
  });

  it('is left open where too many runs shrink too slowly', () => {
    const slow = (run: KinkedFlowRecord) => withAngles(run, 0.012, 0.011, 0.01, 0.0085);
    expect(verdict(withRuns(clean, 2, slow)), 'two detours of sixteen').to.equal('supported');
    const record = withRuns(clean, 3, slow);
    expect(dissent(judge(record))).to.deep.equal([
      'share of sound runs that align, planar relu: inconclusive',
    ]);
    const { note } = evidenceOf(judge(record), /^share of sound runs that align/);
    expect(note).to.include('seed 1001 (exponential), seed 1001 (logistic)');
  });

  it('is left open where the angle shrinks and the cosine is not reached', () => {
    const wide = (run: KinkedFlowRecord) => withAngles(run, 0.9, 0.4, 0.2, 0.1);
    expect(verdict(withRuns(clean, all(), wide))).to.equal('inconclusive');
  });

  it('holds the fall of the angle against λ, where the limit is certified', () => {
    const pattern = /^rate at which the angle falls/;
    expect(evidenceOf(judge(real), pattern).value).to.be.within(0.95, 1.05);
    const slow = withRuns(clean, all(), (run) => withAngles(run, 0.01, 0.007, 0.0049, 0.0035));
    expect(dissent(judge(slow))).to.deep.equal([
      'rate at which the angle falls ÷ predicted rate, planar relu: inconclusive',
    ]);
    const left = withRuns(clean, all(), (run) => {
      const { certificate } = run;
      const stability = { ...certificate.limit.stability, lambda: 1.9, unstable: 1 };
      return {
        ...run,
        certificate: { ...certificate, limit: { ...certificate.limit, stability } },
      };
    });
    expect(evidenceOf(judge(left), /^share of limits certified/).value).to.equal(0);
    expect(evidenceOf(judge(left), pattern).verdict).to.equal('inconclusive');
    expect(verdict(left)).to.equal('inconclusive');
  });

  it('names its premises, and is left open where α > 0 does not hold', () => {
    const pattern = /^premise α > 0/;
    const { verdict: said, note } = evidenceOf(judge(real), pattern);
    expect(said).to.equal('supported');
    expect(note).to.include('definable').and.to.include('it jumps at kinks');
    const early = withRuns(clean, 1, (run) => withLast(run, Array(4).fill({ alpha: -1 })));
    expect(evidenceOf(judge(early), pattern).verdict).to.equal('inconclusive');
  });

  it('says what is left open of runs without a saddle', () => {
    const slow = (run: KinkedFlowRecord) =>
      withLast(
        withAngles(run, 0.012, 0.011, 0.01, 0.0085),
        Array<{ lambda: number }>(4).fill({ lambda: 0.1 }),
      );
    const { note } = evidenceOf(judge(withRuns(clean, 1, slow)), /^share of sound runs that align/);
    expect(note).to.match(/seed 1001 \(exponential\): the largest angles .* are 0\.0120, 0\.0110/);
  });

  it('counts runs that did not reach their goal', () => {
    expect(verdict(withoutRuns(clean, 1))).to.equal('supported');
    const record = withoutRuns(clean, 2);
    expect(dissent(judge(record))).to.deep.equal([
      'share of runs that finish and are sound, planar relu: inconclusive',
    ]);
    const { note, value } = evidenceOf(judge(record), /^share of runs that finish/);
    expect(value).to.equal(14 / 16);
    expect(note).to.include('of 16 runs 2 did not reach their goal');
    expect(note).to.include('The run used up its steps.');
    expect(verdict(withoutRuns(clean, all()))).to.equal('inconclusive');
  });

  it('is left open where no run ends on kinks, for then nothing was asked', () => {
    const smooth = (run: KinkedFlowRecord) => withLast(run, [{ kinks: [] }]);
    expect(dissent(judge(withRuns(clean, all(), smooth)))).to.deep.equal([
      'share of sound runs on kinks at the end, planar relu: inconclusive',
    ]);
  });

  it('is judged on images too', () => {
    const verdictWith = (own: FlowRecord | UnfinishedRecord) => verdict({ ...clean, images: own });
    const changed = (change: (run: KinkedFlowRecord) => KinkedFlowRecord) =>
      verdictWith(withKinks(images, change));
    expect(changed((run) => withAngles(run, 0.01, 0.01, 0.01, 0.01))).to.equal('contradicted');
    expect(changed((run) => withAngles(run, 0.01, 0.009, 0.008, 0.007))).to.equal('inconclusive');
    expect(changed((run) => withLast(run, [{ recomputed: 1 }]))).to.equal('inconclusive');
    const message = 'images relu: The run ended.';
    const unfinished = { kind: 'unfinished', wanted: 'flow', message } as const;
    expect(verdictWith(unfinished)).to.equal('inconclusive');
  });

  describe('a single run', () => {
    it('needs three decades', () => {
      const run = first(clean);
      const short = { ...run, decades: run.decades.slice(-3) };
      expect(alignmentVerdict(run)).to.equal('supported');
      expect(alignmentVerdict(short)).to.equal('inconclusive');
    });

    it('is sound where its slopes are slopes of ReLU, and its angle is found afresh', () => {
      const run = first(clean);
      const sliding = (slope: number) =>
        isSound(withLast(run, [{ kinks: [{ example: 0, unit: 0, slope }] }]));
      expect(isSound(run)).to.equal(true);
      expect([0, 0.5, 1].map(sliding)).to.deep.equal([true, true, true]);
      expect([-0.01, 1.01, NaN].map(sliding)).to.deep.equal([false, false, false]);
      const found = (share: number) =>
        isSound(withLast(run, [{ angle: 0.001, recomputed: 0.001 * (1 + share) }]));
      expect([0, 9e-4, -9e-4].map(found)).to.deep.equal([true, true, true]);
      expect([2e-3, -2e-3, NaN].map(found)).to.deep.equal([false, false, false]);
    });

    it('is compared with the angle found afresh as long as rounding leaves it one', () => {
      const run = first(clean);
      const late = (alpha: number) =>
        isSound(withLast(run, [{ alpha, angle: 1e-5, recomputed: 2e-5 }]));
      expect([1e7, 1e12].map(late)).to.deep.equal([false, true]);
      const rounding = withAngles(run, 1e-5, 1e-5, 1e-5, 1e-5);
      expect(alignmentVerdict(rounding)).to.equal('contradicted');
      const far = withLast(
        rounding,
        [1e10, 1e11, 1e12, 1e13].map((alpha) => ({ alpha })),
      );
      expect(alignmentVerdict(far)).to.equal('inconclusive');
      const never = { ...run, decades: run.decades.map((at) => ({ ...at, alpha: 1e16 })) };
      expect(isSound(never)).to.equal(false);
    });
  });

  describe('beside its controls', () => {
    it('has a gradient without Clarke multipliers that stays away', () => {
      const { value } = evidenceOf(judge(real), /^cosine with slope 0 on every kink/);
      expect(value).to.be.below(0.98);
      const taken = withRuns(clean, all(), (run) =>
        withAngles(run, ...run.decades.slice(-4).map(({ oneSided }) => oneSided)),
      );
      expect(verdict(taken), 'judged on that gradient').to.equal('contradicted');
    });

    it('has descent whose steps chatter, and align on average', () => {
      const every = evidenceOf(judge(real), /^cosine of every step of descent/).value;
      const averaged = evidenceOf(judge(real), /^cosine of averaged steps of descent/).value;
      expect(every).to.be.below(0.99);
      expect(averaged).to.be.above(0.999);
    });
  });
});
