import { expect } from 'chai';
import { imageFlow, Interrupted, planarDescent, planarFlow } from '../../src/experiments/index.js';
import { rejectionOf, signalAfter, smoke, watched } from './tiny-problems.js';

/** Seeds that no other test uses, so that nothing is known of their runs. */
const size = { c: 0.1, decades: 1, maxSteps: 100_000 };

describe('shared runs', function () {
  this.timeout(60_000);

  it('are computed once, by whoever asks first', async () => {
    const first = watched({ ...smoke, seed: 901 });
    const second = watched({ ...smoke, seed: 901 });
    const fine = { ...size, c: 0.02, decades: 3 };
    const run = planarDescent('squared-relu', fine, first.settings);
    expect(planarDescent('squared-relu', { ...fine }, second.settings)).to.equal(run);
    await run;
    expect(planarDescent('squared-relu', fine, second.settings)).to.equal(run);
    expect(first.reports.length).to.be.above(0);
    expect(second.reports).to.deep.equal([]);
  });

  it('are other runs for another seed, activation or size', async () => {
    const settings = { ...smoke, seed: 902 };
    const runs = await Promise.all([
      planarDescent('squared-relu', size, settings),
      planarDescent('relu', size, settings),
      planarDescent('squared-relu', { ...size, c: 0.2 }, settings),
      planarDescent('squared-relu', size, { ...settings, seed: 903 }),
    ]);
    const lasts = runs.map(({ result }) => result.last.alpha);
    expect(new Set(lasts).size).to.equal(4);
    expect(runs.map(({ problem }) => problem.activation)).to.deep.equal([
      'squared-relu',
      'relu',
      'squared-relu',
      'squared-relu',
    ]);
  });

  it('are forgotten when they fail', async () => {
    const settings = { ...smoke, seed: 904 };
    const wrong = { ...size, c: -1 };
    const first = planarDescent('squared-relu', wrong, settings);
    const reason = await rejectionOf(first);
    expect((reason as Error).message).to.match(/^A 'relative' step needs positive sizes; got -1/);
    const second = planarDescent('squared-relu', wrong, settings);
    expect(second).not.to.equal(first);
    await rejectionOf(second);
  });

  for (const [title, run] of [
    ['flow on the plane', planarFlow],
    ['flow on images', imageFlow],
  ] as const) {
    it(`are forgotten when they are interrupted, and then run to the end: ${title}`, async () => {
      const settings = { ...smoke, seed: 905 };
      const interrupted = { ...settings, signal: signalAfter(5) };
      expect(await rejectionOf(run('squared-relu', interrupted))).to.be.instanceOf(Interrupted);
      const { result, problem } = await run('squared-relu', settings);
      expect(result.status).to.equal('finished');
      expect(problem.activation).to.equal('squared-relu');
    });
  }

  it('are forgotten when descent is interrupted', async () => {
    const settings = { ...smoke, seed: 906 };
    const interrupted = { ...settings, signal: { aborted: true } };
    const reason = await rejectionOf(planarDescent('relu', size, interrupted));
    expect(reason).to.be.instanceOf(Interrupted);
    expect((reason as Error).name).to.equal('Interrupted');
    const { result } = await planarDescent('relu', size, settings);
    expect(result.status).to.equal('finished');
  });

  it('share a planar flow between scales that follow it equally far', () => {
    const settings = { ...smoke, seed: 907 };
    const signal = { aborted: true };
    const standard = planarFlow('relu', { ...settings, scale: 'standard', signal });
    expect(planarFlow('relu', { ...settings, scale: 'full' })).to.equal(standard);
    return rejectionOf(standard);
  });
});
