import { expect } from 'chai';
import { erfc, pointwiseFunctions } from '../../../src/networks/image/kinds/graph/functions.js';

/** Where each function is tried: away from the kinks, and where square roots and logarithms exist. */
const POINTS = [0.1, 0.7, 1.3, 2.6];

describe('functions of one number', () => {
  it('have the derivatives that differences give', () => {
    for (const [name, { value, slope }] of Object.entries(pointwiseFunctions)) {
      if (name === 'above') continue;
      const everywhere = ['sqrt', 'log', 'power', 'reciprocal'].includes(name)
        ? POINTS
        : [...POINTS, ...POINTS.map((z) => -z)];
      for (const z of everywhere) {
        const h = 1e-5;
        const difference = (value(z + h, 0.3, 1.1) - value(z - h, 0.3, 1.1)) / (2 * h);
        expect(slope(z, 0.3, 1.1), `${name} at ${z}`).to.be.closeTo(
          difference,
          1e-8 * (1 + Math.abs(difference)),
        );
      }
    }
  });

  it('scale with their argument where they say so, and nowhere else', () => {
    for (const [name, { value, order, homogeneous }] of Object.entries(pointwiseFunctions)) {
      const a = name === 'shifted' ? 0 : 0.3;
      const scales = POINTS.every((z) => {
        const [one, two] = [value(z, a, 1.1), value(2 * z, a, 1.1)];
        return Math.abs(two - 2 ** order(a) * one) < 1e-12 * Math.abs(two);
      });
      // Those of one sign, such as a clip, may do so on one side alone.
      if (homogeneous(a)) expect(scales, name).to.equal(true);
    }
    expect(pointwiseFunctions.shifted.homogeneous(1)).to.equal(false);
  });

  it('have the complementary error function to 1e-12', () => {
    // Values of mpmath, rounded to double precision.
    const known = [
      [0, 1],
      [0.5, 0.4795001221869535],
      [1, 0.15729920705028513],
      [1.999, 0.00469844334862949],
      [2, 0.004677734981047266],
      [2.001, 0.004657109281475348],
      [3, 2.209049699858544e-5],
      [5, 1.537459794428035e-12],
      [10, 2.088487583762545e-45],
      [-1, 1.8427007929497148],
    ];
    for (const [z, value] of known) {
      expect(erfc(z) / value, `erfc(${z})`).to.be.closeTo(1, 1e-12);
    }
  });
});
