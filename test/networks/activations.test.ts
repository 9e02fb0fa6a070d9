import { expect } from 'chai';
import {
  activation,
  homogeneous,
  leakyRelu,
  notHomogeneous,
  rampedRelu,
  relu,
  squaredRelu,
} from '../../src/networks/index.js';
import { randomStream } from '../../src/numerics/random.js';
import { arraysTogether } from '../../src/numerics/simd.js';
import { derivative } from '../helpers/finite-differences.js';
import { pointwiseCases } from '../helpers/small-networks.js';

const points = [-2, -0.6, -0.3, 0.35, 0.5, 1.1, 4];

for (const { pointwise } of pointwiseCases) {
  describe(`the activation ${pointwise.name}`, () => {
    it('has the slope and curvature that differences give', () => {
      for (const z of points) {
        expect(pointwise.slope(z)).to.be.closeTo(derivative(pointwise.value, z), 1e-10);
        expect(pointwise.curvature(z)).to.be.closeTo(derivative(pointwise.slope, z), 1e-10);
      }
    });

    it('gives on whole arrays what it gives number by number, to the bit', () => {
      const layer = activation(1, pointwise);
      const none = new Float64Array(0);
      for (const n of [1, 2, 3, 4, 5, 7, 8003]) {
        const stream = randomStream(`${pointwise.name} ${n}`);
        const [x, g, y, gx, dy] = arraysTogether([n, n, n, n, n]);
        for (let i = 0; i < n; i++)
          [x[i], g[i]] = [i % 5 === 4 ? 0 : stream.normal(), stream.normal()];
        layer.forward(n, none, 0, x, y);
        layer.inputGradient(n, none, 0, x, g, gx);
        layer.forwardTangent(n, none, none, 0, x, g, dy);
        for (let i = 0; i < n; i++) {
          if (y[i] !== pointwise.value(x[i])) throw new Error(`the value at ${x[i]} is ${y[i]}`);
          const slope = g[i] * pointwise.slope(x[i]);
          if (gx[i] !== slope || dy[i] !== slope) throw new Error(`${gx[i]}, ${dy[i]} at ${x[i]}`);
        }
      }
    });
  });
}

describe('homogeneous activations', () => {
  for (const { pointwise } of pointwiseCases) {
    const { power, steep } = pointwise;
    // A ramp has a width of its own.
    if (power === undefined || steep) continue;
    it(`scale by c^${power}: ${pointwise.name}`, () => {
      for (const z of points) {
        const scaled = 3 ** power * pointwise.value(z);
        expect(pointwise.value(3 * z)).to.be.closeTo(scaled, 1e-14 * Math.abs(scaled));
      }
    });
  }

  it('say which of them have a slope that is locally Lipschitz, without a jump at kinks', () => {
    for (const { pointwise, kinks } of pointwiseCases) {
      const jumps = kinks.map((z) =>
        Math.abs(pointwise.slope(z + 1e-9) - pointwise.slope(z - 1e-9)),
      );
      expect(pointwise.smooth, pointwise.name).to.equal(jumps.every((jump) => jump < 1e-6));
    }
    expect(leakyRelu(1).smooth).to.be.true;
  });

  it('choose 0 as the slope of ReLU at 0, and the leak as that of leaky ReLU', () => {
    expect(relu.slope(0)).to.equal(0);
    expect(leakyRelu(0.2).slope(0)).to.equal(0.2);
    expect(squaredRelu.slope(0)).to.equal(0);
  });

  it('refuse a leak outside [0, 1]', () => {
    const message = 'A leak lies between 0 and 1; got ';
    for (const leak of [-0.1, 1.5, NaN]) {
      expect(() => leakyRelu(leak)).to.throw(`${message}${leak}.`);
    }
  });
});

describe('rampedRelu', () => {
  const ramped = rampedRelu(0.2);

  it('is relu outside the ramp, and differs by at most width/8 inside', () => {
    for (const z of [-3, -0.1, 0.1, 2]) {
      expect(ramped.value(z)).to.be.closeTo(relu.value(z), 1e-16);
      expect(ramped.slope(z)).to.be.closeTo(relu.slope(z), 1e-15);
    }
    for (let z = -0.1; z <= 0.1; z += 0.01) {
      expect(ramped.value(z) - relu.value(z)).to.be.within(-1e-16, 0.2 / 8 + 1e-16);
    }
    expect(ramped.value(0)).to.be.closeTo(0.2 / 8, 1e-16);
  });

  it('has a slope that climbs in a straight line from 0 to 1', () => {
    for (const [z, slope] of [
      [-0.1, 0],
      [-0.05, 0.25],
      [0, 0.5],
      [0.05, 0.75],
      [0.1, 1],
    ]) {
      expect(ramped.slope(z)).to.be.closeTo(slope, 1e-15);
    }
  });

  it('refuses a width that is not positive', () => {
    for (const width of [0, -1, NaN]) {
      expect(() => rampedRelu(width)).to.throw(`The width of a ramp is positive; got ${width}.`);
    }
  });
});

describe('the layer of an activation', () => {
  it('has no parameters and multiplies the degree', () => {
    const layer = activation(4, squaredRelu);
    expect(layer.parameters).to.equal(0);
    expect(layer.blocks).to.deep.equal([]);
    expect(layer.degree(homogeneous(3))).to.deep.equal(homogeneous(6));
    const none = notHomogeneous('why');
    expect(layer.degree(none)).to.deep.equal(none);
  });
});
