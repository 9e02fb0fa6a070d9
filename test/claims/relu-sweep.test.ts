import { expect } from 'chai';
import {
  reluAlignmentPlan,
  sweepSeeds,
  SWEPT_LOSSES,
} from '../../src/claims/relu-alignment/plan.js';
import { Interrupted, runPlan, Unfinished } from '../../src/experiments/index.js';
import type { KinkedFlowExperiment, PlannedAttempt } from '../../src/specs/index.js';
import { rejectionOf, smoke, tinySpec } from '../experiments/tiny-problems.js';

/** A sweep of one seed. */
function sweepOf(change: Partial<KinkedFlowExperiment> = {}) {
  const attempt: KinkedFlowExperiment = {
    kind: 'kinked-flow',
    problem: tinySpec('relu', 5),
    decades: 3,
    ...change,
  };
  return { sweep: [{ attempt } satisfies PlannedAttempt] };
}

describe('a sweep over seeds', () => {
  it('has seeds of its own for every seed, and more of them at larger scales', () => {
    expect(sweepSeeds(smoke)).to.deep.equal([1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008]);
    const [small, middle, large] = (['smoke', 'standard', 'full'] as const).map((scale) =>
      sweepSeeds({ scale, seed: 3 }),
    );
    expect(middle.slice(0, small.length)).to.deep.equal(small);
    expect(large.slice(0, middle.length)).to.deep.equal(middle);
    expect(large.length).to.equal(100);
    expect(large).to.not.include.members(sweepSeeds({ scale: 'full', seed: 4 }));
  });

  it('has a flow of every seed with every loss', () => {
    const { sweep } = reluAlignmentPlan(smoke);
    const found = sweep.map(({ attempt: { problem } }) => {
      const { data, start, loss } = problem;
      expect('seed' in data && 'seed' in start && data.seed === start.seed).to.equal(true);
      return `${(start as { seed: number }).seed} ${loss}`;
    });
    expect(found).to.deep.equal(
      sweepSeeds(smoke).flatMap((seed) => SWEPT_LOSSES.map((loss) => `${seed} ${loss}`)),
    );
  });

  it('keeps the reason of a run that does not reach its goal', async () => {
    const failing = () => Promise.reject(new Unfinished('planar relu: The run used up its steps.'));
    const { sweep } = await runPlan(sweepOf(), {}, failing);
    expect(sweep).to.deep.equal([
      {
        kind: 'unfinished',
        wanted: 'kinked-flow',
        message: 'planar relu: The run used up its steps.',
      },
    ]);
  });

  it('hides no other error', async () => {
    const failing = () => Promise.reject(new TypeError('no'));
    expect(await rejectionOf(runPlan(sweepOf(), {}, failing))).to.be.instanceOf(TypeError);
  });

  it('has the numbers of a run that does', async () => {
    const { sweep } = await runPlan(sweepOf());
    expect(sweep[0]).to.include({
      kind: 'kinked-flow',
      seed: 5,
      loss: 'exponential',
      name: 'tiny relu',
    });
  });

  it('throws Interrupted when its signal is given', async () => {
    // A seed that nothing is known of.
    const { sweep } = reluAlignmentPlan({ ...smoke, seed: 908 });
    const reason = await rejectionOf(runPlan({ sweep }, { signal: { aborted: true } }));
    expect(reason).to.be.instanceOf(Interrupted);
  });
});
