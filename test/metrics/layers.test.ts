import { expect } from 'chai';
import { exponentialLoss, objective } from '../../src/losses/index.js';
import { deepLinear, squaredRelu, twoLayer, type Network } from '../../src/networks/index.js';
import { layerNorms, snapshotAt } from '../../src/metrics/index.js';
import { randomStream } from '../../src/numerics/random.js';
import { norm } from '../../src/numerics/vectors.js';
import { normals } from '../helpers/small-networks.js';
import { times } from './closed-form-objectives.js';

function normsOf(network: Network, theta: ArrayLike<number>) {
  const inputs = new Float64Array(network.inputs).fill(1);
  const at = objective(network, inputs, Float64Array.of(1), exponentialLoss);
  return layerNorms(snapshotAt(at, Float64Array.from(theta)));
}

describe('layer norms', () => {
  const stream = randomStream('layers');

  it('are rank one for outer products, and for rows and columns', () => {
    const [u, v, last] = [normals(stream, 4), normals(stream, 3), normals(stream, 4)];
    const outer = [...u].flatMap((a) => [...v].map((b) => a * b));
    const norms = normsOf(deepLinear([3, 4, 1]), [...outer, ...last]);
    expect(norms.map(({ name }) => name)).to.deep.equal(['layer 1', 'layer 2']);
    for (const { spectralShare } of norms) expect(spectralShare).to.be.closeTo(1, 1e-14);
    expect(norms[0].share / norms[1].share).to.be.closeTo((norm(u) * norm(v)) / norm(last), 1e-13);
  });

  it('are 1/√r for r equal singular values', () => {
    const norms = normsOf(deepLinear([3, 3, 1]), [2, 0, 0, 0, 0, -2, 0, 2, 0, 1, 1, 1]);
    expect(norms[0].spectralShare).to.be.closeTo(1 / Math.sqrt(3), 1e-15);
    expect(norms[0].share).to.be.closeTo(Math.sqrt(12 / 15), 1e-15);
  });

  it('have squares of shares that sum to 1, whatever the length of θ', () => {
    const network = twoLayer(3, 5, squaredRelu, { bias: true });
    const theta = normals(stream, network.parameters);
    const norms = normsOf(network, theta);
    expect(norms.length).to.equal(4);
    expect(norms.reduce((sum, { share }) => sum + share ** 2, 0)).to.be.closeTo(1, 1e-14);
    normsOf(network, times(1e5, theta)).forEach(({ share, spectralShare }, k) => {
      expect(share).to.be.closeTo(norms[k].share, 1e-14);
      expect(spectralShare).to.be.closeTo(norms[k].spectralShare, 1e-14);
    });
  });

  it('have no rank for a block of zeros', () => {
    const [first, second] = normsOf(deepLinear([2, 2, 1]), [0, 0, 0, 0, 3, 4]);
    expect(first.share).to.equal(0);
    expect(first.spectralShare).to.be.NaN;
    expect(second.share).to.be.closeTo(1, 1e-15);
  });

  it('tell weights from biases, of which rank one says nothing', () => {
    const network = twoLayer(3, 5, squaredRelu, { bias: true });
    const norms = normsOf(network, normals(stream, network.parameters));
    const named = norms.map(({ name, weights }) => [name, weights]);
    expect(named).to.deep.equal([
      ['hidden', true],
      ['hidden bias', false],
      ['output', true],
      ['output bias', false],
    ]);
  });

  it('are found for the blocks of large networks', () => {
    const network = deepLinear([2304, 256, 1]);
    const theta = normals(stream, network.parameters);
    const [first] = normsOf(network, theta);
    // Largest singular value of a Gaussian matrix: about √2304 + √256 of √(2304·256).
    expect(first.spectralShare).to.be.closeTo((48 + 16) / (48 * 16), 0.003);
  });

  it('leave out weights that are held fixed', () => {
    const network = twoLayer(2, 2, squaredRelu, { fixedOutput: Float64Array.of(1, -1) });
    const norms = normsOf(network, [1, 2, 3, 4]);
    expect(norms.map(({ name, share }) => [name, +share.toFixed(12)])).to.deep.equal([
      ['hidden', 1],
    ]);
  });
});
