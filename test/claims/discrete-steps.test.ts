import { expect } from 'chai';
import { largestFall } from '../../src/claims/discrete-steps/claim.js';
import type { DiscreteStepsRecord } from '../../src/claims/discrete-steps/plan.js';
import { discreteSteps, judgeClaim } from '../../src/claims/index.js';
import type { StepThresholdRecord, ThresholdDescent } from '../../src/records/index.js';
import { withLimit } from './certificates.js';
import { dissent, evidenceOf, RUN_TIME } from './records.js';
import { shortSteps } from './short-steps.js';

const verdict = (record: DiscreteStepsRecord) => judgeClaim(discreteSteps, record).verdict;

describe('the claim on discrete steps', () => {
  let real: DiscreteStepsRecord;
  before(async function () {
    this.timeout(RUN_TIME);
    real = await shortSteps();
  });

  const withRun = (change: (run: StepThresholdRecord) => StepThresholdRecord, k = 1) => ({
    sweep: real.sweep.map((run, at) =>
      at === k && run.kind === 'step-threshold' ? change(run) : run,
    ),
  });
  const withCosine =
    (factor: number, cosine: number, where: 'late' | 'early' = 'late') =>
    (run: StepThresholdRecord): StepThresholdRecord => ({
      ...run,
      [where]: run[where].map((descent) =>
        descent.factor === factor
          ? { ...descent, alignment: descent.alignment.map(() => cosine) }
          : descent,
      ),
    });

  it('is supported by a short run, with the thresholds of the first two seeds', () => {
    const evidence = discreteSteps.judge(real);
    expect(dissent(evidence)).to.deep.equal([]);
    expect(verdict(real)).to.equal(discreteSteps.expected);
    expect(evidenceOf(evidence, /^threshold C\*, seed 1$/).value).to.be.closeTo(0.007522827, 1e-8);
    expect(evidenceOf(evidence, /^threshold C\*, seed 2$/).value).to.be.closeTo(0.021347892, 1e-8);
  });

  it('is contradicted by a seed that swings below its threshold', () => {
    expect(verdict(withRun(withCosine(0.9, 0.9)))).to.equal('contradicted');
  });

  it('is contradicted by a seed that stays aligned above it', () => {
    expect(verdict(withRun(withCosine(1.1, 0.99999)))).to.equal('contradicted');
  });

  it('is left open between, or where a cosine is no number', () => {
    expect(verdict(withRun(withCosine(0.9, 0.99)))).to.equal('inconclusive');
    expect(verdict(withRun(withCosine(1.1, 0.97)))).to.equal('inconclusive');
    expect(verdict(withRun(withCosine(0.9, NaN)))).to.equal('inconclusive');
    expect(verdict(withRun(withCosine(1.1, NaN)))).to.equal('inconclusive');
  });

  it('is left open where the threshold lies between the two, and the cosine is not as predicted', () => {
    const record = withRun(withCosine(1.1, 0.85));
    expect(dissent(discreteSteps.judge(record))).to.deep.equal([
      'largest error of the cosine above the threshold: inconclusive',
    ]);
  });

  it('asks nothing of a seed without a certified limit, or that is not near it', () => {
    const swinging = withCosine(0.9, 0.5);
    const doubted = (run: StepThresholdRecord): StepThresholdRecord => ({
      ...swinging(run),
      certificate: { ...run.certificate, doubts: ['its angle falls too slowly'] },
    });
    const unstable = (run: StepThresholdRecord): StepThresholdRecord => ({
      ...swinging(run),
      certificate: withLimit({}, { lambda: 1.9, unstable: 1 }),
    });
    const far = (run: StepThresholdRecord): StepThresholdRecord => ({
      ...swinging(run),
      along: { ...run.along, threshold: run.along.threshold.map((value) => 1.2 * value) },
    });
    for (const change of [doubted, unstable, far]) {
      const record = withRun(change);
      expect(verdict(record)).to.equal('inconclusive');
      expect(dissent(discreteSteps.judge(record))).to.deep.equal([
        'share of seeds that can be judged: inconclusive',
      ]);
    }
  });

  it('is left open where descents did not come to their ends, or nothing ran', () => {
    const halted = (run: StepThresholdRecord): StepThresholdRecord => ({
      ...run,
      late: run.late.map((descent) => ({ ...descent, complete: false })),
    });
    expect(verdict(withRun(halted))).to.equal('inconclusive');
    const none = { kind: 'unfinished', wanted: 'step-threshold', message: 'Not run.' } as const;
    expect(verdict({ sweep: [none, none] })).to.equal('inconclusive');
    expect(discreteSteps.figures({ sweep: [none, none] })).to.deep.equal([]);
  });

  it('has descents from the start that never contradict', () => {
    for (const [factor, cosine] of [
      [0.9, 0.5],
      [1.8, 0.99999],
    ]) {
      expect(verdict(withRun(withCosine(factor, cosine, 'early'), 0))).to.equal('inconclusive');
    }
  });

  it('measures the fall of the smoothed margin from its running maximum, where that is positive', () => {
    const run = { smoothedMargin: Float64Array.of(-3, 0.5, 0.4, 0.45, 0.3, 1) } as ThresholdDescent;
    expect(largestFall(run)).to.be.closeTo(0.4, 1e-15);
    expect(largestFall(undefined)).to.deep.equal(NaN);
  });
});
