import { expect } from 'chai';
import {
  chunkedEvaluator,
  imageEngine,
  imageEvaluator,
  imageNetwork,
  leadingDegree,
  parts,
  hAlexNet,
  smallAlexNetForm,
} from '../../src/networks/index.js';
import { randomStream } from '../../src/numerics/random.js';
import { relativeError } from '../helpers/finite-differences.js';
import { normals } from '../helpers/small-networks.js';

const { convolution, relu, batchNorm, flatten, dense, residual, concatenate } = parts;
const image = { channels: 2, height: 4, width: 4 };
const network = imageNetwork('chunked', image, [
  convolution(3),
  batchNorm(),
  relu,
  flatten,
  dense(3, { bias: true }),
]);
const stream = randomStream('chunked');
const theta = normals(stream, network.parameters);
const inputs = normals(stream, 7 * network.inputs);
const statistics = Float64Array.of(0.1, -0.2, 0.3, 1.5, 0.5, 2);

describe('an evaluator in chunks', () => {
  const whole = imageEvaluator(network, inputs, statistics);

  for (const size of [1, 3, 7, 20]) {
    const engine = imageEngine(network, size);
    engine.freezeStatistics(statistics);
    const chunked = chunkedEvaluator(engine, inputs);

    it(`gives what the whole batch gives, chunks of ${size}`, () => {
      expect(relativeError(chunked.outputs(theta), whole.outputs(theta))).to.be.below(1e-13);
      const weights = normals(stream, 21);
      const [one, other] = [chunked, whole].map((engine) => {
        const into = new Float64Array(network.parameters).fill(7);
        engine.differentiate(theta, () => weights, into);
        return into;
      });
      expect(relativeError(one, other)).to.be.below(1e-13);
      const [a, b] = [chunked, whole].map((engine) => {
        const into = new Float64Array(21 * network.parameters);
        engine.outputs(theta);
        engine.jacobian(theta, into);
        return into;
      });
      expect(relativeError(a, b)).to.be.below(1e-13);
    });
  }

  it('leaves chunks without weights out, and tells how far it is', () => {
    const engine = imageEngine(network, 3);
    engine.freezeStatistics(statistics);
    const done: number[] = [];
    const chunked = chunkedEvaluator(engine, inputs, (count) => done.push(count));
    const weights = new Float64Array(21);
    weights[12] = 1;
    chunked.pullback(theta, weights, new Float64Array(network.parameters));
    expect(done).to.deep.equal([6]);
    chunked.outputs(theta);
    expect(done).to.deep.equal([6, 3, 6, 7]);
  });

  it('refuses what is no whole number of images', () => {
    const engine = imageEngine(network, 3);
    for (const count of [0, 33]) {
      expect(() => chunkedEvaluator(engine, new Float64Array(count))).to.throw(
        `'chunked' takes images of 32 numbers; got ${count} numbers`,
      );
    }
  });
});

describe('the leading degree', () => {
  it('is the degree where there is one', () => {
    expect(leadingDegree(hAlexNet(smallAlexNetForm))).to.equal(8);
  });

  it('counts weights and batch norms, and the higher one of two branches', () => {
    expect(leadingDegree(network)).to.equal(3);
    const branch = [convolution(2), relu, convolution(2)];
    const of = (list: Parameters<typeof imageNetwork>[2]) =>
      leadingDegree(imageNetwork('n', image, [...list, flatten, dense(3, { bias: true })]));
    expect(of([residual(branch)])).to.equal(3);
    expect(of([residual(branch, [convolution(2)]), concatenate([convolution(1)])])).to.equal(4);
  });
});
