import { expect } from 'chai';
import { symmetricPair, twoPoints } from '../../src/datasets/closed-form.js';
import {
  exponentialLoss,
  logisticLoss,
  objective,
  type Objective,
} from '../../src/losses/index.js';
import { squaredRelu, twoLayer } from '../../src/networks/index.js';
import { alignment, alignmentAngle, snapshot, snapshotAt } from '../../src/metrics/index.js';
import { randomStream } from '../../src/numerics/random.js';
import { angleBetween, dot, norm, normalized } from '../../src/numerics/vectors.js';
import { gradientByDifferences, relativeError } from '../helpers/finite-differences.js';
import { normals } from '../helpers/small-networks.js';
import { arcs, threeClasses } from '../helpers/small-problems.js';
import { linearOn, reluOn, times } from './closed-form-objectives.js';

/** A squared-ReLU network with biases: it has no degree. */
function biased(): { at: Objective; theta0: Float64Array } {
  const { at } = arcs();
  const network = twoLayer(3, 6, squaredRelu, { bias: true });
  const open = objective(network, at.inputs, at.labels, exponentialLoss);
  return { at: open, theta0: normals(randomStream('biased'), open.parameters, 0.5) };
}

const problems = [
  { title: 'exponential loss', ...arcs() },
  { title: 'logistic loss', ...arcs(logisticLoss) },
  { title: 'three classes, exponential loss', ...threeClasses() },
  { title: 'three classes, logistic loss', ...threeClasses(logisticLoss) },
  { title: 'no degree', ...biased() },
];

describe('a snapshot', () => {
  for (const { title, at: problem, theta0 } of problems) {
    it(`knows α, the risk and the margins of θ: ${title}`, () => {
      const at = snapshotAt(problem, theta0);
      expect(at.alpha).to.be.closeTo(problem.alpha(theta0, 1), 1e-12);
      expect(at.logRisk).to.be.closeTo(problem.loss.logRisk(at.alpha), 1e-12);
      const unit = norm(theta0) ** -at.degree;
      const margins = problem.margins(theta0).map((p) => p * unit);
      expect(relativeError(at.pairMargins, margins)).to.be.below(1e-12);
      for (let i = 0; i < problem.examples; i++) {
        const own = at.pairMargins.subarray(i * problem.pairs, (i + 1) * problem.pairs);
        expect(at.margins[i]).to.equal(Math.min(...own));
      }
    });

    it(`has Σ q ∇p along the gradient of α: ${title}`, () => {
      const at = snapshotAt(problem, theta0);
      const expected = gradientByDifferences((theta) => problem.alpha(theta, 1), theta0, 1e-4);
      expect(angleBetween(at.gradient, expected)).to.be.below(1e-7);
    });
  }

  it('takes everything at unit norm where there is a degree, and at θ where there is none', () => {
    const [homogeneous, open] = [arcs(), biased()];
    const first = snapshotAt(homogeneous.at, times(3, homogeneous.theta0));
    expect(first.degree).to.equal(3);
    const w = normalized(homogeneous.theta0);
    expect(relativeError(first.pairMargins, homogeneous.at.margins(w))).to.be.below(1e-13);
    const second = snapshotAt(open.at, open.theta0);
    expect(second.degree).to.equal(0);
    const { gradient } = open.at.evaluate(open.theta0, 1);
    expect(relativeError(second.gradient, gradient)).to.be.below(1e-12);
  });

  it('is the same from θ as from its direction and log-norm', () => {
    const { at: problem, theta0 } = arcs();
    const one = snapshotAt(problem, theta0);
    const other = snapshot(problem, normalized(theta0), Math.log(norm(theta0)));
    expect(one).to.deep.equal(other);
  });

  it('keeps its numbers when the objective moves on', () => {
    const { at: problem, theta0 } = arcs();
    const at = snapshotAt(problem, theta0);
    const kept = structuredClone({ margins: at.pairMargins, dual: at.dual, gradient: at.gradient });
    snapshotAt(problem, times(-2, theta0));
    expect(at.pairMargins).to.deep.equal(kept.margins);
    expect(at.dual).to.deep.equal(kept.dual);
    expect(at.gradient).to.deep.equal(kept.gradient);
  });

  it('refuses θ = 0, which has no direction', () => {
    const { at: problem, theta0 } = arcs();
    expect(() => snapshotAt(problem, times(0, theta0))).to.throw('A direction needs');
  });
});

describe('the alignment of θ with −∇𝓛', () => {
  it('is 1, at angle 0, where θ is a positive multiple of Σ q ∇p', () => {
    const { dataset, linear, relu } = symmetricPair([3, 4]);
    for (const length of [0.1, 1, 50]) {
      for (const at of [
        snapshotAt(linearOn(dataset), times(length, linear.parameters)),
        snapshotAt(reluOn(dataset), times(length, relu.parameters)),
      ]) {
        const multiple = at.gradient.map((value) => value / norm(at.gradient));
        expect(relativeError(multiple, at.direction)).to.be.below(1e-15);
        expect(alignment(at)).to.equal(1);
        expect(alignmentAngle(at)).to.be.below(1e-15);
      }
    }
  });

  it('is 1 on two points at the distances where the dual variables are the multipliers', () => {
    // q ∝ λ = (1 − t, t)/‖z‖² at θ = w*, where both margins are equal, only if t = ½.
    const { dataset, solution } = twoPoints([2, 1], [1, -2]);
    const at = snapshotAt(linearOn(dataset), solution.parameters);
    expect([...at.dual]).to.deep.equal([0.5, 0.5]);
    expect(alignment(at)).to.be.closeTo(1, 1e-15);
  });

  it('is −1, at angle π, where θ points away from it', () => {
    const { dataset } = symmetricPair([3, 4]);
    const at = snapshotAt(linearOn(dataset), Float64Array.of(-3, -4));
    expect(alignment(at)).to.equal(-1);
    expect(alignmentAngle(at)).to.be.closeTo(Math.PI, 1e-15);
  });

  it('is cos β, at angle β, for a linear model turned by β from x', () => {
    const { dataset } = symmetricPair([1, 0]);
    for (const beta of [0.1, 1, 2, 3]) {
      const theta = Float64Array.of(7 * Math.cos(beta), 7 * Math.sin(beta));
      const at = snapshotAt(linearOn(dataset), theta);
      expect(alignment(at)).to.be.closeTo(Math.cos(beta), 1e-15);
      expect(alignmentAngle(at)).to.be.closeTo(beta, 1e-15);
    }
  });

  it('has an angle to full relative accuracy where the cosine is 1 to rounding', () => {
    const { dataset } = symmetricPair([1, 0]);
    for (const beta of [1e-9, 1e-12, 1e-30, 1e-150]) {
      const at = snapshot(linearOn(dataset), Float64Array.of(1, beta), 0);
      expect(alignment(at)).to.equal(1);
      expect(alignmentAngle(at) / beta).to.be.closeTo(1, 1e-15);
    }
  });

  for (const { title, at: problem, theta0 } of problems) {
    it(`is the cosine with the gradient by differences: ${title}`, () => {
      const at = snapshotAt(problem, theta0);
      const gradient = gradientByDifferences((theta) => problem.alpha(theta, 1), theta0, 1e-4);
      const cosine = dot(theta0, gradient) / norm(theta0) / norm(gradient);
      expect(alignment(at)).to.be.closeTo(cosine, 1e-8);
      expect(alignmentAngle(at)).to.be.closeTo(Math.acos(cosine), 1e-7);
      expect(Math.cos(alignmentAngle(at))).to.be.closeTo(alignment(at), 1e-14);
    });
  }
});
