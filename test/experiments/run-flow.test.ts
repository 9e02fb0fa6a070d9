import { expect } from 'chai';
import {
  datasetHash,
  flowProblem,
  Interrupted,
  planarProblem,
  runFlow,
  Unfinished,
} from '../../src/experiments/index.js';
import type { DatasetSpec } from '../../src/specs/index.js';
import { angleBetween } from '../../src/numerics/vectors.js';
import {
  deadSpec,
  rejectionOf,
  signalAfter,
  tinyProblem,
  tinySpec,
  watched,
} from './tiny-problems.js';

describe('a flow run', () => {
  for (const activation of ['squared-relu', 'relu'] as const) {
    describe(`of a tiny problem, ${activation}`, () => {
      const problem = tinyProblem(activation);
      const started = runFlow(problem, 4);

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
        const again = await runFlow(problem, 4);
        const first = await started;
        expect(again.result.trajectory).to.deep.equal(first.result.trajectory);
        expect(again.certificate).to.deep.equal(first.certificate);
      });
    });
  }

  it('keeps what it has where it can go no further for its certificate, which says so', async function () {
    this.timeout(120_000);
    // Creeps along for many decades of α, near no KKT point.
    const run = await runFlow(planarProblem('relu', 600_050), 3);
    expect(run.decadePoints.length).to.be.above(10);
    expect(run.decades.length).to.equal(run.decadePoints.length - 1);
    expect(run.decadeMeasures.length).to.equal(run.decadePoints.length);
    expect(run.certificate.doubts).to.not.deep.equal([]);
    expect(run.decadeMeasures.at(-1)!.lambda).to.be.within(1.01, 1.1);
  });

  it('knows the largest smoothed margin, which is its last one', async () => {
    const run = await runFlow(tinyProblem(), 4);
    const { smoothedMargin } = run.measurements;
    expect(run.highestMargin / smoothedMargin[smoothedMargin.length - 1]).to.be.closeTo(1, 1e-12);
    expect(run.highestMargin).to.be.below(run.certificate.limit.margin);
  });

  it('measures the margins of every example at norm 1: in rows, at decades and in the limit', async () => {
    const problem = tinyProblem();
    const run = await runFlow(problem, 2);
    const { directions, parameters, alpha } = run.result.trajectory;
    const at = (direction: Float64Array) => [...problem.objective.margins(direction)];
    expect(run.margins.length).to.equal(2 * alpha.length);
    for (let row = 0; row < alpha.length; row++) {
      const direction = directions.slice(row * parameters, (row + 1) * parameters);
      const found = [...run.margins.subarray(2 * row, 2 * row + 2)];
      found.forEach((margin, i) => expect(margin).to.be.closeTo(at(direction)[i], 1e-12));
    }
    run.decadePoints.forEach(({ direction }, k) => {
      const { margins, predictionDistance, marginDistance } = run.decadeMeasures[k];
      margins.forEach((margin, i) => expect(margin).to.be.closeTo(at(direction)[i], 1e-12));
      expect(predictionDistance).to.be.above(0);
      expect(marginDistance).to.be.above(0);
    });
    const { limit } = run.certificate;
    run.limitMargins.forEach((margin, i) => {
      expect(margin).to.be.closeTo(at(limit.direction)[i], 1e-12);
    });
    expect(Math.min(...run.limitMargins) / limit.margin).to.be.closeTo(1, 1e-9);
    const distances = run.decadeMeasures.map(({ predictionDistance }) => predictionDistance);
    expect(distances).to.deep.equal(distances.toSorted((a, b) => b - a));
  });

  it('tells test errors where there are test data, and none where there are not', async () => {
    expect(await runFlow(tinyProblem(), 1)).not.to.have.property('testError');
    const { data, ...spec } = tinySpec();
    const { inputs: trained } = data as Extract<DatasetSpec, { kind: 'inline' }>;
    const inputs = [...trained, [2, 1, 1]];
    // The third is labelled against the training set.
    const test = { inputs, labels: [1, -1, -1] };
    const problem = flowProblem({ ...spec, data: { ...data, test } as DatasetSpec });
    const { testError, result, ...run } = await runFlow(problem, 1);
    expect(testError!.length).to.equal(result.trajectory.alpha.length);
    expect(testError!.at(-1)).to.be.closeTo(1 / 3, 1e-12);
    expect(run.problem.test!.examples).to.equal(3);
  });

  it('tells its problem as plain data, its data with their hash', async () => {
    const { problem } = await runFlow(tinyProblem(), 1);
    expect(problem).to.include({
      name: 'tiny squared-relu',
      activation: 'squared-relu',
      loss: 'exponential',
      degree: 3,
      parameters: 16,
      seed: 3,
    });
    expect(problem.data).to.include({ examples: 2, sha256: await datasetHash(problem.data) });
  });

  it('marks the first perfect classification, where the start has not got it', async () => {
    const problem = tinyProblem();
    // One output weight of the other sign.
    const theta0 = problem.theta0.map((value, i) => (i === 15 ? -value : value));
    const { result, separationMargins } = await runFlow({ ...problem, theta0 }, 2);
    expect(result.trajectory.smallestMargin[0]).to.be.below(0);
    const mark = result.marks.find(({ name }) => name === 'separation');
    expect(mark!.point.smallestMargin).to.be.closeTo(0, 1e-9);
    expect(Math.min(...separationMargins!)).to.be.closeTo(0, 1e-9);
  });

  it('says how far it has come', async () => {
    const { context, reports } = watched();
    const { result } = await runFlow(tinyProblem(), 3, context);
    expect(reports.length).to.equal(result.counts.accepted);
    for (const { task, goal } of reports) {
      expect([task, goal]).to.deep.equal(['tiny squared-relu', 1000]);
    }
    expect(reports[reports.length - 1].alpha).to.equal(result.last.alpha);
  });

  it('throws Interrupted when its signal is given, at once or on the way', async () => {
    for (const looks of [0, 20]) {
      const { context, reports } = watched({ signal: signalAfter(looks) });
      const reason = await rejectionOf(runFlow(tinyProblem(), 4, context));
      expect(reason).to.be.instanceOf(Interrupted);
      expect((reason as Error).message).to.match(/^The run was interrupted at α = \S+\.$/);
      expect(reports.length).to.equal(looks);
    }
  });

  it('throws a sentence with the name of a problem that it cannot follow to the end', async () => {
    const problem = flowProblem(deadSpec());
    for (const margin of problem.objective.margins(problem.theta0)) {
      expect(Math.abs(margin)).to.equal(0);
    }
    const reason = await rejectionOf(runFlow(problem, 4));
    expect(reason).to.be.instanceOf(Unfinished);
    expect((reason as Error).message).to.match(/^tiny squared-relu: [A-Z].+\.$/);
    expect(reason).not.to.be.instanceOf(Interrupted);
  });
});
