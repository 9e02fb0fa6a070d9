import { expect } from 'chai';
import {
  imageFlowPlan,
  planarDescentPlan,
  planarFlowPlan,
} from '../../src/claims/common/flow-plans.js';
import { Interrupted, planarFlow, runExperiment } from '../../src/experiments/index.js';
import type { KnownActivation, NetworkSpec } from '../../src/specs/index.js';
import { rejectionOf, signalAfter, smoke, tinySpec, watched } from './tiny-problems.js';

/** Seeds that no other test uses, so that nothing is known of their runs. */
const size = { c: 0.1, decades: 1, maxSteps: 100_000 };

const descentOf = (
  seed: number,
  change: Partial<typeof size> = {},
  activation: KnownActivation = 'squared-relu',
) => planarDescentPlan(activation, { ...size, ...change }, { ...smoke, seed });

describe('running an experiment', function () {
  this.timeout(60_000);

  it('is done once, for whoever asks first', async () => {
    const first = watched();
    const second = watched();
    const fine = { c: 0.02, decades: 3 };
    const run = runExperiment(descentOf(901, fine), first.context);
    expect(runExperiment(descentOf(901, { ...fine }), second.context)).to.equal(run);
    await run;
    expect(runExperiment(descentOf(901, fine), second.context)).to.equal(run);
    expect(first.reports.length).to.be.above(0);
    expect(second.reports).to.deep.equal([]);
  });

  it('is the same for a description in another order, or with its defaults written out', async () => {
    const { kind, problem, ...others } = descentOf(908);
    const { loss, data, ...rest } = problem;
    const network = { ...problem.network, bias: false } as NetworkSpec;
    const again = { ...others, problem: { ...rest, network, data, loss }, kind };
    const run = runExperiment(descentOf(908));
    expect(runExperiment(again)).to.equal(run);
    await run;
  });

  it('is another run for another seed, activation or size', async () => {
    const runs = await Promise.all(
      [descentOf(902), descentOf(902, {}, 'relu'), descentOf(902, { c: 0.2 }), descentOf(903)].map(
        (spec) => runExperiment(spec),
      ),
    );
    const lasts = runs.map(({ result }) => result.last.alpha);
    expect(new Set(lasts).size).to.equal(4);
    expect(runs.map(({ problem }) => problem.activation)).to.deep.equal([
      'squared-relu',
      'relu',
      'squared-relu',
      'squared-relu',
    ]);
  });

  it('is forgotten when it fails', async () => {
    const wrong = descentOf(904, { c: -1 });
    const first = runExperiment(wrong);
    const reason = await rejectionOf(first);
    expect((reason as Error).message).to.match(/^A 'relative' step needs positive sizes; got -1/);
    const second = runExperiment(wrong);
    expect(second).not.to.equal(first);
    await rejectionOf(second);
  });

  it('fails by its promise where the description stands for nothing', async () => {
    const started = runExperiment({
      kind: 'flow',
      problem: { ...tinySpec(), data: { kind: 'csv', file: 'no-such-file.csv' } },
      decades: 1,
    });
    expect(((await rejectionOf(started)) as Error).message).to.include('no-such-file.csv');
  });

  for (const [title, planOf] of [
    ['flow on the plane', planarFlowPlan],
    ['flow on images', imageFlowPlan],
  ] as const) {
    it(`is forgotten when it is interrupted, and then goes to the end: ${title}`, async () => {
      const plan = planOf('squared-relu', { ...smoke, seed: 905 });
      const interrupted = { signal: signalAfter(5) };
      expect(await rejectionOf(runExperiment(plan, interrupted))).to.be.instanceOf(Interrupted);
      const { result, problem } = await runExperiment(plan);
      expect(result.status).to.equal('finished');
      expect(problem.activation).to.equal('squared-relu');
    });
  }

  it('is forgotten when descent is interrupted', async () => {
    const plan = descentOf(906, {}, 'relu');
    const reason = await rejectionOf(runExperiment(plan, { signal: { aborted: true } }));
    expect(reason).to.be.instanceOf(Interrupted);
    expect((reason as Error).name).to.equal('Interrupted');
    const { result } = await runExperiment(plan);
    expect(result.status).to.equal('finished');
  });

  it('shares a planar flow between scales that follow it equally far', () => {
    const settings = { ...smoke, seed: 907 };
    const signal = { aborted: true };
    const standard = planarFlow('relu', { ...settings, scale: 'standard', signal });
    expect(planarFlow('relu', { ...settings, scale: 'full' })).to.equal(standard);
    return rejectionOf(standard);
  });

  it('keeps of a kinked flow what its flow says about kinks, and no directions', async () => {
    const problem = tinySpec('relu');
    const flow = await runExperiment({ kind: 'flow', problem, decades: 2 });
    const kinked = await runExperiment({ kind: 'kinked-flow', problem, decades: 2 });
    expect(kinked.decades).to.deep.equal(flow.onKinks!.decades);
    expect(kinked).to.include({ name: 'tiny relu', seed: 3, loss: 'exponential' });
    expect(kinked).not.to.have.any.keys('result', 'decadePoints');
  });
});
