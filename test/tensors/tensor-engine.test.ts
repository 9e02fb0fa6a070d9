import { expect } from 'chai';
import {
  denseNet,
  hAlexNet,
  imageEngine,
  imageNetwork,
  initialise,
  parts,
  resNet,
  smallAlexNetForm,
  smallDenseNetForm,
  smallResNetForm,
  type BatchEngine,
} from '../../src/networks/index.js';
import { randomStream } from '../../src/numerics/random.js';
import { tensorEngine } from '../../src/tensors/index.js';
import { operationsOf } from '../../src/tensors/operations.js';
import { imageCases, type ImageCase } from '../helpers/image-networks.js';
import { normals } from '../helpers/small-networks.js';
import { relativeDistance } from './distance.js';
import { withTensorFlow } from './tensor-flow.js';

const weightsFor = ({ network, examples }: ImageCase) =>
  normals(randomStream('weights'), examples * network.outputs);

function gradientOf(engine: BatchEngine, example: ImageCase, weights = weightsFor(example)) {
  const into = new Float64Array(example.network.parameters).fill(NaN);
  engine.differentiate(example.theta, () => weights, into);
  return into;
}

/** One of each kind of network, plain, residual and densely connected, on a batch of 16. */
function presetCases(): ImageCase[] {
  const image = { channels: 2, height: 17, width: 15 };
  const networks = [
    hAlexNet({ ...smallAlexNetForm, image }),
    resNet({ ...smallResNetForm, image }),
    denseNet({ ...smallDenseNetForm, image }),
  ];
  return networks.map((network) => {
    const stream = randomStream(11).split(network.name);
    const inputs = normals(stream.split('inputs'), 16 * network.inputs);
    const theta = initialise(network, 'he', stream.split('weights'));
    return { title: network.name, network, examples: 16, inputs, theta };
  });
}

describe('the engine on TensorFlow', () => {
  const tensorFlow = withTensorFlow();

  /** The float64 engine and the one on TensorFlow with the same batch. */
  function both({ network, examples, inputs }: ImageCase): [BatchEngine, BatchEngine] {
    const exact = imageEngine(network, examples);
    const engine = tensorEngine(network, examples, tensorFlow());
    for (const { load } of [exact, engine]) load(inputs);
    return [exact, engine];
  }

  it('says what does the work', () => {
    expect(both(imageCases()[0])[1].name).to.match(/^float32 \(TensorFlow \d+\.\d+\.\d+\)$/);
  });

  for (const example of [...imageCases(), ...presetCases()]) {
    const { title, network, theta } = example;
    it(`agrees with the float64 engine on ${title}`, () => {
      const [exact, engine] = both(example);
      expect(relativeDistance(engine.outputs(theta), exact.outputs(theta))).to.be.below(1e-5);
      const gradient = gradientOf(engine, example);
      expect(relativeDistance(gradient, gradientOf(exact, example))).to.be.below(1e-4);
      const again = gradient.slice().fill(NaN);
      engine.pullback(theta, weightsFor(example), again);
      expect(again).to.deep.equal(gradient);
      engine.dispose();
    });

    if (network.statistics === 0) continue;
    it(`has the statistics of the float64 engine, free and frozen, on ${title}`, () => {
      const [exact, engine] = both(example);
      for (const { outputs } of [exact, engine]) outputs(theta);
      const own = exact.statistics();
      expect(relativeDistance(engine.statistics(), own)).to.be.below(1e-5);
      const fixed = own.map((value) => 1.1 * value + 0.05);
      for (const { freezeStatistics } of [exact, engine]) freezeStatistics(fixed);
      expect(relativeDistance(engine.outputs(theta), exact.outputs(theta))).to.be.below(1e-5);
      const gradients = [engine, exact].map((one) => gradientOf(one, example));
      expect(relativeDistance(gradients[0], gradients[1])).to.be.below(1e-4);
      expect(engine.statistics()).to.deep.equal(fixed);
      for (const { freezeStatistics } of [exact, engine]) freezeStatistics(undefined);
      expect(relativeDistance(engine.outputs(theta), exact.outputs(theta))).to.be.below(1e-5);
      engine.dispose();
    });
  }

  it('shows the caller the scores that the weights belong to', () => {
    const example = imageCases()[0];
    const [, engine] = both(example);
    const scores = engine.outputs(example.theta).slice();
    let shown: number[] = [];
    const into = new Float64Array(example.network.parameters);
    const weights = weightsFor(example);
    engine.differentiate(
      example.theta,
      (given) => {
        shown = [...given];
        return weights;
      },
      into,
    );
    expect(shown).to.deep.equal([...scores]);
  });

  it('keeps the gradient of weights below the range of float32', () => {
    const example = imageCases()[0];
    const [, engine] = both(example);
    const weights = weightsFor(example);
    const gradient = gradientOf(engine, example);
    for (const power of [-1000, -200, 200, 900]) {
      const scaled = weights.map((weight) => weight * 2 ** power);
      const expected = gradient.map((value) => value * 2 ** power);
      expect(relativeDistance(gradientOf(engine, example, scaled), expected)).to.be.below(1e-6);
    }
    const none = new Float64Array(weights.length);
    expect(gradientOf(engine, example, none).every((value) => value === 0)).to.equal(true);
  });

  it('leaves no tensor behind in 200 steps', function () {
    this.timeout(20_000);
    const example = imageCases().find(({ title }) => title === 'projected shortcuts')!;
    const { memory } = operationsOf(tensorFlow());
    const before = memory().numTensors;
    const [, engine] = both(example);
    const weights = weightsFor(example);
    const into = new Float64Array(example.network.parameters);
    const held = memory().numTensors;
    for (let step = 0; step < 200; step++) {
      engine.freezeStatistics(step % 4 === 3 ? engine.statistics() : undefined);
      engine.load(example.inputs);
      engine.outputs(example.theta);
      engine.pullback(example.theta, weights, into);
      engine.differentiate(example.theta, () => weights, into);
    }
    expect(memory().numTensors).to.equal(held);
    expect(held - before).to.equal(1);
    engine.dispose();
    expect(memory().numTensors).to.equal(before);
  });

  it('leaves no tensor behind where the caller throws', () => {
    const example = imageCases()[0];
    const [, engine] = both(example);
    const { memory } = operationsOf(tensorFlow());
    const held = memory().numTensors;
    const into = new Float64Array(example.network.parameters);
    const fail = () => {
      throw new Error('no weights today');
    };
    expect(() => engine.differentiate(example.theta, fail, into)).to.throw('no weights today');
    expect(memory().numTensors).to.equal(held);
    expect(gradientOf(engine, example).every(Number.isFinite)).to.equal(true);
  });

  it('gives the same bytes again', () => {
    const image = { channels: 3, height: 16, width: 16 };
    const { batchNorm, convolution, dense, globalAveragePool, relu } = parts;
    const list = [convolution(16), batchNorm(), relu, convolution(16), globalAveragePool, dense(4)];
    const network = imageNetwork('bytes', image, list);
    const stream = randomStream(3);
    const inputs = normals(stream, 32 * network.inputs);
    const theta = normals(stream, network.parameters);
    const example = { title: '', network, examples: 32, inputs, theta };
    const gradients = [0, 1, 2].map(() => gradientOf(both(example)[1], example));
    expect(gradients[1]).to.deep.equal(gradients[0]);
    expect(gradients[2]).to.deep.equal(gradients[0]);
  });

  it('says in a sentence what it cannot take', () => {
    const { network, theta, inputs } = imageCases()[0];
    const into = new Float64Array(network.parameters);
    const engine = tensorEngine(network, 3, tensorFlow());
    const named = `'${network.name}' on 3 images takes`;
    expect(() => tensorEngine(network, 2.5, tensorFlow())).to.throw(
      'a whole positive number of images; got 2.5',
    );
    expect(() => engine.outputs(theta)).to.throw('has no batch yet: load one.');
    expect(() => engine.load(inputs.slice(1))).to.throw(`${named} 180 numbers of images; got 179.`);
    engine.load(inputs);
    expect(() => engine.outputs(theta.slice(1))).to.throw(`${named} ${theta.length} parameters`);
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
