import { expect } from 'chai';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { lossScaledStepsPlan } from '../../src/claims/loss-scaled-steps/plan.js';
import { comparisonOf } from '../../src/experiments/run-step-comparison.js';
import {
  Interrupted,
  runStepComparison,
  Unfinished,
  type Progress,
} from '../../src/experiments/index.js';
import type { RuleRecord, StepComparisonRecord } from '../../src/records/index.js';
import { imagesOfEachClass, type StepComparisonExperiment } from '../../src/specs/index.js';
import { readRun } from '../../src/training/index.js';
import { keepRunsApart, type RunsKept } from '../helpers/kept-runs.js';
import { rejectionOf, signalAfter, smoke, watched } from './tiny-problems.js';

const columns = (run: RuleRecord) =>
  Object.values(run).filter((value) => value instanceof Float64Array);

/** The one training of that name. */
function trainingIn(folder: string, name: string) {
  const found = readdirSync(folder).filter((one) => one.startsWith(`${name}-`));
  expect(found, name).to.have.length(1);
  return readRun(join(folder, found[0]));
}

/** Does something where no training is kept yet. */
async function elsewhere(what: (folder: string) => Promise<void>): Promise<void> {
  const apart = keepRunsApart();
  try {
    await what(apart.folder);
  } finally {
    apart.end();
  }
}

describe('a comparison of rules for the length of steps', function () {
  this.timeout(30_000);
  let kept: RunsKept;
  let plan: StepComparisonExperiment;
  let run: StepComparisonRecord;
  const rules = () => [...run.constant, run.scaled];

  before(async () => {
    kept = keepRunsApart();
    const { comparison } = lossScaledStepsPlan(smoke);
    plan = { ...comparison, data: imagesOfEachClass(2), evaluations: 60 };
    run = await runStepComparison(plan);
  });

  after(() => kept.end());

  it('has plans with networks of degree 4, more images and more gradients at the larger scale', () => {
    const [few, many] = (['smoke', 'standard'] as const).map(
      (scale) => lossScaledStepsPlan({ scale, seed: 1 }).comparison,
    );
    for (const [spec, examples] of [
      [few, 200],
      [many, 1000],
    ] as const) {
      const { network, data } = comparisonOf(spec);
      expect(network.degree).to.deep.equal({ homogeneous: true, degree: 4 });
      expect(data.examples).to.equal(examples);
    }
    expect(many.evaluations).to.be.above(few.evaluations);
  });

  it('starts every rule from the same fitted network', () => {
    const [first, ...others] = rules();
    expect(first.alpha[0]).to.be.at.least(1);
    expect(first.trainingError[0]).to.equal(0);
    for (const other of others) {
      expect(other.alpha[0]).to.equal(first.alpha[0]);
      expect(other.normalizedMargin[0]).to.equal(first.normalizedMargin[0]);
    }
  });

  it('gives every rule the same number of gradients, undone steps included', () => {
    for (const { gradients, evaluations, steps } of rules()) {
      expect(gradients).to.equal(plan.evaluations);
      expect(evaluations[0]).to.equal(0);
      expect(evaluations.at(-1)).to.be.at.most(plan.evaluations);
      expect(steps.at(-1)).to.be.at.most(evaluations.at(-1)!);
    }
    expect(run.constant[0].steps.at(-1)).to.equal(plan.evaluations);
    expect(run.scaled.steps.at(-1)).to.be.below(plan.evaluations);
  });

  it('never lets the loss grow with loss-scaled steps', () => {
    const { log10Loss } = run.scaled;
    log10Loss.forEach((value, k) => expect(value).to.be.at.most(log10Loss[Math.max(0, k - 1)]));
  });

  it('tells the length of steps along the gradient of the mean loss', async () => {
    for (const step of run.constant[0].log10Step) expect(step).to.be.closeTo(-2, 1e-12);
    const { log10Loss, log10Step, steps, evaluations } = run.scaled;
    const { examples } = run.data;
    expect(log10Step[0]).to.be.closeTo(Math.log10(plan.start * examples) - log10Loss[0], 1e-12);
    // In the middle of its work a training has a among what it saves.
    let halfway = false;
    const context = {
      onProgress: ({ task, share = 0 }: Progress) =>
        void (halfway ||= task.endsWith('scaled') && share > 0.5),
      signal: {
        get aborted() {
          return halfway;
        },
      },
    };
    await elsewhere(async (folder) => {
      const reason = await rejectionOf(runStepComparison(plan, context));
      expect(reason).to.be.instanceOf(Interrupted);
      const { state } = trainingIn(folder, 'loss-scaled-steps-2-1-scaled');
      expect(state.epochs).to.be.above(plan.evaluations / 2);
      const row = steps.findLastIndex((_, k) => evaluations[k] <= state.epochs);
      const done = state.steps - steps[row];
      const undone = state.epochs - evaluations[row] - done;
      const scale = log10Step[row] + log10Loss[row] + (0.2 * done - 0.1 * undone) * Math.log10(2);
      expect(scale).to.be.closeTo(Math.log10(state.stepSize * examples), 1e-12);
    });
  });

  it('divides margins by the fourth power of the norm', () => {
    const { rows } = trainingIn(kept.folder, 'loss-scaled-steps-2-1-scaled');
    const { smallestMargin, alpha, logNorm } = rows.at(-1)!;
    const power = Math.exp(logNorm) ** 4;
    expect(run.scaled.normalizedMargin.at(-1)! * power).to.be.closeTo(smallestMargin, 1e-9);
    expect(run.scaled.smoothedMargin.at(-1)! * power).to.be.closeTo(alpha, 1e-9);
  });

  it('is read from its folders where it has been trained before', async () => {
    const { context, reports } = watched();
    const again = await runStepComparison(plan, context);
    expect(reports).to.deep.equal([]);
    expect(columns(again.scaled)).to.deep.equal(columns(run.scaled));
    expect(again.constant.map(columns)).to.deep.equal(run.constant.map(columns));
  });

  it('goes on after an interruption, to the same numbers, and tells how far it is', async () => {
    const { context, reports } = watched();
    await elsewhere(async () => {
      const interrupted = { ...context, signal: signalAfter(120) };
      const reason = await rejectionOf(runStepComparison(plan, interrupted));
      expect(reason).to.be.instanceOf(Interrupted);
      const whole = await runStepComparison(plan, context);
      expect(columns(whole.scaled)).to.deep.equal(columns(run.scaled));
    });
    expect(reports.at(-1)!.share).to.equal(1);
    expect(reports.every(({ task }) => task.startsWith('scaled steps, '))).to.equal(true);
  });

  it('leaves no lock behind', () => {
    for (const name of readdirSync(kept.folder)) {
      expect(existsSync(join(kept.folder, name, 'lock')), name).to.equal(false);
    }
  });

  it('says nothing where the fit does not end', async () => {
    const short = { ...plan, fit: { ...plan.fit, epochs: 1 } };
    await elsewhere(async () => {
      const reason = await rejectionOf(runStepComparison(short));
      expect(reason).to.be.instanceOf(Unfinished);
      expect((reason as Error).message).to.match(/The epochs were used up/);
    });
  });
});
