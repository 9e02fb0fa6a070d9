import { expect } from 'chai';
import { judgeClaim, linearToSvm } from '../../src/claims/index.js';
import { runExperiment } from '../../src/experiments/index.js';
import type { LinearRun, LinearSvmRecord } from '../../src/records/index.js';
import { dissent, evidenceOf } from './records.js';
import { shortLinearSvm } from './svm-records.js';

const judge = (record: LinearSvmRecord) => linearToSvm.judge({ linear: record });
const verdict = (record: LinearSvmRecord) => judgeClaim(linearToSvm, { linear: record }).verdict;

describe('the claim that logistic regression becomes a support vector machine', () => {
  let real: LinearSvmRecord;
  before(async function () {
    this.timeout(30_000);
    real = await shortLinearSvm();
  });

  const withFlow = (change: Partial<LinearRun>): LinearSvmRecord => ({
    ...real,
    flow: { ...real.flow, ...change },
  });
  const withDescents = (distance: (steps: number) => number): LinearSvmRecord => ({
    ...real,
    descents: real.descents.map((run) => ({ ...run, lawDistance: run.steps.map(distance) })),
  });

  it('is supported by a short run, and judged on the record alone', () => {
    expect(dissent(judge(real))).to.deep.equal([]);
    expect(verdict(real)).to.equal(linearToSvm.expected);
    expect(judge(real)).to.deep.equal(judge(real));
  });

  it('is contradicted by a certified limit that is another classifier, and open where it is in doubt', () => {
    // The direction of least squares lies 0.0085 away on these data.
    expect(verdict({ ...real, limitAngle: 0.0085 })).to.equal('contradicted');
    expect(verdict({ ...real, limitAngle: 1e-6 })).to.equal('inconclusive');
    const doubtful = { ...real, limitAngle: 0.02, doubts: ['starts lead to different points'] };
    expect(verdict(doubtful)).to.equal('inconclusive');
    expect(evidenceOf(judge(doubtful), /the limit and/).note).to.include('different points');
  });

  it('is contradicted by an angle that stays, and open by one that falls at another rate', () => {
    const angles = (ratio: number) => ({
      ...real,
      decadeAngles: real.decadeAlphas.map((_, k) => 0.1 * ratio ** k),
    });
    expect(verdict(angles(0.1))).to.equal('supported');
    expect(verdict(angles(0.2))).to.equal('inconclusive');
    expect(verdict(angles(0.97))).to.equal('contradicted');
    expect(verdict({ ...real, decadeAngles: real.decadeAngles.map(() => NaN) })).to.equal(
      'inconclusive',
    );
  });

  it('is contradicted by weights or dual variables that follow another law', () => {
    const all = (value: number) => real.flow.alpha.map(() => value);
    expect(verdict(withFlow({ lawDistance: all(1) }))).to.equal('contradicted');
    expect(verdict(withFlow({ lawDistance: all(0.01) }))).to.equal('inconclusive');
    expect(verdict(withFlow({ dualDistance: all(0.3) }))).to.equal('contradicted');
    expect(verdict(withFlow({ dualDistance: all(0.01) }))).to.equal('inconclusive');
  });

  it('judges descent by how its distance falls, not by how small it is', () => {
    expect(verdict({ ...withDescents((t) => 1 / (1 + t)), lawExponent: 1 })).to.equal('supported');
    expect(verdict({ ...withDescents((t) => (1 + t) ** -0.3), lawExponent: 1 })).to.equal(
      'inconclusive',
    );
    expect(verdict(withDescents(() => 0.01))).to.equal('supported');
    expect(verdict({ ...withDescents(() => 0.8), lawExponent: 0.5 })).to.equal('inconclusive');
    // Only where t^{-κ} has become small can descent speak against the law.
    const steady = withDescents(() => 0.8);
    const longer = steady.descents.map((run) => ({
      ...run,
      logTime: run.logTime.map((value) => value + 10),
    }));
    expect(verdict({ ...steady, lawExponent: 1, descents: longer })).to.equal('contradicted');
    expect(verdict({ ...steady, lawExponent: 0.1, descents: longer })).to.equal('inconclusive');
    expect(verdict({ ...steady, descents: longer, finished: false })).to.equal('inconclusive');
  });

  it('knows no second term where the support vectors do not span', () => {
    const record = { ...withFlow({ lawDistance: real.flow.alpha.map(() => 1) }), spans: false };
    expect(verdict(record)).to.equal('inconclusive');
    expect(evidenceOf(judge(record), /distance of the flow/).note).to.include('do not span');
  });

  it('measures the law of two support vectors in closed form', async () => {
    // z = (1, 2) and (1, −1): ŵ = (1, 0), λ = (1/3, 2/3), so w̃ solves z·w̃ = log 3 and log 3/2.
    const record = await runExperiment({
      kind: 'linear-svm',
      problem: {
        name: 'two points',
        data: { kind: 'inline', inputs: [[1, 2], [-1, 1]], labels: [1, -1] }, // prettier-ignore
        network: { kind: 'linear' },
        loss: 'logistic',
        start: { kind: 'theta', theta: [0.1, 0.3] },
      },
      decades: 3,
      step: 0.1,
      steps: 200,
      starts: [1],
    });
    expect(record.svm.margin).to.be.closeTo(1, 1e-14);
    expect(record.spans).to.equal(true);
    const [a, b] = record.offset;
    expect(a + 2 * b).to.be.closeTo(Math.log(3), 1e-13);
    expect(a - b).to.be.closeTo(Math.log(3 / 2), 1e-13);
    // Σ λ z zᵀ = diag(1, 2).
    expect(record.lawExponent).to.be.closeTo(1, 1e-13);
    expect(record.flow.lawDistance.at(-1)).to.be.below(1e-6);
    expect(record.descents[0].steps.at(-1)).to.equal(200);
  });
});
