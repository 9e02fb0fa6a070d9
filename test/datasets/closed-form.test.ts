import { expect } from 'chai';
import { suboptimalLimit, symmetricPair, twoPoints } from '../../src/datasets/closed-form.js';
import { randomStream } from '../../src/numerics/random.js';
import { expectKkt, marginsAndStationarity } from './known-solution.js';

describe('twoPoints', () => {
  it('satisfies the KKT conditions when both points support', () => {
    const { dataset, solution } = twoPoints([2, 1], [1, -2]);
    expectKkt(dataset, solution);
    expect(Math.min(...solution.multipliers)).to.be.above(0);
    expect([...dataset.labels]).to.deep.equal([1, -1]);
  });

  it('satisfies them when the farther point does not matter', () => {
    const { dataset, solution } = twoPoints([1, 0], [-3, 1]);
    expectKkt(dataset, solution);
    expect([...solution.multipliers]).to.deep.equal([1, 0]);
    expect([...solution.parameters]).to.deep.equal([1, 0]);
  });

  it('satisfies them in any dimension', () => {
    const stream = randomStream(1);
    for (let d = 1; d <= 6; d++) {
      const positive = Array.from({ length: d }, () => 1 + 0.3 * stream.normal());
      const negative = Array.from({ length: d }, () => -1 + 0.3 * stream.normal());
      const { dataset, solution } = twoPoints(positive, negative);
      expectKkt(dataset, solution);
    }
  });

  it('refuses points that no hyperplane through the origin separates', () => {
    const message = 'twoPoints: expected points that a hyperplane through the origin separates.';
    expect(() => twoPoints([1, 2], [2, 4])).to.throw(message);
    expect(() => twoPoints([0, 0], [1, 0])).to.throw(message);
    expect(() => twoPoints([0.1, 0.7], [0.3, 2.1])).to.throw(message);
  });

  it('refuses points of different dimension', () => {
    expect(() => twoPoints([1], [1, 2])).to.throw(
      'twoPoints: expected points of the same dimension, found 1 and 2.',
    );
  });
});

describe('symmetricPair', () => {
  const { dataset, linear, relu } = symmetricPair([3, 4]);

  it('has a linear solution of margin ‖x‖', () => {
    expectKkt(dataset, linear);
    expect(linear.margin).to.be.closeTo(5, 1e-14);
  });

  it('has a two-layer ReLU solution of margin ‖x‖/4', () => {
    expectKkt(dataset, relu);
    expect(relu.margin).to.equal(1.25);
  });

  it('has a ReLU solution that no nearby parameters beat', () => {
    expectNoBetterNeighbour(dataset, relu.parameters, relu.margin);
  });

  it('refuses x = 0', () => {
    expect(() => symmetricPair([0, 0])).to.throw('hyperplane through the origin');
  });
});

describe('suboptimalLimit', () => {
  const { dataset, start, limit, optimum } = suboptimalLimit();

  it('has two KKT points, of margins 1/8 and √17/16', () => {
    expectKkt(dataset, limit);
    expectKkt(dataset, optimum);
    expect(limit.margin).to.equal(0.125);
    expect(optimum.margin).to.be.closeTo(Math.sqrt(17) / 16, 1e-16);
  });

  it('has an optimum that no nearby parameters beat', () => {
    expectNoBetterNeighbour(dataset, optimum.parameters, optimum.margin);
  });

  it('satisfies the dual certificate: Σ λ_i max(0, u·x_i) is at most 1 on the unit circle', () => {
    let most = 0;
    for (let k = 0; k < 10000; k++) {
      const u = [Math.cos((k * Math.PI) / 5000), Math.sin((k * Math.PI) / 5000)];
      let value = 0;
      for (let i = 0; i < 2; i++) {
        const z = u[0] * dataset.inputs[2 * i] + u[1] * dataset.inputs[2 * i + 1];
        value += optimum.multipliers[i] * Math.max(0, z);
      }
      most = Math.max(most, value);
    }
    expect(most).to.be.within(1 - 1e-6, 1 + 1e-14);
  });

  it('has a limit whose margin grows when the second neuron wakes up a little', () => {
    for (const e of [0.3, 0.1, 0.03]) {
      const length = Math.sqrt(17) / 4;
      // Neuron 2 helps the first example, and neuron 1 turns to the second to even them out.
      const turn = (e * e * length) / 4;
      const [w1, w2] = [
        [-turn, 2],
        [e / length, e / length / 4],
      ];
      const parameters = Float64Array.of(...w1, ...w2, 2, e);
      expect(normalisedMargin(dataset, parameters)).to.be.above(limit.margin);
    }
  });

  it('starts at a point that classifies and where the second neuron gets no gradient', () => {
    const { margins, combination } = marginsAndStationarity(dataset, {
      network: 'two-layer-relu',
      parameters: start,
      multipliers: Float64Array.of(1, 1),
    });
    expect(margins).to.deep.equal([2.25, 2.25]);
    const [w11, w12, w21, w22, a1, a2] = combination;
    expect([w11, w21, w22, a2]).to.deep.equal([0, 0, 0, 0]);
    expect([w12, a1]).to.deep.equal([1.5, 1.5]);
  });
});

type Problem = ReturnType<typeof twoPoints>['dataset'];

function normalisedMargin(dataset: Problem, parameters: Float64Array): number {
  const multipliers = new Float64Array(dataset.examples);
  const { margins } = marginsAndStationarity(dataset, {
    network: 'two-layer-relu',
    parameters,
    multipliers,
  });
  return Math.min(...margins) / parameters.reduce((sum, v) => sum + v * v, 0);
}

function expectNoBetterNeighbour(dataset: Problem, parameters: Float64Array, margin: number): void {
  const stream = randomStream(9);
  for (let trial = 0; trial < 2000; trial++) {
    const size = 10 ** (-3 * stream.uniform());
    const neighbour = parameters.map((value) => value + size * stream.normal());
    expect(normalisedMargin(dataset, neighbour)).to.be.at.most(margin * (1 + 1e-14));
  }
}
