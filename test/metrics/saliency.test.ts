import { expect } from 'chai';
import { inputGradients } from '../../src/metrics/index.js';
import {
  deep,
  deepLinear,
  evaluator,
  linearModel,
  relu,
  squaredRelu,
  twoLayer,
} from '../../src/networks/index.js';
import { dot, scale } from '../../src/numerics/vectors.js';
import { randomStream } from '../../src/numerics/random.js';

const draw = randomStream('saliency');
const normals = (count: number) => Float64Array.from({ length: count }, () => draw.normal());

describe('gradients of scores by inputs', () => {
  const inputs = normals(4 * 5);

  for (const network of [
    twoLayer(4, 6, squaredRelu),
    deep([4, 5, 3, 2], relu),
    deepLinear([4, 3, 1]),
  ]) {
    it(`are those of differences: ${network.name}`, () => {
      const theta = normals(network.parameters);
      const gradients = inputGradients(network, theta, inputs);
      const h = 1e-6;
      inputs.forEach((value, k) => {
        const sum = (shift: number) => {
          const moved = inputs.with(k, value + shift);
          return evaluator(network, moved)
            .outputs(theta)
            .reduce((total, score) => total + score, 0);
        };
        expect(gradients[k]).to.be.closeTo((sum(h) - sum(-h)) / (2 * h), 1e-7);
      });
    });
  }

  it('are the weights of a linear model, and the product of the layers of a deep one', () => {
    const weights = normals(4);
    const rows = inputGradients(linearModel(4), weights, inputs);
    for (let i = 0; i < 5; i++) {
      expect([...rows.subarray(4 * i, 4 * i + 4)]).to.deep.equal([...weights]);
    }
    const theta = Float64Array.of(1, 2, 3, 4, 5, 6, 10, 100);
    const product = inputGradients(deepLinear([3, 2, 1]), theta, Float64Array.of(7, 8, 9));
    expect([...product]).to.deep.equal([410, 520, 630]);
  });

  it('grow like the degree of the network with the weights, without turning', () => {
    const network = twoLayer(4, 6, squaredRelu);
    const theta = normals(network.parameters);
    const before = inputGradients(network, theta, inputs);
    scale(theta, 2);
    inputGradients(network, theta, inputs).forEach((value, k) =>
      expect(value).to.be.closeTo(8 * before[k], 1e-12 * Math.abs(value)),
    );
  });

  it("meet Euler's identity in the inputs: squared ReLU is of degree 2 in them", () => {
    const network = twoLayer(4, 6, squaredRelu);
    const theta = normals(network.parameters);
    const gradients = inputGradients(network, theta, inputs);
    const scores = evaluator(network, inputs).outputs(theta);
    for (let i = 0; i < 5; i++) {
      const own = dot(gradients.subarray(4 * i, 4 * i + 4), inputs.subarray(4 * i, 4 * i + 4));
      expect(own).to.be.closeTo(2 * scores[i], 1e-12 * Math.abs(own) + 1e-14);
    }
  });

  it('ask for weights that fit', () => {
    expect(() => inputGradients(linearModel(4), new Float64Array(3), inputs)).to.throw('has 4');
  });
});
