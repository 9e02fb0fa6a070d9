import { expect } from 'chai';
import { runExperiment } from '../../src/experiments/index.js';
import { maxMargin } from '../../src/metrics/index.js';
import type { DatasetSpec, ProblemSpec } from '../../src/specs/index.js';

const data: DatasetSpec = {
  kind: 'inline',
  classes: 2,
  inputs: [
    [1, 0.5],
    [0.5, 2],
    [-1, -1],
  ],
  labels: [1, 1, -1],
};

const linear: ProblemSpec = {
  name: 'linear',
  data,
  network: { kind: 'linear' },
  loss: 'exponential',
  start: { kind: 'theta', theta: [0.3, -0.4] },
};

describe('a flow beside its tangent kernel', () => {
  it('goes to the tangent predictor where the network is its own tangent', async () => {
    const record = await runExperiment({ kind: 'tangent-flow', problem: linear, decades: 4 });
    const inputs = Float64Array.of(1, 0.5, 0.5, 2, -1, -1);
    const { margin } = maxMargin(inputs, Float64Array.of(1, 1, -1), { norm: 'l2' });
    expect(record.tangentMargin).to.be.closeTo(margin, 1e-12);
    expect(record.smallestMargin.at(-1)).to.be.closeTo(margin, 1e-3 * margin);
    expect(record.startNorm).to.equal(0.5);
    expect(record.tangentAngle[0]).to.be.NaN;
    expect(record.tangentAngle.at(-1)).to.be.below(1e-3);
    // ‖θ‖ = α/γ up to a constant, and θ₀ is a small part of it.
    expect(record.displacement.at(-1)).to.be.closeTo(1e4 / margin / 0.5, 1e-2 * 1e4);
  });

  it('is unfinished where the data are not separable', async () => {
    const opposite = { ...data, inputs: [[1, 1], [2, 2], [3, 3]], labels: [1, -1, 1] }; // prettier-ignore
    const problem = { ...linear, data: opposite };
    let told = '';
    await runExperiment({ kind: 'tangent-flow', problem, decades: 1 }).catch((error: Error) => {
      told = `${error.name}: ${error.message}`;
    });
    expect(told).to.match(/^Unfinished: linear: /);
  });
});

describe('the beginning of a flow', () => {
  it('ends where outputs have grown, and knows the α of a network that computes 0', async () => {
    const record = await runExperiment({
      kind: 'early-flow',
      problem: { ...linear, start: { kind: 'theta', theta: [1e-3, -1e-3] } },
      output: 0.5,
      goal: 10,
    });
    expect(record.status).to.equal('event');
    expect(record.largestOutput.at(-1)).to.be.closeTo(0.5, 1e-8);
    expect(record.largestOutput[0]).to.be.closeTo(1.5e-3, 1e-15);
    expect(record.idleAlpha).to.be.closeTo(-Math.log(3), 1e-15);
    expect(record.attraction).to.equal(undefined);
  });
});

describe('margin bounds along a flow', () => {
  it('need held-out data, and say so', async () => {
    const problem: ProblemSpec = {
      ...linear,
      network: { kind: 'two-layer', width: 3, activation: 'relu' },
      start: { kind: 'he' },
    };
    let told = '';
    await runExperiment({ kind: 'generalization', problem, decades: 1 }).catch((error: Error) => {
      told = error.message;
    });
    expect(told).to.equal('linear: expected held-out data, found none.');
  });
});
