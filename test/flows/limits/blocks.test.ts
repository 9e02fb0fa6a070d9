import { expect } from 'chai';
import { blockCurvature, parameterBlocks } from '../../../src/flows/limits/blocks.js';
import { exponentialLoss, objective } from '../../../src/losses/index.js';
import {
  deep,
  linearModel,
  relu,
  squaredRelu,
  twoLayer,
  type SerialNetwork,
} from '../../../src/networks/index.js';
import { randomStream } from '../../../src/numerics/random.js';

const fixedRow = Float64Array.of(1, -2, 0.5, 1);
const networks: [string, SerialNetwork, number, number][] = [
  ['two layers', twoLayer(3, 4, squaredRelu), 4, 2],
  ['two layers with biases', twoLayer(3, 4, relu, { bias: true }), 1, 2],
  ['two layers and three classes', twoLayer(3, 4, squaredRelu, { outputs: 3 }), 4, 3],
  ['a trained first layer', twoLayer(3, 4, squaredRelu, { fixedOutput: fixedRow }), 4, 2],
  ['a linear model', linearModel(3), 3, 2],
  ['three layers', deep([3, 4, 2, 1], squaredRelu), 1, 2],
];

describe('the blocks of parameters', () => {
  for (const [title, network, count, classes] of networks) {
    const stream = randomStream(title);
    const inputs = Float64Array.from({ length: 15 }, () => stream.normal());
    const labels = Float64Array.from({ length: 5 }, (_, i) =>
      classes === 2 ? 2 * (i % 2) - 1 : i % 3,
    );
    const at = objective(network, inputs, labels, exponentialLoss, classes);
    const blocks = parameterBlocks(network);

    it(`hold every parameter of ${title} once, in ${count}`, () => {
      expect(blocks.length).to.equal(count);
      const places = blocks.flatMap((block) => [...block]).sort((a, b) => a - b);
      expect(places).to.deep.equal([...Array(network.parameters).keys()]);
    });

    it(`have between them no second derivative of ${title}, and within them all`, () => {
      const n = network.parameters;
      const theta = Float64Array.from({ length: n }, () => stream.normal());
      const weights = Float64Array.from({ length: at.examples * at.pairs }, () => stream.normal());
      const dense = new Float64Array(n * n);
      at.curvature(theta, weights, dense);
      const found = blockCurvature(at, blocks, theta, weights);
      const assembled = new Float64Array(n * n);
      blocks.forEach((places, b) => {
        places.forEach((row, i) => {
          places.forEach((column, j) => {
            assembled[row * n + column] = found[b][i * places.length + j];
          });
        });
      });
      assembled.forEach((value, p) => expect(value).to.be.closeTo(dense[p], 1e-13));
    });
  }
});
