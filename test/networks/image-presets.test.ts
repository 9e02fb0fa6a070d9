import { expect } from 'chai';
import {
  alexNetForm,
  denseNet,
  denseNet100Form,
  hAlexNet,
  imageEngine,
  imageNetwork,
  initialise,
  multiplyAdds,
  parts,
  resNet,
  resNet20Form,
  smallAlexNetForm,
  smallDenseNetForm,
  smallResNetForm,
} from '../../src/networks/index.js';
import { randomStream } from '../../src/numerics/random.js';
import { relativeError } from '../helpers/finite-differences.js';
import { normals } from '../helpers/small-networks.js';

const bare = { bias: false, batchNorm: false };

describe('presets of image networks', () => {
  it('have the published numbers of parameters', () => {
    expect(hAlexNet(alexNetForm).parameters).to.equal(36_045_504);
    expect(resNet(resNet20Form).parameters).to.equal(272_474);
    expect(denseNet(denseNet100Form).parameters).to.equal(769_162);
  });

  it('have as many layers with weights as their names say', () => {
    const layers = (network: ReturnType<typeof resNet>, kernels: readonly number[]) =>
      network.nodes.filter(
        (node) =>
          node.kind === 'dense' || (node.kind === 'convolution' && kernels.includes(node.kernel)),
      ).length;
    expect(layers(resNet(resNet20Form), [3])).to.equal(20);
    expect(layers(denseNet(denseNet100Form), [1, 3])).to.equal(100);
    expect(resNet(smallResNetForm).name).to.equal('ResNet-8 1×28×28, 8–16–32');
    expect(layers(resNet(smallResNetForm), [3])).to.equal(8);
    expect(denseNet(smallDenseNetForm).name).to.equal('DenseNet-BC-18 1×28×28, growth 6');
    expect(layers(denseNet(smallDenseNetForm), [1, 3])).to.equal(18);
  });

  it('have small forms of the stated size and work', () => {
    const sizes = [
      hAlexNet(smallAlexNetForm),
      resNet(smallResNetForm),
      denseNet(smallDenseNetForm),
    ];
    expect(sizes.map(({ parameters }) => parameters)).to.deep.equal([33_608, 19_810, 13_522]);
    expect(sizes.map(multiplyAdds)).to.deep.equal([978_176, 645_216, 950_124]);
  });

  it('count the multiply-adds of convolutions and dense layers', () => {
    const { convolution, dense, flatten, relu } = parts;
    const list = [convolution(3, { stride: 2 }), relu, flatten, dense(7), relu, dense(2)];
    const network = imageNetwork('counted', { channels: 2, height: 5, width: 6 }, list);
    expect(multiplyAdds(network)).to.equal(3 * 18 * 9 + 27 * 7 + 7 * 2);
  });

  it('are homogeneous of degree 8 for H-AlexNet, and not for the others', () => {
    for (const form of [alexNetForm, smallAlexNetForm]) {
      expect(hAlexNet(form).degree).to.deep.equal({ homogeneous: true, degree: 8 });
    }
    const reason = ({ degree }: ReturnType<typeof resNet>) =>
      degree.homogeneous ? '' : degree.reason;
    expect(reason(resNet(smallResNetForm))).to.include('batch norm 8 divides');
    expect(reason(resNet(smallResNetForm, { batchNorm: false }))).to.include('the bias of');
    expect(reason(resNet(smallResNetForm, bare))).to.equal(
      'a residual sum adds degree 3 and degree 1',
    );
    expect(reason(denseNet(smallDenseNetForm))).to.include('batch norm 17 divides');
    expect(reason(denseNet(smallDenseNetForm, bare))).to.equal(
      'a concatenation joins degree 1 and degree 3',
    );
  });

  it('leave out biases and batch norms where asked to', () => {
    const kinds = (network: ReturnType<typeof resNet>) =>
      network.blocks.filter(({ name }) => /bias|norm/.test(name)).map(({ name }) => name);
    expect(kinds(resNet(smallResNetForm, bare))).to.deep.equal([]);
    expect(kinds(denseNet(smallDenseNetForm, bare))).to.deep.equal([]);
    expect(kinds(resNet(smallResNetForm)).filter((name) => name.includes('bias'))).to.deep.equal([
      'dense 1 bias',
    ]);
    expect(kinds(denseNet(smallDenseNetForm, { batchNorm: false }))).to.include(
      'convolution 1 bias',
    );
    expect(resNet(smallResNetForm, bare).name).to.include('without biases and batch norm');
  });

  it('scale with their degree, as computed', () => {
    const network = hAlexNet({
      ...smallAlexNetForm,
      image: { channels: 3, height: 16, width: 20 },
    });
    const theta = initialise(network, 'he', randomStream('presets'));
    const engine = imageEngine(network, 2);
    engine.load(normals(randomStream('images'), 2 * network.inputs));
    const scores = engine.outputs(theta).slice();
    const doubled = engine.outputs(theta.map((value) => 2 * value));
    expect(
      relativeError(
        doubled,
        scores.map((value) => 256 * value),
      ),
    ).to.be.below(1e-13);
  });

  it('run on other shapes of images', () => {
    const image = { channels: 2, height: 17, width: 19 };
    for (const network of [
      resNet({ ...smallResNetForm, image, classes: 3 }),
      denseNet({ ...smallDenseNetForm, image, classes: 3 }),
    ]) {
      const engine = imageEngine(network, 2);
      engine.load(normals(randomStream('images'), 2 * network.inputs));
      const scores = engine.outputs(initialise(network, 'he', randomStream('presets')));
      expect(scores).to.have.length(6);
      expect(scores.every(Number.isFinite)).to.equal(true);
    }
  });
});
