import { expect } from 'chai';
import { imageEngine, imageNodeKinds, imageLayerKinds } from '../../../src/networks/index.js';
import { norm } from '../../../src/numerics/vectors.js';
import { randomStream } from '../../../src/numerics/random.js';
import { normals } from '../../helpers/small-networks.js';
import { expectedOf, modelNames, modelOf } from './fixtures.js';

/** Scores of the fixture's inputs, and the gradient of the summed cross-entropy. */
function computed(name: string) {
  const { network, theta, statistics } = modelOf(name);
  const expected = expectedOf(name);
  const inputs = expected.get('inputs')!;
  const labels = expected.get('labels')!.values;
  const engine = imageEngine(network, inputs.shape[0]);
  engine.freezeStatistics(statistics);
  engine.load(inputs.values);
  const scores = engine.outputs(theta).slice();
  const gradient = new Float64Array(network.parameters);
  engine.pullback(theta, crossEntropyWeights(scores, labels, network.outputs), gradient);
  return { network, theta, engine, scores, gradient, expected };
}

/** ∂/∂scores of −Σ log softmax(scores)[label]; of one score it is that of the second class. */
function crossEntropyWeights(scores: Float64Array, labels: Float64Array, classes: number) {
  if (classes === 1) return scores.map((z, i) => 1 / (1 + Math.exp(-z)) - labels[i]);
  return scores.map((score, k) => {
    const i = Math.floor(k / classes);
    const row = scores.subarray(i * classes, (i + 1) * classes);
    const total = row.reduce((sum, other) => sum + Math.exp(other - score), 0);
    return 1 / total - Number(labels[i] === k % classes);
  });
}

function numbersOf(gradient: Float64Array): [norm: number, product: number] {
  const square = gradient.reduce((sum, g) => sum + g * g, 0);
  return [Math.sqrt(square), gradient.reduce((sum, g, k) => sum + g * Math.cos(k), 0)];
}

describe('a network out of an ONNX file', () => {
  for (const name of modelNames) {
    it(`has the scores and gradients that PyTorch has: ${name}`, () => {
      const { network, scores, gradient, expected } = computed(name);
      const byTorch = expected.get('scores')!;
      const [, classes] = byTorch.shape;
      const values =
        classes === 2
          ? scores.map((_, i) => byTorch.values[2 * i + 1] - byTorch.values[2 * i])
          : logSoftmaxFree(byTorch.values, classes, scores);
      scores.forEach((score, k) => expect(score).to.be.closeTo(values[k], 1e-10));
      let compared = 0;
      for (const block of network.blocks) {
        const numbers = expected.get(`gradient.${block.name}`);
        if (!numbers) continue;
        const { offset, rows, columns } = block;
        const found = numbersOf(gradient.subarray(offset, offset + rows * columns));
        found.forEach((number, k) => expect(number, block.name).to.be.closeTo(numbers.values[k], 1e-9)); // prettier-ignore
        compared += rows * columns;
      }
      // What is trained has PyTorch's name wherever the exporter left it as it was.
      expect(compared / network.parameters).to.be.above(0.3);
      const all = [...expected].filter(([key]) => key.startsWith('gradient.'));
      const total = Math.hypot(...all.map(([, { values }]) => values[0]));
      expect(numbersOf(gradient)[0]).to.be.closeTo(total, 1e-9 * total);
    });
  }

  it('has derivatives that are those of differences, of every kind of node that it is made of', () => {
    const seen = new Set<string>();
    for (const name of modelNames) {
      const { network, theta, engine } = computed(name);
      for (const { kind } of network.nodes) seen.add(kind);
      const stream = randomStream(3).split(name);
      const weights = normals(stream.split('weights'), engine.examples * network.outputs);
      const gradient = new Float64Array(theta.length);
      engine.outputs(theta);
      engine.pullback(theta, weights, gradient);
      const errors = [0, 1, 2, 3, 4].map((direction) => {
        const along = normals(stream.split(`along ${direction}`), theta.length);
        const value = (step: number) => {
          const moved = theta.map((t, k) => t + step * along[k]);
          return engine.outputs(moved).reduce((sum, score, k) => sum + weights[k] * score, 0);
        };
        const slope = gradient.reduce((sum, g, k) => sum + g * along[k], 0);
        const h = 1e-6;
        const scale = norm(gradient) * norm(along);
        return Math.abs((value(h) - value(-h)) / (2 * h) - slope) / scale;
      });
      // A kink or a pool's choice may lie within a step, so the median is asked.
      expect(errors.sort((a, b) => a - b)[2], name).to.be.below(1e-7);
    }
    const own = [...imageNodeKinds.keys()].filter(
      (kind) =>
        kind !== 'input' && ![...imageLayerKinds.values()].some(({ node }) => node === kind),
    );
    expect(own.filter((kind) => !seen.has(kind))).to.deep.equal([]);
  });

  it('is homogeneous where its parts are, and says why where it is not', () => {
    expect(modelOf('mlp-script').network.degree).to.deep.equal({
      homogeneous: false,
      reason: 'a normalisation does not scale with its input',
    });
    const { degree } = modelOf('lenet-script').network;
    expect(degree.homogeneous ? '' : degree.reason).to.contain('bias');
  });

  it('says what it reads otherwise', () => {
    expect(modelOf('mixed-script').notes).to.deep.equal([
      'Its two scores are taken as one, the second minus the first, which has the same margins.',
    ]);
    expect(modelOf('tied-script').notes).to.deep.equal([
      'The LogSoftmax at the end is left out: margins are those of the scores before it.',
    ]);
  });

  it('counts weights that are used twice once', () => {
    const names = modelOf('tied-script').network.blocks.map(({ name }) => name);
    expect(names).to.deep.equal(['conv.weight', 'conv.bias', 'head.weight', 'head.bias']);
  });
});

/** PyTorch's scores, or where they are log-probabilities ours shifted to them: margins are differences. */
function logSoftmaxFree(values: Float64Array, classes: number, scores: Float64Array): Float64Array {
  return values.map((value, k) => {
    const first = k - (k % classes);
    return value - values[first] + scores[first];
  });
}
