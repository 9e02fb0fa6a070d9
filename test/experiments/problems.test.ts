import { requireSerial } from '../../src/networks/index.js';
import { expect } from 'chai';
import {
  fashionMnistTiny,
  firstOfEachClass,
  liftFromSpan,
  rotateIntoSpan,
  selectClasses,
} from '../../src/datasets/index.js';
import { imageFlowPlan } from '../../src/claims/common/flow-plans.js';
import { flowProblem, planarProblem, type FlowProblem } from '../../src/experiments/index.js';
import { logisticLoss } from '../../src/losses/index.js';
import { evaluator, relu, squaredRelu, twoLayer } from '../../src/networks/index.js';
import { randomStream } from '../../src/numerics/random.js';
import { imageSpec, type KnownActivation } from '../../src/specs/index.js';
import { relativeError } from '../helpers/finite-differences.js';
import { normals } from '../helpers/small-networks.js';
import { tinyProblem, tinySpec } from './tiny-problems.js';

const activations = ['squared-relu', 'relu'] as const;

/** As at smoke scale. */
const imageProblem = (activation: KnownActivation, seed: number): FlowProblem =>
  flowProblem(imageSpec(activation, { perClass: 10, width: 12 }, seed));

describe('the planar problem', () => {
  for (const activation of activations) {
    it(`is a function of its seed: ${activation}`, () => {
      const [one, again, other] = [1, 1, 2].map((seed) => planarProblem(activation, seed));
      expect(again.data).to.deep.equal(one.data);
      expect(again.theta0).to.deep.equal(one.theta0);
      expect(other.data.inputs).not.to.deep.equal(one.data.inputs);
      expect(other.theta0).not.to.deep.equal(one.theta0);
    });

    it(`has points of the plane with a constant and both labels: ${activation}`, () => {
      const { data, objective } = planarProblem(activation, 3);
      expect(data.dimension).to.equal(3);
      for (let i = 0; i < data.examples; i++) expect(data.inputs[3 * i + 2]).to.equal(1);
      expect([...new Set(data.labels)].sort()).to.deep.equal([-1, 1]);
      expect(objective.inputs).to.deep.equal(data.inputs);
      expect(objective.loss.name).to.equal('exponential');
      expect(objective.network.degree).to.deep.equal({
        homogeneous: true,
        degree: activation === 'relu' ? 2 : 3,
      });
    });
  }
});

describe('a flow problem', () => {
  for (const activation of activations) {
    it(`has the activation that it is named for, kinks and all: ${activation}`, () => {
      const { network } = tinyProblem(activation).objective;
      expect(requireSerial(network, 'A test').layers[1].kind).to.equal(activation);
    });
  }

  it('says what its activation and the seed of its start are', () => {
    const { activation, seed } = tinyProblem('relu');
    expect([activation, seed]).to.deep.equal(['relu', 3]);
  });

  it('has no activation where there is no hidden layer, and no seed where the start is given', () => {
    const { activation, seed } = flowProblem({
      ...tinySpec(),
      network: { kind: 'linear' },
      start: { kind: 'theta', theta: [1, 2, 3] },
    });
    expect(activation).to.equal('linear');
    expect(seed).to.be.NaN;
  });

  it('takes a loss that has no name in place of the one of its description', () => {
    expect(flowProblem(tinySpec(), logisticLoss).objective.loss).to.equal(logisticLoss);
  });

  it('has a start that scales with the initial scale', () => {
    const { theta0 } = tinyProblem();
    expect(theta0.every((value) => value !== 0 && Number.isFinite(value))).to.be.true;
  });
});

describe('the image problem', () => {
  const problem = imageProblem('squared-relu', 1);
  const pixels = firstOfEachClass(selectClasses(fashionMnistTiny('train'), [[1], [9]]), 10);
  const testPixels = selectClasses(fashionMnistTiny('test'), [[1], [9]]);

  it('has no more dimensions than examples, and labels ±1, as many of each', () => {
    const { data } = problem;
    expect(data.examples).to.equal(20);
    expect(data.dimension).to.be.at.most(data.examples);
    expect(data.labels.filter((label) => label === 1).length).to.equal(10);
    expect(data.labels.filter((label) => label === -1).length).to.equal(10);
  });

  it('is no smaller at larger scales', () => {
    const sizes = (['smoke', 'standard', 'full'] as const).map((scale) => {
      const { data, objective } = flowProblem(
        imageFlowPlan('squared-relu', { scale, seed: 1 }).problem,
      );
      expect(data.dimension).to.be.at.most(data.examples);
      return objective.parameters;
    });
    expect(sizes).to.deep.equal(sizes.toSorted((a, b) => a - b));
    expect(sizes[2]).to.be.above(sizes[0]);
  });

  it('has one data set for every seed, and another start', () => {
    const other = imageProblem('squared-relu', 2);
    expect(other.data).to.deep.equal(problem.data);
    expect(other.theta0).not.to.deep.equal(problem.theta0);
    expect(imageProblem('squared-relu', 1).theta0).to.deep.equal(problem.theta0);
  });

  it('keeps the inner products of the images', () => {
    const { inputs, dimension, examples } = problem.data;
    for (let i = 0; i < examples; i++) {
      for (let j = 0; j <= i; j++) {
        const rotated = innerProduct(inputs, i, inputs, j, dimension);
        const original = innerProduct(pixels.inputs, i, pixels.inputs, j, 784);
        expect(rotated / original).to.be.closeTo(1, 1e-12);
      }
    }
  });

  it('has its test set in the same coordinates', () => {
    const test = problem.test!;
    expect(test.dimension).to.equal(problem.data.dimension);
    expect([...test.labels]).to.deep.equal([...testPixels.labels]);
    // Products with training images are those of the pixels: only what is outside the span is lost.
    for (let i = 0; i < 5; i++) {
      for (let j = 0; j < 5; j++) {
        const { inputs, dimension } = problem.data;
        const rotated = innerProduct(test.inputs, i, inputs, j, dimension);
        const original = innerProduct(testPixels.inputs, i, pixels.inputs, j, 784);
        expect(rotated / original).to.be.closeTo(1, 1e-12);
      }
    }
  });

  for (const activation of activations) {
    it(`gives the same outputs as with pixels for a first layer in the span: ${activation}`, () => {
      const { data, test, objective } = imageProblem(activation, 1);
      const rotation = rotateIntoSpan(pixels);
      expect(rotation.dataset.inputs).to.deep.equal(data.inputs);
      const width = requireSerial(objective.network, 'A test').layers[0].outputs;
      const theta = normals(randomStream('images'), objective.parameters);
      const hidden = liftFromSpan(rotation, theta.slice(0, width * data.dimension));
      const lifted = Float64Array.of(...hidden, ...theta.slice(width * data.dimension));
      const pointwise = activation === 'relu' ? relu : squaredRelu;
      const wide = twoLayer(784, width, pointwise);
      for (const [small, large] of [
        [data, pixels],
        [test!, testPixels],
      ]) {
        const outputs = evaluator(objective.network, small.inputs).outputs(theta);
        const original = evaluator(wide, large.inputs).outputs(lifted);
        expect(relativeError(outputs, original)).to.be.below(1e-12);
      }
    });
  }
});

function innerProduct(a: Float64Array, i: number, b: Float64Array, j: number, d: number): number {
  let sum = 0;
  for (let k = 0; k < d; k++) sum += a[i * d + k] * b[j * d + k];
  return sum;
}
