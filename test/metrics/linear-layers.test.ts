import { expect } from 'chai';
import {
  conservedDifference,
  firstOrderMisalignment,
  linearLayers,
  misalignment,
  productDirection,
} from '../../src/metrics/index.js';
import { deep, identity } from '../../src/networks/index.js';
import { angleBetween, norm, randomStream } from '../../src/numerics/index.js';

describe('the layers of a deep linear network', () => {
  const network = deep([2, 2, 1], identity);
  /** W₁ = diag(3, 1) and W₂ = (cos, sin)·4: u₁ is the first axis, v₂ lies at the angle. */
  const at = (angle: number) =>
    linearLayers(network, Float64Array.of(3, 0, 0, 1, 4 * Math.cos(angle), 4 * Math.sin(angle)));

  it('have the misalignment of their vectors, down to tiny angles', () => {
    for (const angle of [1, 0.1, 1e-10]) {
      const [below, above] = at(angle);
      expect(misalignment(below, above) / Math.sin(angle)).to.be.closeTo(1, 1e-12);
    }
  });

  it('have the difference W₂ᵀW₂ − W₁W₁ᵀ', () => {
    const [below, above] = at(0.5);
    const [c, s] = [Math.cos(0.5), Math.sin(0.5)];
    const expected = [16 * c * c - 9, 16 * c * s, 16 * c * s, 16 * s * s - 1];
    conservedDifference(below, above).forEach((value, i) => {
      expect(value).to.be.closeTo(expected[i], 1e-13);
    });
  });

  it('have a product of the direction of W₂W₁', () => {
    const expected = Float64Array.of(3 * Math.cos(0.5), Math.sin(0.5));
    expect(angleBetween(productDirection(at(0.5)), expected)).to.be.below(1e-15);
    expect(norm(productDirection(at(0.5)))).to.be.closeTo(1, 1e-15);
  });

  it('are misaligned by what their difference says, to first order', () => {
    // W₂ᵀW₂ = W₁W₁ᵀ + C with W₁ of rank one turns v by C's pull across u, over the square of the size.
    const stream = randomStream('first order');
    const size = 1e4;
    const c = Float64Array.of(stream.normal(), 0.3, 0.3, stream.normal());
    const gram = [size ** 2 + c[0], c[1], c[3]];
    const angle = 0.5 * Math.atan2(2 * gram[1], gram[0] - gram[2]);
    const layers = linearLayers(
      network,
      Float64Array.of(size, 0, 0, 0, size * Math.cos(angle), size * Math.sin(angle)),
    );
    const found = misalignment(layers[0], layers[1]) ** 2 / 2;
    const predicted = firstOrderMisalignment(layers[0], layers[1], c);
    expect(found / predicted).to.be.closeTo(1, 1e-6);
  });
});
