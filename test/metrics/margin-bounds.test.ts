import { expect } from 'chai';
import { pathBound, pathNorm, spectralTerm } from '../../src/metrics/index.js';
import { deepLinear, linearModel, relu, twoLayer } from '../../src/networks/index.js';
import { randomStream } from '../../src/numerics/random.js';
import { norm } from '../../src/numerics/vectors.js';

const setting = { inputNorm: 10, examples: 50, margin: 0.5 };

describe('margin bounds', () => {
  const network = twoLayer(2, 2, relu);
  // Units (3, 4) and (0, 2) with output weights 2 and −1.
  const theta = Float64Array.of(3, 4, 0, 2, 2, -1);

  it('take the path norm Σ |a| ‖w‖', () => {
    expect(pathNorm(network, theta)).to.equal(2 * 5 + 1 * 2);
  });

  it('have a path norm of at most ½ ‖θ‖², and just that for balanced units', () => {
    const draw = randomStream('path norm');
    for (let k = 0; k < 20; k++) {
      const any = Float64Array.from({ length: 6 }, () => draw.normal());
      expect(pathNorm(network, any)).to.be.at.most(0.5 * norm(any) ** 2);
    }
    const balanced = Float64Array.of(3, 4, 0, 2, 5, -2);
    expect(pathNorm(network, balanced)).to.be.closeTo(0.5 * norm(balanced) ** 2, 1e-13);
  });

  it('are 4 B ‖X‖_F/(γ n) and a term for the draw of the examples', () => {
    const chance = 3 * Math.sqrt(Math.log(200) / 100);
    const expected = (4 * 12 * 10) / (0.5 * 50) + chance;
    expect(pathBound(network, theta, setting)).to.be.closeTo(expected, 1e-12);
  });

  it('cover the Rademacher complexity, estimated by signs and directions drawn at random', () => {
    const draw = randomStream('complexity');
    const inputs = Array.from({ length: 30 }, () => [draw.normal(), draw.normal()]);
    const directions = Array.from({ length: 120 }, (_, k) => (k * Math.PI) / 60);
    const trials = Array.from({ length: 60 }, () => {
      const signs = inputs.map(() => Math.sign(draw.normal()));
      const sums = directions.map((angle) =>
        inputs.reduce((sum, [x, y], i) => {
          const z = x * Math.cos(angle) + y * Math.sin(angle);
          return sum + signs[i] * Math.max(0, z);
        }, 0),
      );
      return Math.max(...sums.map(Math.abs)) / 30;
    });
    const complexity = trials.reduce((sum, value) => sum + value, 0) / trials.length;
    const bound = (2 * norm(Float64Array.from(inputs.flat()))) / 30;
    expect(complexity).to.be.below(bound);
    expect(complexity).to.be.above(bound / 10);
  });

  it('have for one row of weights w the spectral term ‖X‖_F ‖w‖/(γ n)', () => {
    const term = spectralTerm(linearModel(2), Float64Array.of(3, 4), setting);
    expect(term).to.be.closeTo((10 * 5) / (0.5 * 50), 1e-13);
  });

  it('have it for two layers by their spectral norms and norms of rows', () => {
    // diag(3, 1): spectral norm 3, rows 3 + 1; then (1, 1): √2 and √2.
    const layers = Float64Array.of(3, 0, 0, 1, 1, 1);
    const sum = (4 / 3) ** (2 / 3) + 1;
    const expected = (10 * 3 * Math.SQRT2 * sum ** 1.5) / 25;
    expect(spectralTerm(deepLinear([2, 2, 1]), layers, setting)).to.be.closeTo(expected, 1e-12);
  });

  it('do not change when weights grow and the margin with them', () => {
    const twice = theta.map((value) => 2 * value);
    const larger = { ...setting, margin: 4 * setting.margin };
    for (const bound of [pathBound, spectralTerm]) {
      const before = bound(network, theta, setting);
      expect(bound(network, twice, larger)).to.be.closeTo(before, 1e-12 * before);
    }
  });

  it('say nothing without a margin, nor of other networks', () => {
    for (const margin of [0, -1, NaN]) {
      expect(pathBound(network, theta, { ...setting, margin })).to.equal(Infinity);
      expect(spectralTerm(network, theta, { ...setting, margin })).to.equal(Infinity);
    }
    expect(() => pathNorm(linearModel(2), new Float64Array(2))).to.throw('two layers');
  });
});
