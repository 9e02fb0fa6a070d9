import { expect } from 'chai';
import { exponentialLoss, objective } from '../../src/losses/index.js';
import {
  deep,
  deepLinear,
  imageNetwork,
  initialise,
  parts,
  relu,
  squaredRelu,
  twoLayer,
  type Network,
  type Part,
} from '../../src/networks/index.js';
import {
  frobeniusProduct,
  medianMargin,
  normalisedMargins,
  normalisersFor,
  normPower,
  snapshotAt,
  spectralProduct,
} from '../../src/metrics/index.js';
import { logFrobenius, logProduct, logSpectral } from '../../src/metrics/norm-product.js';
import { randomStream } from '../../src/numerics/random.js';
import { spectralNorm } from '../../src/numerics/spectral-norm.js';
import { norm } from '../../src/numerics/vectors.js';
import { normals } from '../helpers/small-networks.js';
import { arcs } from '../helpers/small-problems.js';

const { at: problem } = arcs();
const bound = (network: Network) =>
  objective(network, problem.inputs, problem.labels, exponentialLoss);
const drawn = (network: Network) => normals(randomStream(network.name), network.parameters);

describe('normalisers of margins', () => {
  const chains = [deep([3, 5, 4, 1], relu), twoLayer(3, 6, squaredRelu), deepLinear([3, 4, 1])];

  for (const network of chains) {
    it(`divide so that the length of θ does not matter: ${network.name}`, () => {
      const at = bound(network);
      const theta = drawn(network);
      const names = normalisersFor(network).map(({ name }) => name);
      expect(names).to.deep.equal(['norm', 'frobenius', 'spectral', 'median']);
      for (const normaliser of normalisersFor(network)) {
        const one = normalisedMargins(at, theta, normaliser);
        const other = normalisedMargins(
          at,
          theta.map((value) => 300 * value),
          normaliser,
        );
        one.forEach((margin, i) => {
          expect(other[i]).to.be.closeTo(margin, 1e-12 * Math.max(...one.map(Math.abs)));
        });
      }
    });
  }

  it('divide by ‖θ‖^L as the snapshot does', () => {
    const network = deep([3, 5, 4, 1], relu);
    const theta = drawn(network);
    const margins = normalisedMargins(bound(network), theta, normPower);
    snapshotAt(bound(network), theta).margins.forEach((margin, i) => {
      expect(margins[i]).to.be.closeTo(margin, 1e-13);
    });
  });

  it('multiply the norms of the layers, so that balance between layers does not matter', () => {
    const network = deep([3, 5, 4, 1], relu);
    const theta = drawn(network);
    const [a, b, c] = network.blocks.map(({ offset, rows, columns }) =>
      theta.slice(offset, offset + rows * columns),
    );
    const at = bound(network);
    const frobenius = Math.log(norm(a) * norm(b) * norm(c));
    expect(frobeniusProduct.logValue(at, theta)).to.be.closeTo(frobenius, 1e-14);
    const spectral = Math.log(spectralNorm(5, 3, a) * spectralNorm(4, 5, b) * norm(c));
    expect(spectralProduct.logValue(at, theta)).to.be.closeTo(spectral, 1e-14);
    const unbalanced = theta.map((value, i) => (i < 15 ? 8 : i < 35 ? 0.5 : 0.25) * value);
    for (const normaliser of [frobeniusProduct, spectralProduct]) {
      const one = normalisedMargins(at, theta, normaliser);
      normalisedMargins(at, unbalanced, normaliser).forEach((margin, i) => {
        expect(margin).to.be.closeTo(one[i], 1e-14);
      });
    }
  });

  it('square what a squared ReLU squares, and leave fixed weights out', () => {
    const network = twoLayer(3, 2, squaredRelu, { fixedOutput: Float64Array.of(1, -1) });
    const theta = drawn(network);
    expect(logProduct(network, theta, logFrobenius)).to.be.closeTo(
      2 * Math.log(norm(theta)),
      1e-14,
    );
  });

  it('leave biases out, and the power of the norm where there is no degree', () => {
    const network = twoLayer(3, 4, relu, { bias: true });
    const theta = drawn(network);
    const names = normalisersFor(network).map(({ name }) => name);
    expect(names).to.deep.equal(['frobenius', 'spectral', 'median']);
    const [w, , a] = network.blocks.map(({ offset, rows, columns }) =>
      theta.slice(offset, offset + rows * columns),
    );
    const product = Math.log(norm(w) * norm(a));
    expect(frobeniusProduct.logValue(bound(network), theta)).to.be.closeTo(product, 1e-14);
    expect(() => normPower.logValue(bound(network), theta)).to.throw('homogeneous network');
  });

  it('have the median 1 for the shape alone', () => {
    const network = twoLayer(3, 6, squaredRelu);
    const shape = normalisedMargins(bound(network), drawn(network), medianMargin);
    const sorted = shape.map(Math.abs).sort();
    expect((sorted[3] + sorted[4]) / 2).to.be.closeTo(1, 1e-14);
  });
});

describe('the product of norms along an image network', () => {
  const { convolution, relu: positive, residual, concatenate, batchNorm, flatten, dense } = parts;
  const image = { channels: 1, height: 4, width: 4 };
  const network = (list: readonly Part[]) => imageNetwork('small', image, list);
  const start = (of: Network) => initialise(of, 'he', randomStream(3));
  const sizes = (of: Network, theta: Float64Array) =>
    of.blocks.map(({ offset, rows, columns }) =>
      norm(theta.slice(offset, offset + rows * columns)),
    );

  it('multiplies a chain', () => {
    const chain = network([convolution(3), positive, convolution(2), flatten, dense(2)]);
    const theta = start(chain);
    const [a, b, c] = sizes(chain, theta);
    expect(logProduct(chain, theta, logFrobenius)).to.be.closeTo(Math.log(a * b * c), 1e-14);
  });

  it('adds branches, and joins channels by squares', () => {
    const sum = network([convolution(3), residual([convolution(3)]), flatten, dense(2)]);
    const theta = start(sum);
    const [a, b, c] = sizes(sum, theta);
    expect(logProduct(sum, theta, logFrobenius)).to.be.closeTo(Math.log((a * b + a) * c), 1e-14);
    const joined = network([convolution(3), concatenate([convolution(2)]), flatten, dense(2)]);
    const other = start(joined);
    const [d, e, f] = sizes(joined, other);
    const expected = Math.log(Math.hypot(d, d * e) * f);
    expect(logProduct(joined, other, logFrobenius)).to.be.closeTo(expected, 1e-14);
  });

  it('starts again with the scale of a batch norm', () => {
    const normed = network([convolution(3), batchNorm(), positive, flatten, dense(2)]);
    const theta = start(normed);
    theta.set([1, -5, 2], normed.blocks[1].offset);
    const last = normed.blocks[3];
    const weights = theta.subarray(last.offset);
    const frobenius = Math.log(Math.sqrt(30) * norm(weights));
    expect(logProduct(normed, theta, logFrobenius)).to.be.closeTo(frobenius, 1e-14);
    const spectral = Math.log(5 * spectralNorm(2, 48, weights));
    expect(logProduct(normed, theta, logSpectral)).to.be.closeTo(spectral, 1e-14);
    const names = normalisersFor(normed).map(({ name, why }) => `${name}: ${why.slice(0, 10)}`);
    expect(names).to.deep.equal([
      'frobenius: Batch norm',
      'spectral: Batch norm',
      'median: Divided by',
    ]);
  });

  it('is −∞ where every way leads through a layer of zeros', () => {
    const sum = network([convolution(3), residual([convolution(3)]), flatten, dense(2)]);
    expect(logProduct(sum, new Float64Array(sum.parameters), logFrobenius)).to.equal(-Infinity);
  });
});
