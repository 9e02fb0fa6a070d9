import { expect } from 'chai';
import type { LossesRecord } from '../../src/claims/losses/plan.js';
import { judgeClaim, lossesClaim } from '../../src/claims/index.js';
import { runExperiment } from '../../src/experiments/index.js';
import { distanceBetween } from '../../src/numerics/vectors.js';
import type { LossLimit, LossLimitsRecord } from '../../src/records/index.js';
import { planarSpec } from '../../src/specs/index.js';
import { dissent, evidenceOf, RUN_TIME } from './records.js';
import { shortLosses } from './short-losses.js';

const verdict = (record: LossesRecord) => judgeClaim(lossesClaim, record).verdict;

describe('the claim on losses', () => {
  let real: LossesRecord;
  before(async function () {
    this.timeout(RUN_TIME);
    real = await shortLosses();
  });

  const withLosses = (
    kind: LossLimit['tail']['kind'],
    change: (loss: LossLimit) => Partial<LossLimit>,
    of: 'crowd' | 'drawn' | 'classes' = 'drawn',
  ): LossesRecord => {
    const run: LossLimitsRecord = real[of];
    const losses = run.losses.map((loss) =>
      loss.tail.kind === kind ? { ...loss, ...change(loss) } : loss,
    );
    return { ...real, [of]: { ...run, losses } };
  };
  const ending = (angle: number) => (loss: LossLimit) => ({
    angleToOwn: loss.angleToOwn.map(() => angle),
  });

  it('is supported by a short run, with limits to 1e-6', () => {
    const evidence = lossesClaim.judge(real);
    expect(dissent(evidence)).to.deep.equal([]);
    expect(verdict(real)).to.equal(lossesClaim.expected);
    const { value } = evidenceOf(evidence, /^angle to what a polynomial tail maximises, crowd/);
    expect(value).to.be.below(1e-9);
  });

  it('has predictions that its flows did not decide: at the planted maximum margin, 0.5', () => {
    expect(real.drawn.margin).to.be.closeTo(0.5, 1e-14);
    expect(real.crowd.margin).to.be.closeTo(1, 1e-14);
    expect(distanceBetween(real.crowd.weights, [1, 0])).to.be.below(1e-14);
    const angles = real.crowd.losses.flatMap(({ tail, predictedAngle }) =>
      tail.kind === 'polynomial' ? [predictedAngle] : [],
    );
    angles.slice(1).forEach((angle, k) => expect(angle).to.be.below(angles[k]));
  });

  for (const kind of ['exponential', 'logistic', 'polynomial'] as const) {
    it(`is contradicted by ${kind} tails that lead elsewhere, and left open between`, () => {
      for (const of of ['crowd', 'drawn', 'classes'] as const) {
        expect(verdict(withLosses(kind, ending(0.02), of))).to.equal('contradicted');
        expect(verdict(withLosses(kind, ending(1e-4), of))).to.equal('inconclusive');
        expect(verdict(withLosses(kind, ending(NaN), of))).to.equal('inconclusive');
      }
    });
  }

  it('is contradicted by a polynomial tail that goes to the maximum margin', () => {
    const lured = withLosses('polynomial', ({ predictedAngle, angleToOwn }) => ({
      angleToOwn: angleToOwn.map(() => predictedAngle),
    }));
    expect(verdict(lured)).to.equal('contradicted');
  });

  it('gives stretched tails, which end sooner, more room', () => {
    expect(verdict(withLosses('stretched', ending(0.01)))).to.equal('supported');
    expect(verdict(withLosses('stretched', ending(0.05)))).to.equal('inconclusive');
    expect(verdict(withLosses('stretched', ending(0.2)))).to.equal('contradicted');
  });

  it('is left open by runs that did not come to their ends', () => {
    const halted = withLosses('polynomial', (loss) => ({ ...ending(0.5)(loss), complete: false }));
    expect(verdict(halted)).to.equal('inconclusive');
  });

  it('is left open by data that tell no tails apart, and by a margin without a proof', () => {
    const alike = withLosses('polynomial', () => ({ predictedAngle: 1e-3 }));
    expect(dissent(lossesClaim.judge(alike))).to.deep.equal([
      'largest angle from there to the maximum margin, Gaussian points: inconclusive',
    ]);
    // One power whose flow could go to either is no help, however far apart the others are.
    const one = withLosses('polynomial', ({ tail, predictedAngle }) => ({
      predictedAngle: tail.kind === 'polynomial' && tail.power === 4 ? 1e-5 : predictedAngle,
    }));
    expect(dissent(lossesClaim.judge(one))).to.deep.equal([
      'least angle from there to the maximum margin, Gaussian points: inconclusive',
    ]);
    expect(verdict({ ...real, crowd: { ...real.crowd, gap: 1e-6 } })).to.equal('inconclusive');
  });

  it('reports the squared hinge and networks without judging them', () => {
    const lost = withLosses('squared-hinge', () => ({ marginShare: Float64Array.of(-1) }));
    expect(verdict(lost)).to.equal('supported');
    const evidence = evidenceOf(lossesClaim.judge(real), /^angle between the limits of two losses/);
    expect(evidence.verdict).to.equal('reported');
  });

  it('says what is wrong with a network that is not linear, and with data that are not separable', async () => {
    const { tails, decades } = lossesClaim.plan({ scale: 'smoke', seed: 1 }).classes;
    const failing = async (problem: LossLimitsRecord['problem'] | object) => {
      const spec = { kind: 'loss-limits', problem, tails, decades } as never;
      return runExperiment(spec).then(
        () => 'nothing',
        (error: unknown) => (error as Error).message,
      );
    };
    expect(await failing(planarSpec('relu', 1))).to.equal(
      "'planar relu' is to be a linear model for 'loss-limits'; it has other layers.",
    );
    const both = {
      ...planarSpec('relu', 1),
      name: 'two alike',
      data: { kind: 'inline', inputs: [[1], [1]], labels: [1, -1] },
      network: { kind: 'linear' },
      probe: undefined,
    };
    expect(await failing(both)).to.equal(
      "No linear model classifies every example of 'two alike'.",
    );
  });
});
