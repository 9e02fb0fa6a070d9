import { expect } from 'chai';
import { Interrupted, runDescent } from '../../src/experiments/index.js';
import { sampledPathLength } from '../../src/metrics/index.js';
import { rejectionOf, signalAfter, tinyProblem, watched } from './tiny-problems.js';

const size = { c: 0.05, decades: 2, maxSteps: 100_000 };

describe('a descent run', () => {
  it('reaches its goal, and measures every saved row', async () => {
    const { result, measurements, sampledLength, c } = await runDescent(tinyProblem('relu'), size);
    expect(result.status).to.equal('finished');
    expect(result.last.alpha).to.be.at.least(100);
    expect(c).to.equal(0.05);
    expect([...measurements.alpha]).to.deep.equal([...result.trajectory.alpha]);
    expect(sampledLength).to.deep.equal(sampledPathLength(result.trajectory));
  });

  it('has a sampled length that the raw length bounds', async () => {
    const { decades, rawDecades, result, sampledLength } = await runDescent(tinyProblem(), size);
    expect(decades.map(({ from, to }) => [from, to])).to.deep.equal([
      [1, 10],
      [10, 100],
    ]);
    expect(rawDecades.map(({ from }) => from)).to.deep.equal([1, 10]);
    const { pathLength } = result.trajectory;
    sampledLength.forEach((length, k) => expect(length).to.be.at.most(pathLength[k] + 1e-12));
  });

  it('has decades only as far as its steps led', async () => {
    const short = await runDescent(tinyProblem(), { ...size, maxSteps: 300 });
    expect(short.result.status).to.equal('max-steps');
    expect(short.result.last.alpha).to.be.below(100);
    expect(short.decades.length).to.be.below(2);
    expect(short.rawDecades.length).to.equal(short.decades.length);
  });

  it('takes steps as relative lengths c/α, so that half of c takes twice the steps', async () => {
    const steps = async (c: number) =>
      (await runDescent(tinyProblem(), { ...size, c })).result.counts.accepted;
    expect((await steps(size.c / 2)) / (await steps(size.c))).to.be.within(1.8, 2.1);
  });

  it('says how far it has come, every 2,000 steps', async () => {
    const { context, reports } = watched();
    const fine = { ...size, c: 0.005 };
    const { result } = await runDescent(tinyProblem(), fine, context);
    expect(reports.length).to.equal(Math.floor(result.counts.accepted / 2000));
    expect(reports.length).to.be.above(1);
    for (const { task, goal } of reports) {
      expect([task, goal]).to.deep.equal(['tiny squared-relu, descent c = 0.005', 100]);
    }
    for (let k = 1; k < reports.length; k++) {
      expect(reports[k].alpha).to.be.above(reports[k - 1].alpha);
    }
  });

  it('throws Interrupted when its signal is given', async () => {
    for (const looks of [0, 50]) {
      const signal = signalAfter(looks);
      const reason = await rejectionOf(runDescent(tinyProblem(), size, { signal }));
      expect(reason).to.be.instanceOf(Interrupted);
      expect((reason as Error).message).to.include('The run was interrupted: α = ');
    }
  });
});
