import { expect } from 'chai';
import { activationNamed, relu, squaredRelu } from '../../src/networks/index.js';

describe('activations by name', () => {
  it('are those of the kit', () => {
    expect(activationNamed('relu')).to.equal(relu);
    expect(activationNamed('squared-relu')).to.equal(squaredRelu);
    expect(activationNamed('linear')!.slope(-3)).to.equal(1);
    expect(activationNamed('leaky-relu')!.slopes).to.deep.equal([0.01, 1]);
    expect(activationNamed('leaky-relu(0.25)')!.slopes).to.deep.equal([0.25, 1]);
    expect(activationNamed('leaky-relu(.5)')!.value(-2)).to.equal(-1);
    expect(activationNamed('leaky-relu(0)')!.value(-2)).to.be.closeTo(0, 0);
  });

  for (const name of [
    '',
    'tanh',
    'toString',
    'leaky-relu()',
    'leaky-relu(1)',
    'leaky-relu(-1)',
    'leaky-relu(0.1',
  ]) {
    it(`are unknown otherwise: '${name}'`, () => {
      expect(activationNamed(name)).to.be.undefined;
    });
  }
});
