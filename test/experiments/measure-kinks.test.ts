import { expect } from 'chai';
import { planarProblem, runFlow } from '../../src/experiments/index.js';
import { kinkedFlowRecord } from '../../src/records/index.js';
import { tinyProblem } from './tiny-problems.js';

describe('what a flow says about alignment on kinks', () => {
  const started = runFlow(planarProblem('relu', 500_013, 'logistic'), 4);

  it('has a row for every point of the flow, with the kinks that it slides on', async () => {
    const run = await started;
    const { alpha, angle, oneSided, kinks, loss, seed, name } = kinkedFlowRecord(run);
    expect([loss, seed, name]).to.deep.equal(['logistic', 500_013, 'planar relu logistic']);
    const rows = run.result.trajectory.alpha.length;
    for (const column of [alpha, angle, oneSided, kinks]) expect(column.length).to.equal(rows);
    expect(kinks[0]).to.deep.equal([]);
    expect(kinks[rows - 1]).to.deep.equal(run.result.last.kinks);
    expect(kinks[rows - 1].length).to.be.above(3);
    for (const { slope } of kinks.flat()) expect(slope).to.be.within(0, 1);
  });

  it('finds the velocity of the flow afresh, from the points alone', async () => {
    const { decades } = kinkedFlowRecord(await started);
    expect(decades.map(({ alpha }) => Math.round(alpha))).to.deep.equal([1, 10, 100, 1000, 10_000]);
    for (const { angle, recomputed } of decades) {
      expect(recomputed / angle).to.be.closeTo(1, 1e-6);
    }
  });

  it('has the largest angle of every decade, not only that at its end', async () => {
    const { decades, alpha, angle } = kinkedFlowRecord(await started);
    expect(decades[0].largest).to.be.NaN;
    const second = angle.filter((_, row) => alpha[row] > 1.001 && alpha[row] < 9.99);
    expect(decades[1].largest).to.equal(Math.max(...second));
    for (const { angle: end, largest } of decades.slice(1)) expect(largest).to.be.at.least(end);
  });

  it('has a gradient with slope 0 on kinks, which is longer and points elsewhere', async () => {
    const { decades } = kinkedFlowRecord(await started);
    for (const { kinks, oneSided, angle } of decades) {
      if (kinks.length > 0) expect(oneSided).to.be.above(angle);
    }
    expect(decades.at(-1)!.oneSided).to.be.above(50 * decades.at(-1)!.angle);
  });

  it('has the length of the decade before every point, and none before the first', async () => {
    const run = await started;
    const { decades } = kinkedFlowRecord(run);
    expect(decades[0].length).to.be.NaN;
    expect(decades.slice(1).map(({ length }) => length)).to.deep.equal(
      run.decades.map(({ length }) => length),
    );
  });

  it('has the highest margin, the limit and the saddles of the flow', async () => {
    const run = await started;
    const { highestMargin, certificate, visits, stretches } = kinkedFlowRecord(run);
    expect(highestMargin).to.equal(run.highestMargin);
    expect(certificate).to.equal(run.certificate);
    expect(visits).to.equal(run.visits);
    expect(stretches).to.equal(run.result.slides!.length).and.to.be.above(0);
  });

  it('has λ as it is at the points', async () => {
    const run = await started;
    expect(kinkedFlowRecord(run).decades.map(({ lambda }) => lambda)).to.deep.equal(
      run.decadeMeasures.map(({ lambda }) => lambda),
    );
  });

  it('says for a smooth network that there are no kinks', async () => {
    const run = await runFlow(tinyProblem(), 3);
    expect(run.kinks.flat()).to.deep.equal([]);
    expect(run.onKinks).to.equal(undefined);
    expect(() => kinkedFlowRecord(run)).to.throw(
      'tiny squared-relu has no kinks: expected a network with ReLU or the like.',
    );
  });
});
