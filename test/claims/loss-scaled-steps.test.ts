import { expect } from 'chai';
import { judgeClaim, lossScaledSteps } from '../../src/claims/index.js';
import { lossScaledStepsPlan, LYU_LI } from '../../src/claims/loss-scaled-steps/plan.js';
import { runStepComparison } from '../../src/experiments/index.js';
import type { RuleRecord, StepComparisonRecord } from '../../src/records/index.js';
import { imagesOfEachClass } from '../../src/specs/index.js';
import { keepRunsApart } from '../helpers/kept-runs.js';
import { dissent, evidenceOf, smoke } from './records.js';
import { EVALUATIONS, madeUpComparison, madeUpRun } from './scaled-records.js';

const judge = (record: StepComparisonRecord) => lossScaledSteps.judge({ comparison: record });
const verdict = (record: StepComparisonRecord) =>
  judgeClaim(lossScaledSteps, { comparison: record }).verdict;

describe('the claim that steps are to be scaled by the loss', () => {
  const made = madeUpComparison();
  const withScaled = (change: Partial<RuleRecord>): StepComparisonRecord => ({
    ...made,
    scaled: { ...made.scaled, ...change },
  });
  const ending = (values: Float64Array, value: number) => values.with(values.length - 1, value);

  it('is supported by a short run on few images', async function () {
    this.timeout(30_000);
    const kept = keepRunsApart();
    try {
      const { comparison: plan } = lossScaledStepsPlan(smoke);
      const data = imagesOfEachClass(2);
      const few = { ...plan, data, evaluations: 500, constant: [0.01] };
      const record = await runStepComparison(few);
      expect(dissent(judge(record))).to.deep.equal([]);
      expect(verdict(record)).to.equal(lossScaledSteps.expected);
    } finally {
      kept.end();
    }
  });

  it('is supported by a made-up record, and judged on it alone', () => {
    expect(dissent(judge(made))).to.deep.equal([]);
    expect(verdict(made)).to.equal('supported');
    expect(judge(made)).to.deep.equal(judge(made));
  });

  it('compares with the best of the constant steps', () => {
    const better = { ...made, constant: [...made.constant, madeUpRun('a third', 2, 2)] };
    const piece = evidenceOf(judge(better), /as a multiple of the best/);
    expect(piece.value).to.be.closeTo(1.25, 1e-12);
    expect(verdict(better)).to.equal('inconclusive');
    const lower = { ...made, constant: [...made.constant, madeUpRun('a third', 11, 1.1)] };
    expect(evidenceOf(judge(lower), /powers of ten/).value).to.be.closeTo(1 / Math.LN10, 1e-12);
    expect(verdict(lower)).to.equal('inconclusive');
  });

  it('is contradicted where the margin is not larger', () => {
    const { normalizedMargin } = made.constant[1];
    const end = normalizedMargin[normalizedMargin.length - 1];
    const record = withScaled({ normalizedMargin: ending(made.scaled.normalizedMargin, end) });
    expect(dissent(judge(record)).length).to.equal(1);
    expect(verdict(record)).to.equal('contradicted');
  });

  it('is contradicted where the loss is not smaller', () => {
    const record = withScaled({ log10Loss: ending(made.scaled.log10Loss, 0) });
    expect(dissent(judge(record)).length).to.equal(1);
    expect(verdict(record)).to.equal('contradicted');
  });

  it('is contradicted where the smoothed margin falls far, and left open where it falls a little', () => {
    const falling = (share: number) => {
      const smoothedMargin = made.scaled.smoothedMargin.slice();
      smoothedMargin[30] = (1 - share) * smoothedMargin[29];
      return verdict(withScaled({ smoothedMargin }));
    };
    expect(falling(1e-4)).to.equal('supported');
    expect(falling(0.01)).to.equal('inconclusive');
    expect(falling(0.1)).to.equal('contradicted');
  });

  it('is contradicted by a smoothed margin that falls little by little', () => {
    const smoothedMargin = made.scaled.smoothedMargin.map((value, k) =>
      k < 30 ? value : made.scaled.smoothedMargin[29] * 0.998 ** (k - 29),
    );
    const record = withScaled({ smoothedMargin });
    const { value } = evidenceOf(judge(record), /^largest relative fall/);
    expect(value).to.be.closeTo(1 - 0.998 ** 30, 1e-12);
    expect(verdict(record)).to.equal('contradicted');
  });

  it('says what a larger constant step gains in the long run', () => {
    const { value, note } = evidenceOf(judge({ ...made, degree: 4 }), /^gain of α/);
    expect(value).to.be.closeTo(1.2, 1e-12);
    // The steps of the made-up runs end at log₁₀ η = −2 + α.
    const expected = 1.2 * Math.LN10 + 1.5 * Math.LN2;
    expect(note).to.include(`= ${expected.toPrecision(3)},`);
  });

  it('is left open where images are misclassified in the end, whatever else the record says', () => {
    const misclassified = ending(made.scaled.trainingError, 0.01);
    expect(verdict(withScaled({ trainingError: misclassified }))).to.equal('inconclusive');
    const [short, long] = made.constant;
    const lost = { ...long, trainingError: misclassified };
    expect(verdict({ ...made, constant: [short, lost] })).to.equal('inconclusive');
    const worse = withScaled({
      trainingError: misclassified,
      normalizedMargin: ending(made.scaled.normalizedMargin, 1e-6),
    });
    expect(verdict(worse)).to.equal('inconclusive');
  });

  it('is left open where a rule stopped before the others', () => {
    const early = withScaled({ gradients: EVALUATIONS - 1 });
    expect(evidenceOf(judge(early), /did not use/).value).to.equal(1);
    expect(verdict(early)).to.equal('inconclusive');
  });

  it('is left open where numbers are not finite', () => {
    for (const column of ['normalizedMargin', 'log10Loss', 'smoothedMargin'] as const) {
      const record = withScaled({ [column]: made.scaled[column].map(() => NaN) });
      expect(verdict(record), column).to.equal('inconclusive');
    }
    expect(verdict(withScaled({ alpha: made.scaled.alpha.map(() => -1) }))).to.equal(
      'inconclusive',
    );
  });

  it('shows the published figures beside ours, as theirs, without judging them', () => {
    const theirs = judge(made).filter(({ metric }) => metric.includes('Lyu & Li'));
    expect(theirs.map(({ value }) => value)).to.deep.equal([
      LYU_LI.scaledMargin / LYU_LI.constantMargin,
      LYU_LI.scaledLog10Loss,
    ]);
    for (const { verdict: said, note } of theirs) {
      expect(said).to.equal('reported');
      expect(note).to.include('not ours');
    }
  });
});
