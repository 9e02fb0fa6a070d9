import { expect } from 'chai';
import { exponentialLoss, objective, type Objective } from '../../src/losses/index.js';
import {
  deep,
  imageEvaluator,
  imageNetwork,
  parts,
  relu,
  squaredRelu,
  twoLayer,
} from '../../src/networks/index.js';
import {
  degreeQuantiles,
  effectiveDegree,
  nearHomogeneity,
  radialMargins,
} from '../../src/metrics/index.js';
import { quantile } from '../../src/numerics/vectors.js';
import { normals } from '../helpers/small-networks.js';
import { arcs, threeClasses } from '../helpers/small-problems.js';
import { randomStream } from '../../src/numerics/random.js';

/**
 * a·relu(w x + b) + c on x = 1, 2, 4 with w = 1, b = 0.5, a = 2, c = 3: u = 2(x + 0.5) has degree 2, c
 * degree 1.
 */
function withBias(c = 3): { at: Objective; theta: Float64Array; u: number[]; c: number } {
  const network = twoLayer(1, 1, relu, { bias: true });
  const inputs = Float64Array.of(1, 2, 4);
  return {
    at: objective(network, inputs, Float64Array.of(1, 1, 1), exponentialLoss),
    theta: Float64Array.of(1, 0.5, 2, c),
    u: [3, 5, 9],
    c,
  };
}

const homogeneous = [
  { title: 'degree 3', ...arcs(), degree: 3 },
  { title: 'degree 3, three classes', ...threeClasses(), degree: 3 },
  (() => {
    const { at } = arcs();
    const network = deep([3, 12, 12, 12, 1], relu);
    const theta0 = normals(randomStream('radial'), network.parameters);
    const bound = objective(network, at.inputs, at.labels, exponentialLoss);
    return { title: 'degree 4', at: bound, theta0, degree: 4 };
  })(),
];

describe('the effective degree', () => {
  for (const { title, at, theta0, degree } of homogeneous) {
    it(`is L for every example of a homogeneous network: ${title}`, () => {
      const { degrees, weighted } = effectiveDegree(at, theta0);
      const known = degrees.filter((value) => !Number.isNaN(value));
      expect(known.length).to.be.above(degrees.length / 2);
      for (const value of known) expect(value).to.be.closeTo(degree, 1e-9);
      expect(weighted).to.be.closeTo(degree, 1e-12);
    });
  }

  it('lies between the degrees of the parts, in proportion to their sizes', () => {
    const { at, theta, u, c } = withBias();
    const found = effectiveDegree(at, theta);
    u.forEach((value, i) => {
      expect(found.degrees[i]).to.be.closeTo((2 * value + c) / (value + c), 1e-9);
    });
    const q = u.map((value) => Math.exp(-value));
    const sum = (of: (u: number) => number) => q.reduce((s, weight, i) => s + weight * of(u[i]), 0);
    expect(found.weighted).to.be.closeTo(sum((v) => 2 * v + c) / sum((v) => v + c), 1e-12);
    const fractions = [0, 0.5, 1];
    expect(degreeQuantiles(found, fractions)).to.deep.equal(
      fractions.map((fraction) => quantile(found.degrees, fraction)),
    );
  });

  it('tends to that of the largest part as the parameters grow', () => {
    const { at, theta } = withBias();
    const far = effectiveDegree(
      at,
      theta.map((value) => 1e6 * value),
    );
    for (const value of far.degrees) expect(value).to.be.closeTo(2, 1e-5);
  });

  it('is no number where a margin is zero or changes its sign', () => {
    const { at, theta } = withBias(-5);
    const found = effectiveDegree(at, theta);
    expect(found.degrees[1]).to.be.NaN;
    expect(found.degrees[0]).to.be.closeTo((6 - 5) / (3 - 5), 1e-8);
    expect(degreeQuantiles(found, [0])[0]).to.be.closeTo(-0.5, 1e-8);
  });

  it('takes the same pair of classes on both sides', () => {
    const { at, theta0 } = threeClasses();
    const { above, below, step } = radialMargins(at, theta0, 0.1);
    above.forEach((value, i) => {
      expect(value / below[i]).to.be.closeTo(Math.exp(2 * 3 * step), 1e-12);
    });
  });

  it('is that of an image network, also where a bias follows its last weights', () => {
    const image = { channels: 1, height: 6, width: 6 };
    const inputs = normals(randomStream('images'), 5 * 36);
    const bound = (bias: boolean) => {
      const { convolution, relu: positive, maxPool, flatten, dense } = parts;
      const body = [convolution(4), positive, maxPool(), convolution(4), positive, flatten];
      const network = imageNetwork('small', image, [...body, dense(3, { bias })]);
      const labels = Float64Array.of(0, 1, 2, 0, 1);
      const engine = imageEvaluator(network, inputs);
      return objective(network, inputs, labels, exponentialLoss, 3, engine);
    };
    const [plain, biased] = [bound(false), bound(true)];
    const theta = normals(randomStream('image weights'), plain.parameters);
    for (const value of effectiveDegree(plain, theta).degrees) {
      expect(value).to.be.closeTo(3, 1e-8);
    }
    // A bias adds c to each margin, of degree 1: the residual beside M = 3 is 2|c|.
    const { largest, residuals } = nearHomogeneity(biased, Float64Array.of(...theta, 0.5, 0, 0), 3);
    expect(largest).to.be.closeTo(1, 1e-8);
    for (const value of residuals) expect(Math.min(value, Math.abs(1 - value))).to.be.below(1e-8);
    expect(nearHomogeneity(plain, theta, 3).largestRelative).to.be.below(1e-8);
  });

  it('refuses a step that is none', () => {
    const { at, theta } = withBias();
    for (const step of [0, -1, NaN]) {
      expect(() => effectiveDegree(at, theta, step)).to.throw(RangeError, `step is ${step}`);
    }
  });
});

describe('the residual of near-homogeneity', () => {
  for (const { title, at, theta0, degree } of homogeneous) {
    it(`is 0 for a homogeneous network of the same degree: ${title}`, () => {
      const { largestRelative, medianRelative } = nearHomogeneity(at, theta0, degree);
      expect(largestRelative).to.be.below(1e-8);
      expect(medianRelative).to.be.below(1e-10);
    });

    it(`is |f| times the difference of degrees otherwise: ${title}`, () => {
      const { relative } = nearHomogeneity(at, theta0, degree - 2);
      for (const value of relative) {
        if (value > 0) expect(value).to.be.closeTo(2, 1e-7);
      }
    });
  }

  it('is what the part of lower degree adds, whatever the size of the rest', () => {
    const { at, theta, u, c } = withBias();
    for (const r of [1, 10, 1000]) {
      const scaled = theta.map((value) => r * value);
      const found = nearHomogeneity(at, scaled, 2);
      expect(found.degree).to.equal(2);
      u.forEach((value, i) => {
        const size = r * r * value + r * c;
        expect(found.residuals[i]).to.be.closeTo(r * c, 1e-9 * size);
        expect(found.relative[i]).to.be.closeTo((r * c) / size, 1e-9);
      });
      expect(found.median).to.be.closeTo(r * c, 1e-9 * r * r * 9);
      expect(found.largest).to.equal(Math.max(...found.residuals));
      expect(found.largestRelative).to.equal(found.relative[0]);
      expect(found.medianRelative).to.equal(found.relative[1]);
    }
  });

  it('is 0 where all scores are 0', () => {
    const network = twoLayer(1, 1, squaredRelu);
    const at = objective(network, Float64Array.of(1), Float64Array.of(1), exponentialLoss);
    const { largest, largestRelative } = nearHomogeneity(at, Float64Array.of(-1, 1), 3);
    expect([largest, largestRelative]).to.deep.equal([0, 0]);
  });
});
