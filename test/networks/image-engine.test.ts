import { expect } from 'chai';
import { installNativeLinearAlgebra } from '../../src/native/install.js';
import { imageEngine, imageNetwork, parts, type ImageNetwork } from '../../src/networks/index.js';
import { useNativeLinearAlgebra } from '../../src/numerics/linear-algebra.js';
import { randomStream } from '../../src/numerics/random.js';
import { dot } from '../../src/numerics/vectors.js';
import { countAllocations } from '../helpers/allocations.js';
import { gradientByDifferences, relativeError } from '../helpers/finite-differences.js';
import { imageCases, type ImageCase } from '../helpers/image-networks.js';
import { naiveScores } from '../helpers/naive-network.js';
import { normals } from '../helpers/small-networks.js';

const weightsFor = ({ network, examples }: ImageCase) =>
  normals(randomStream('weights'), examples * network.outputs);

function engineOf({ network, examples, inputs }: ImageCase) {
  const engine = imageEngine(network, examples);
  engine.load(inputs);
  return engine;
}

function gradientOf(example: ImageCase, statistics?: Float64Array): Float64Array {
  const engine = engineOf(example);
  engine.freezeStatistics(statistics);
  const into = new Float64Array(example.network.parameters).fill(NaN);
  const weights = weightsFor(example);
  engine.differentiate(example.theta, () => weights, into);
  return into;
}

describe('the float64 engine of image networks', () => {
  for (const example of imageCases()) {
    const { title, network, inputs, theta } = example;
    describe(`on ${title}`, () => {
      it('gives the scores that the definitions give', () => {
        const scores = engineOf(example).outputs(theta);
        const expected = naiveScores(network, theta, inputs);
        expect(relativeError(scores, expected)).to.be.below(1e-13);
      });

      it('has the gradient that differences give', () => {
        const engine = engineOf(example);
        const weights = weightsFor(example);
        const value = (at: Float64Array) => dot(engine.outputs(at), weights);
        const expected = gradientByDifferences(value, theta, 1e-5);
        expect(relativeError(gradientOf(example), expected)).to.be.below(1e-7);
      });

      it('gives the same again after another batch and other parameters', () => {
        const engine = engineOf(example);
        const weights = weightsFor(example);
        const [first, second] = [0, 1].map(() => new Float64Array(network.parameters));
        engine.differentiate(theta, () => weights, first);
        engine.load(inputs.map((value) => 5 - 3 * value));
        engine.differentiate(
          theta.map((value) => -2 * value),
          () => weights,
          second,
        );
        engine.load(inputs);
        const scores = engine.outputs(theta).slice();
        engine.pullback(theta, weights, second);
        expect(second).to.deep.equal(first);
        engine.pullback(theta, weights, second);
        expect(second).to.deep.equal(first);
        expect(engine.outputs(theta)).to.deep.equal(scores);
      });
    });
  }

  describe('with frozen statistics', () => {
    const normalised = imageCases().filter(({ network }) => network.statistics > 0);
    for (const example of normalised) {
      const { title, network, theta } = example;
      it(`has the gradient that differences give on ${title}`, () => {
        const engine = engineOf(example);
        engine.outputs(theta);
        const fixed = engine.statistics().map((value) => 1.1 * value + 0.05);
        engine.freezeStatistics(fixed);
        const weights = weightsFor(example);
        const value = (at: Float64Array) => dot(engine.outputs(at), weights);
        const expected = gradientByDifferences(value, theta, 1e-5);
        expect(relativeError(gradientOf(example, fixed), expected)).to.be.below(1e-7);
        expect(engine.statistics()).to.deep.equal(fixed);
      });

      it(`gives the same scores with the batch's own statistics, and then without, on ${title}`, () => {
        const engine = engineOf(example);
        const scores = engine.outputs(theta).slice();
        const own = engine.statistics();
        expect(own).to.have.length(network.statistics);
        engine.freezeStatistics(own);
        expect(relativeError(engine.outputs(theta), scores)).to.be.below(1e-13);
        const other = theta.map((value) => 0.9 * value);
        const frozen = engine.outputs(other).slice();
        engine.freezeStatistics(undefined);
        expect(relativeError(engine.outputs(other), frozen)).to.be.above(1e-3);
        expect(engine.outputs(theta)).to.deep.equal(scores);
      });
    }

    it('has means and biased variances over images and pixels', () => {
      const image = { channels: 2, height: 3, width: 4 };
      const list = [parts.batchNorm(), parts.globalAveragePool, parts.dense(1)];
      const engine = imageEngine(imageNetwork('moments', image, list), 5);
      const inputs = normals(randomStream('moments'), 120).map((value) => value + 1000);
      engine.load(inputs);
      engine.outputs(new Float64Array(engine.network.parameters));
      const [mean0, mean1, variance0, variance1] = engine.statistics();
      [
        [0, mean0, variance0],
        [1, mean1, variance1],
      ].forEach(([channel, mean, variance]) => {
        const all = inputs.filter((_, p) => Math.floor(p / 12) % 2 === channel);
        const centre = all.reduce((sum, value) => sum + value) / 60;
        const spread = all.reduce((sum, value) => sum + (value - centre) ** 2, 0) / 60;
        expect(mean).to.be.closeTo(centre, 1e-12);
        expect(variance).to.be.closeTo(spread, 1e-12);
      });
    });
  });

  describe('with a library for products', () => {
    afterEach(() => useNativeLinearAlgebra(undefined));

    const image = { channels: 3, height: 13, width: 11 };
    const { batchNorm, concatenate, convolution, dense, flatten, maxPool, relu, residual } = parts;
    const network: ImageNetwork = imageNetwork('large enough', image, [
      convolution(16, { stride: 2 }),
      batchNorm(),
      relu,
      residual([convolution(16), batchNorm(), relu, convolution(16)]),
      concatenate([batchNorm(), relu, convolution(24, { kernel: 1 }), convolution(16)]),
      maxPool(),
      flatten,
      dense(30),
      relu,
      dense(10),
    ]);
    const example = {
      title: 'large',
      network,
      examples: 20,
      inputs: normals(randomStream('images'), 20 * network.inputs),
      theta: normals(randomStream('theta'), network.parameters).map((value) => 0.1 * value),
    };

    it('gives the same gradient as without to 1e-12', function () {
      const plain = gradientOf(example);
      if (installNativeLinearAlgebra().algebra === undefined) this.skip();
      expect(relativeError(gradientOf(example), plain)).to.be.below(1e-12);
      expect(engineOf(example).name).to.match(/^float64 \(OpenBLAS/);
    });

    for (const library of ['plain', 'native'] as const) {
      it(`allocates nothing once its buffers are there (${library})`, () => {
        if (library === 'native') installNativeLinearAlgebra();
        const engine = engineOf(example);
        const weights = weightsFor(example);
        const into = new Float64Array(network.parameters);
        engine.outputs(example.theta);
        engine.pullback(example.theta, weights, into);
        const made = countAllocations(() => {
          engine.load(example.inputs);
          engine.outputs(example.theta);
          engine.pullback(example.theta, weights, into);
          engine.differentiate(example.theta, () => weights, into);
        });
        expect(made).to.equal(0);
      });
    }
  });

  it('shows what nodes gave, and says which were overwritten', () => {
    const image = { channels: 1, height: 2, width: 2 };
    const list = [parts.convolution(4), parts.relu, parts.globalAveragePool, parts.dense(1)];
    const network = imageNetwork('shown', image, list);
    const engine = imageEngine(network, 2);
    const theta = new Float64Array(network.parameters).fill(0.5);
    engine.load(Float64Array.of(1, 2, 3, 4, -1, -2, -3, -4));
    engine.outputs(theta);
    expect(engine.nodeOutput(0)).to.deep.equal(Float64Array.of(1, 2, 3, 4, -1, -2, -3, -4));
    expect(engine.nodeOutput(2).slice(0, 4)).to.deep.equal(Float64Array.of(5, 5, 5, 5));
    expect(
      engine
        .nodeOutput(2)
        .slice(16)
        .every((value) => value === 0),
    ).to.equal(true);
    expect(() => engine.nodeOutput(1)).to.throw(
      "Node 1 of 'shown' (convolution) is overwritten by node 2 (relu); ask for the output of that one.",
    );
  });

  it('says in a sentence what it cannot take', () => {
    const { network, theta, inputs } = imageCases()[0];
    const into = new Float64Array(network.parameters);
    const engine = imageEngine(network, 3);
    const named = `'${network.name}' on 3 images takes`;
    expect(() => imageEngine(network, 2.5)).to.throw('a whole positive number of images; got 2.5');
    expect(() => engine.load(inputs.slice(1))).to.throw(`${named} 180 numbers of images; got 179.`);
    expect(() => engine.outputs(theta.slice(1))).to.throw(`${named} ${theta.length} parameters`);
    engine.load(inputs);
    engine.outputs(theta);
    expect(() => engine.pullback(theta, new Float64Array(8), into)).to.throw(
      `${named} 9 weights on its scores; got 8.`,
    );
    expect(() => engine.pullback(theta, new Float64Array(9), into.slice(1))).to.throw(
      `${named} ${theta.length} numbers of a gradient; got ${theta.length - 1}.`,
    );
    expect(() => engine.freezeStatistics(new Float64Array(1))).to.throw(
      `${named} 0 statistics; got 1.`,
    );
    engine.dispose();
    expect(() => engine.outputs(theta)).to.throw('has been disposed of.');
  });
});
