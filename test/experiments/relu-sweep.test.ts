import { expect } from 'chai';
import {
  Interrupted,
  kinkedOrUnfinished,
  runFlow,
  SWEEP,
  sweepRelu,
  sweepSeeds,
  Unfinished,
} from '../../src/experiments/index.js';
import { rejectionOf, smoke, tinyProblem } from './tiny-problems.js';

describe('a sweep over seeds', () => {
  it('has seeds of its own for every seed, and more of them at larger scales', () => {
    expect(sweepSeeds(smoke)).to.deep.equal([1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008]);
    const [small, middle, large] = (['smoke', 'standard', 'full'] as const).map((scale) =>
      sweepSeeds({ scale, seed: 3 }),
    );
    expect(middle.slice(0, small.length)).to.deep.equal(small);
    expect(large.slice(0, middle.length)).to.deep.equal(middle);
    expect(large.length).to.equal(SWEEP.full.seeds);
    expect(large).to.not.include.members(sweepSeeds({ scale: 'full', seed: 4 }));
  });

  it('keeps the reason of a run that does not reach its goal', async () => {
    const failed = Promise.reject(new Unfinished('planar relu: The run used up its steps.'));
    expect(await kinkedOrUnfinished(failed, 5, 'logistic')).to.deep.equal({
      seed: 5,
      loss: 'logistic',
      message: 'planar relu: The run used up its steps.',
    });
  });

  it('hides no other error', async () => {
    const failed = Promise.reject(new TypeError('no'));
    expect(await rejectionOf(kinkedOrUnfinished(failed, 5, 'logistic'))).to.be.instanceOf(
      TypeError,
    );
  });

  it('has the numbers of a run that does', async () => {
    const flow = runFlow(tinyProblem('relu'), 3, smoke);
    const run = await kinkedOrUnfinished(flow, 5, 'exponential');
    expect(run).to.include({ seed: 5, loss: 'exponential', name: 'tiny relu' });
  });

  it('throws Interrupted when its signal is given', async () => {
    const reason = await rejectionOf(sweepRelu({ ...smoke, signal: { aborted: true } }));
    expect(reason).to.be.instanceOf(Interrupted);
  });
});
