import { expect } from 'chai';
import type { PredictionSurfacesRecord } from '../../src/claims/prediction-surfaces/plan.js';
import { claimFigures, judgeClaim, predictionSurfacesClaim } from '../../src/claims/index.js';
import { runExperiment } from '../../src/experiments/index.js';
import type { SurfaceCourseRecord, SurfaceStage } from '../../src/records/index.js';
import { dissent, evidenceOf } from './records.js';
import { shortSurfaces } from './surface-records.js';

const judge = (record: PredictionSurfacesRecord) => predictionSurfacesClaim.judge(record);
const verdict = (record: PredictionSurfacesRecord) =>
  judgeClaim(predictionSurfacesClaim, record).verdict;

describe('the claim that surfaces go on changing after the data are fitted', () => {
  let real: PredictionSurfacesRecord;
  before(async function () {
    this.timeout(60_000);
    real = await shortSurfaces();
  });

  const everywhere = (change: (run: SurfaceCourseRecord) => SurfaceCourseRecord) => ({
    ...real,
    courses: real.courses.map(change),
  });
  const withStages = (change: (stage: SurfaceStage) => Partial<SurfaceStage>) =>
    everywhere((run) => ({
      ...run,
      stages: run.stages.map((stage) => ({ ...stage, ...change(stage) })),
    }));

  it('is supported by short runs, and judged on the record alone', () => {
    expect(dissent(judge(real))).to.deep.equal([]);
    expect(verdict(real)).to.equal(predictionSurfacesClaim.expected);
    expect(judge(real)).to.deep.equal(judge(real));
  });

  it('is contradicted by surfaces that stay as they were when the data were fitted', () => {
    expect(verdict(withStages(() => ({ toLast: 0.005 })))).to.equal('contradicted');
    expect(verdict(withStages(() => ({ toLast: 0.05 })))).to.equal('inconclusive');
    expect(verdict(withStages(() => ({ toLast: NaN })))).to.equal('inconclusive');
  });

  it('is contradicted by surfaces that are the predictor of the kernel', () => {
    expect(verdict(withStages(() => ({ toKernel: 0.004 })))).to.equal('contradicted');
    const first = withStages(({ name }) => (name === 'all classified' ? { toKernel: 0.05 } : {}));
    expect(verdict(first)).to.equal('inconclusive');
  });

  it('asks for the distance at the end of the widest networks alone', () => {
    const narrow = everywhere((run) =>
      run.width === 16
        ? { ...run, stages: run.stages.map((stage, k) => (k === 0 ? stage : { ...stage, toKernel: 0.001 })) } // prettier-ignore
        : run,
    );
    expect(verdict(narrow)).to.equal('supported');
  });

  it('is left open where the lazy control does not find the kernel', () => {
    const blind = {
      ...real,
      lazy: real.lazy.map((run) => ({
        ...run,
        stages: run.stages.map((stage) => ({ ...stage, toKernel: 0.3 })),
      })),
    };
    expect(verdict(blind)).to.equal('inconclusive');
    // Not even surfaces on the kernel's speak against the claim by such a ruler.
    const same = withStages(() => ({ toKernel: 0.004 }));
    expect(verdict({ ...same, lazy: blind.lazy })).to.equal('inconclusive');
  });

  it('tells of a start that does not fit, and needs the widest to', () => {
    const failing = (width: number) =>
      everywhere((run) => (run.width === width ? { ...run, finished: false, stages: [] } : run));
    expect(verdict(failing(16))).to.equal('supported');
    expect(verdict(failing(64))).to.equal('inconclusive');
    const result = judgeClaim(predictionSurfacesClaim, failing(16));
    expect(evidenceOf(result.evidence, /classification, circles, width 16/).verdict).to.equal(
      'reported',
    );
    expect(claimFigures(result).length).to.equal(6);
  });

  it('does not judge a first fit that the start already is', () => {
    const lucky = everywhere((run) => ({ ...run, fitsOnTheWay: false }));
    expect(verdict(lucky)).to.equal('supported');
    const { note } = evidenceOf(judge(lucky), /classification, xor, width 64/);
    expect(note).to.include('the start classifies every example');
  });

  it('comes to the kernel’s predictor where units are linear and cancel at the start', async () => {
    const record = await runExperiment({
      kind: 'surface-course',
      problem: {
        name: 'two points',
        data: { kind: 'inline', inputs: [[3, 1], [1, -0.5]], labels: [1, -1] }, // prettier-ignore
        network: { kind: 'two-layer', width: 4, activation: 'linear' },
        loss: 'exponential',
        start: { kind: 'normal', scale: 100, seed: 1 },
      },
      decades: 3,
      opposed: true,
    });
    // Both are classified at once, so that there is no first fit on the way.
    expect([record.finished, record.fitsOnTheWay]).to.deep.equal([true, false]);
    const angles = record.stages.map(({ toKernel }) => toKernel);
    expect(angles).to.have.length(4);
    expect(angles[3] / angles[2]).to.be.closeTo(0.1, 0.002);
    expect(angles[3]).to.be.below(0.001);
    expect(record.stages.at(-1)!.toLast).to.equal(0);
    expect(record.stages[0].toFirst).to.equal(0);
  });
});
