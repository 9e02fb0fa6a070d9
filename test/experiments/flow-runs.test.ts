import { expect } from 'chai';
import { highestMargin, Interrupted, planarProblem, runFlow } from '../../src/experiments/index.js';
import { angleBetween } from '../../src/numerics/vectors.js';
import { rejectionOf, signalAfter, smoke, tinyProblem, watched } from './tiny-problems.js';

describe('a flow run', () => {
  for (const activation of ['squared-relu', 'relu'] as const) {
    describe(`of a tiny problem, ${activation}`, () => {
      const problem = tinyProblem(activation);
      const started = runFlow(problem, 4, smoke);

      it('reaches its last decade with a point at every one', async () => {
        const { result, decadePoints, decades } = await started;
        expect(result.status).to.equal('finished');
        const targets = [1, 10, 100, 1000, 10_000];
        expect(decadePoints.length).to.equal(targets.length);
        decadePoints.forEach(({ alpha }, k) => {
          expect(alpha / targets[k]).to.be.closeTo(1, 1e-9);
        });
        expect(decades.map(({ from, to }) => [from, to])).to.deep.equal(
          targets.slice(1).map((to) => [to / 10, to]),
        );
        const total = decades.reduce((sum, { length }) => sum + length, 0);
        const swept = result.last.pathLength - decadePoints[0].pathLength;
        expect(total / swept).to.be.closeTo(1, 1e-9);
      });

      it('measures every row', async () => {
        const { result, measurements, angleToLimit, certificate } = await started;
        const { alpha, directions, parameters } = result.trajectory;
        expect([...measurements.alpha]).to.deep.equal([...alpha]);
        expect(angleToLimit.length).to.equal(alpha.length);
        const last = directions.subarray((alpha.length - 1) * parameters);
        const { direction } = certificate.limit;
        expect(angleToLimit[alpha.length - 1]).to.equal(angleBetween(last, direction));
      });

      it('certifies the limit from its last three decades', async () => {
        const { certificate } = await started;
        expect(certificate.startAlphas.map((alpha) => Math.round(alpha))).to.deep.equal([
          100, 1000, 10_000,
        ]);
        expect(certificate.limit.converged).to.be.true;
        expect(certificate.limit.residual).to.be.below(1e-12);
        expect(certificate.angles[2]).to.be.below(certificate.angles[0]);
      });

      it('is the same when it is run again', async () => {
        const again = await runFlow(problem, 4, smoke);
        const first = await started;
        expect(again.result.trajectory).to.deep.equal(first.result.trajectory);
        expect(again.certificate).to.deep.equal(first.certificate);
      });
    });
  }

  it('keeps what it has where it can go no further for its certificate, which says so', async function () {
    this.timeout(120_000);
    // Creeps along for many decades of α, near no KKT point.
    const run = await runFlow(planarProblem('relu', 600_050), 3, smoke);
    expect(run.decadePoints.length).to.be.above(10);
    expect(run.decades.length).to.equal(run.decadePoints.length - 1);
    expect(run.lambdas.length).to.equal(run.decadePoints.length);
    expect(run.certificate.doubts).to.not.deep.equal([]);
    expect(run.lambdas.at(-1)).to.be.within(1.01, 1.1);
  });

  it('knows the largest smoothed margin, which is its last one', async () => {
    const run = await runFlow(tinyProblem(), 4, smoke);
    const { smoothedMargin } = run.measurements;
    expect(highestMargin(run) / smoothedMargin[smoothedMargin.length - 1]).to.be.closeTo(1, 1e-12);
    expect(highestMargin(run)).to.be.below(run.certificate.limit.margin);
  });

  it('marks the first perfect classification, where the start has not got it', async () => {
    const problem = tinyProblem();
    // One output weight of the other sign.
    const theta0 = problem.theta0.map((value, i) => (i === 15 ? -value : value));
    const { result } = await runFlow({ ...problem, theta0 }, 2, smoke);
    expect(result.trajectory.smallestMargin[0]).to.be.below(0);
    const mark = result.marks.find(({ name }) => name === 'separation');
    expect(mark!.point.smallestMargin).to.be.closeTo(0, 1e-9);
  });

  it('says how far it has come', async () => {
    const { settings, reports } = watched();
    const { result } = await runFlow(tinyProblem(), 3, settings);
    expect(reports.length).to.equal(result.counts.accepted);
    for (const { task, goal } of reports) {
      expect([task, goal]).to.deep.equal(['tiny squared-relu', 1000]);
    }
    expect(reports[reports.length - 1].alpha).to.equal(result.last.alpha);
  });

  it('throws Interrupted when its signal is given, at once or on the way', async () => {
    for (const looks of [0, 20]) {
      const { settings, reports } = watched({ ...smoke, signal: signalAfter(looks) });
      const reason = await rejectionOf(runFlow(tinyProblem(), 4, settings));
      expect(reason).to.be.instanceOf(Interrupted);
      expect((reason as Error).message).to.match(/^The run was interrupted at α = \S+\.$/);
      expect(reports.length).to.equal(looks);
    }
  });

  it('throws a sentence with the name of a problem that it cannot follow to the end', async () => {
    const problem = tinyProblem();
    // With all output weights at zero and a dead hidden layer nothing ever moves.
    const theta0 = problem.theta0.map((_, i) => (i < 12 ? [-3, 1, -1][i % 3] : 0));
    for (const margin of problem.objective.margins(theta0)) expect(Math.abs(margin)).to.equal(0);
    const reason = await rejectionOf(runFlow({ ...problem, theta0 }, 4, smoke));
    expect((reason as Error).message).to.match(/^tiny squared-relu: [A-Z].+\.$/);
    expect(reason).not.to.be.instanceOf(Interrupted);
  });
});
