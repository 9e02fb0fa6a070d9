import { expect } from 'chai';
import {
  activation,
  deep,
  deepLinear,
  degreeOrZero,
  dense,
  describeDegree,
  homogeneous,
  identity,
  leakyRelu,
  linearModel,
  notHomogeneous,
  relu,
  requireDegree,
  serial,
  squaredRelu,
  twoLayer,
  type Network,
} from '../../src/networks/index.js';
import { firstLayerBias } from '../helpers/small-networks.js';

describe('the degree of a network', () => {
  const hidden = new Float64Array(15).fill(1);
  const output = new Float64Array(5).fill(1);
  const cases: [string, Network, number][] = [
    ['a linear model', linearModel(3), 1],
    ['five linear layers', deepLinear([3, 4, 4, 4, 4, 1]), 5],
    ['two layers with ReLU', twoLayer(3, 5, relu), 2],
    ['two layers with leaky ReLU', twoLayer(3, 5, leakyRelu(0.1)), 2],
    ['two layers with squared ReLU', twoLayer(3, 5, squaredRelu), 3],
    ['two layers with the identity', twoLayer(3, 5, identity), 2],
    ['four layers with ReLU', deep([3, 4, 4, 4, 1], relu), 4],
    ['three layers with squared ReLU', deep([3, 4, 4, 1], squaredRelu), 7],
    ['fixed output weights with ReLU', twoLayer(3, 5, relu, { fixedOutput: output }), 1],
    ['fixed output weights, squared', twoLayer(3, 5, squaredRelu, { fixedOutput: output }), 2],
    ['fixed hidden weights', twoLayer(3, 5, squaredRelu, { fixedHidden: hidden }), 1],
    ['a bias in the first layer, ReLU', firstLayerBias(relu), 2],
    ['a bias in the first layer, squared ReLU', firstLayerBias(squaredRelu), 3],
    ['a layer of its own bias', serial('one', [dense(3, 1, { bias: true })]), 1],
  ];
  for (const [title, network, degree] of cases) {
    it(`is ${degree} for ${title}`, () => {
      expect(network.degree).to.deep.equal(homogeneous(degree));
    });
  }

  it('is missing, with a reason, where a deeper layer has a bias', () => {
    const network = twoLayer(3, 5, squaredRelu, { bias: true });
    const reason = "the bias of 'output' has degree 1 and is added to a term of degree 3";
    expect(network.degree).to.deep.equal(notHomogeneous(reason));
    expect(describeDegree(network.degree)).to.equal(`not homogeneous: ${reason}`);
  });

  it('keeps the first reason through the layers that follow', () => {
    const { degree } = deep([3, 4, 4, 4, 1], relu, { bias: true });
    expect(degree).to.deep.equal(
      notHomogeneous("the bias of 'layer 2' has degree 1 and is added to a term of degree 2"),
    );
  });

  it('counts a fixed layer between trained ones as nothing', () => {
    const network = serial('sandwich', [
      dense(3, 4, { name: 'first' }),
      dense(4, 4, { name: 'fixed', fixedWeights: new Float64Array(16) }),
      activation(4, squaredRelu),
      dense(4, 1, { name: 'last' }),
    ]);
    expect(describeDegree(network.degree)).to.equal('degree 3');
    expect(network.parameters).to.equal(16);
  });
});

describe('requireDegree and degreeOrZero', () => {
  it('give the number where there is one', () => {
    expect(requireDegree(homogeneous(4), 'This')).to.equal(4);
    expect(degreeOrZero(homogeneous(4))).to.equal(4);
  });

  it('throw the reason, and give 0, where there is none', () => {
    const none = notHomogeneous('it has a bias');
    expect(() => requireDegree(none, 'The flow')).to.throw(
      'The flow needs a homogeneous network, and this one is not: it has a bias.',
    );
    expect(degreeOrZero(none)).to.equal(0);
  });
});
