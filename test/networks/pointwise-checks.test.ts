import { expect } from 'chai';
import {
  activation,
  describeDegree,
  identity,
  leakyRelu,
  relu,
  squaredRelu,
  twoLayer,
  type Pointwise,
} from '../../src/networks/index.js';
import { bentTwice, pointwiseCases } from '../helpers/small-networks.js';

const hardTanh: Pointwise = {
  name: 'hard tanh',
  smooth: false,
  value: (z) => Math.max(-1, Math.min(1, z)),
  slope: (z) => (Math.abs(z) < 1 ? 1 : 0),
  curvature: () => 0,
};

describe('an activation that is not what it says', () => {
  const refused = (pointwise: Pointwise, words: string) =>
    expect(() => activation(2, pointwise)).to.throw(`The activation '${pointwise.name}' ${words}`);

  it('is refused where its power is not its own, with a value that shows it', () => {
    refused(
      { ...hardTanh, power: 1 },
      'says that it scales by the power 1; its value is -1 at -1 and ',
    );
    refused({ ...bentTwice, power: 1 }, 'says that it scales by the power 1; its value is ');
    refused(
      { ...squaredRelu, power: 3 },
      'says that it scales by the power 3; its value is 1 at 1',
    );
    refused({ ...relu, power: 0 }, 'has the power 0; expected at least 1.');
  });

  it('is refused where a breakpoint far from 0 spoils the power', () => {
    for (const at of [1e-6, 0.3, 3, 1e6]) {
      const value = (z: number) => (z > at ? 2 * z - at : z);
      const slope = (z: number) => (z > at ? 2 : 1);
      refused({ ...identity, value, slope }, 'says that it scales by the power 1; its value is ');
    }
  });

  it('is refused where its derivatives are not those of its values', () => {
    refused({ ...identity, slope: () => 2 }, 'has the slope 2 at ');
    refused({ ...squaredRelu, curvature: () => 0 }, 'has the curvature 0 at ');
  });

  it('is refused where it does not tell its kink at 0, or tells another one', () => {
    refused(
      { ...leakyRelu(0.1), slopes: undefined },
      'has a kink at 0 that it does not tell; its values ask for slopes: [0.1, 1].',
    );
    refused(
      { ...leakyRelu(0.1), slopes: [0.2, 1] },
      'has slopes [0.2, 1]; its values ask for slopes: [0.1, 1].',
    );
    refused({ ...leakyRelu(0.1), smooth: true }, 'has a kink at 0 and says that it is smooth');
    refused(
      { ...leakyRelu(0.1), slope: (z) => (z >= 0 ? 1 : 0.1) },
      'has the slope 1 at 0; expected that below it, 0.1.',
    );
    refused({ ...squaredRelu, slopes: [0, 1] }, 'has slopes [0, 1] and no kink at 0');
    refused({ ...hardTanh, slopes: [1, 1] }, 'has slopes below and above 0 and no power');
  });

  it('is taken where it is', () => {
    for (const { pointwise } of pointwiseCases) activation(2, pointwise);
    activation(2, leakyRelu(0));
    activation(2, leakyRelu(1));
  });
});

describe('an activation without a power', () => {
  it('leaves a network without a degree, and the reason names it', () => {
    const { degree } = twoLayer(3, 4, hardTanh);
    expect(describeDegree(degree)).to.equal(
      "not homogeneous: no power of the input scales the activation 'hard tanh'",
    );
  });
});
