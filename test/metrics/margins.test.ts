import { expect } from 'chai';
import { symmetricPair, twoPoints } from '../../src/datasets/closed-form.js';
import { exponentialLoss, logisticLoss, objective } from '../../src/losses/index.js';
import { linearModel, squaredRelu, twoLayer } from '../../src/networks/index.js';
import {
  classificationError,
  marginQuantiles,
  normalizedMargin,
  smoothedMargin,
  snapshot,
  snapshotAt,
} from '../../src/metrics/index.js';
import { randomStream } from '../../src/numerics/random.js';
import { normals } from '../helpers/small-networks.js';
import { arcs } from '../helpers/small-problems.js';
import { linearOn, reluOn, threeScores, times } from './closed-form-objectives.js';

describe('the normalized margin', () => {
  it('is the distance to the nearer point for a linear model', () => {
    const { dataset } = twoPoints([2, 1], [1, -2]);
    const at = snapshotAt(linearOn(dataset), Float64Array.of(3, 4));
    expect([...at.margins]).to.deep.equal([2 * 0.6 + 0.8, -0.6 + 2 * 0.8]);
    expect(normalizedMargin(at)).to.equal(1);
  });

  it('is the known margin at the known solutions', () => {
    for (const points of [
      [
        [2, 1],
        [1, -2],
      ],
      [
        [1, 0],
        [-3, 1],
      ],
    ]) {
      const { dataset, solution } = twoPoints(points[0], points[1]);
      const at = snapshotAt(linearOn(dataset), solution.parameters);
      expect(normalizedMargin(at)).to.be.closeTo(solution.margin, 1e-15);
    }
    const pair = symmetricPair([3, 4]);
    const at = snapshotAt(reluOn(pair.dataset), pair.relu.parameters);
    expect(normalizedMargin(at)).to.be.closeTo(1.25, 1e-15);
  });

  it('is negative where an example is on the wrong side', () => {
    const { dataset } = symmetricPair([3, 4]);
    const at = snapshotAt(linearOn(dataset), Float64Array.of(-3, -4));
    expect(normalizedMargin(at)).to.be.closeTo(-5, 1e-14);
  });

  it('is the margin itself, not normalized, where the network has no degree', () => {
    const { dataset } = symmetricPair([3, 4]);
    const network = twoLayer(2, 3, squaredRelu, { bias: true });
    const open = objective(network, dataset.inputs, dataset.labels, exponentialLoss);
    const theta = normals(randomStream('no degree'), open.parameters);
    const at = snapshotAt(open, theta);
    expect(at.degree).to.equal(0);
    const expected = Math.min(...open.margins(theta));
    expect(normalizedMargin(at)).to.be.closeTo(expected, 1e-12 * Math.abs(expected));
    expect(smoothedMargin(at)).to.equal(at.alpha);
  });
});

describe('the smoothed margin', () => {
  it('is γ − log 2/ρ for a linear model on two points with equal margins', () => {
    const { dataset, solution } = twoPoints([2, 1], [1, -2]);
    for (const length of [0.5, 1, 30, 1e6]) {
      const theta = times(length * solution.margin, solution.parameters);
      const at = snapshotAt(linearOn(dataset), theta);
      expect(smoothedMargin(at)).to.be.closeTo(solution.margin - Math.LN2 / length, 1e-14);
    }
  });

  it('is γ − log 2/ρ² for a two-layer ReLU network on a symmetric pair', () => {
    const { dataset, relu } = symmetricPair([3, 4]);
    const direction = times(1 / Math.sqrt(4 / 5), relu.parameters);
    for (const length of [0.5, 2, 1e5]) {
      const at = snapshot(reluOn(dataset), direction, Math.log(length));
      expect(smoothedMargin(at)).to.be.closeTo(1.25 - Math.LN2 / length ** 2, 1e-14);
    }
  });

  it('uses α = −log(e^𝓛 − 1) with the logistic loss', () => {
    const { dataset } = symmetricPair([3, 4]);
    const at = snapshotAt(linearOn(dataset, logisticLoss), Float64Array.of(0.3, 0.4));
    const margin = 2.5;
    const alpha = -Math.log((1 + Math.exp(-margin)) ** 2 - 1);
    expect(at.alpha).to.be.closeTo(alpha, 1e-14);
    expect(smoothedMargin(at)).to.be.closeTo(alpha / 0.5, 1e-14);
    expect(at.logRisk).to.be.closeTo(Math.log(2 * Math.log1p(Math.exp(-margin))), 1e-14);
  });

  it('keeps its digits where the risk underflows', () => {
    const { dataset, linear } = symmetricPair([3, 4]);
    const direction = times(5, linear.parameters);
    const at = snapshot(linearOn(dataset), direction, 40);
    expect(at.alpha / (5 * Math.exp(40))).to.be.closeTo(1, 1e-14);
    expect(at.logRisk).to.equal(-at.alpha);
    expect(smoothedMargin(at)).to.be.closeTo(5, 1e-13);
  });
});

describe('under θ → cθ', () => {
  const { at: problem, theta0 } = arcs();
  const before = snapshotAt(problem, theta0);

  for (const c of [1e-3, 0.5, 7, 1e4]) {
    const after = snapshotAt(problem, times(c, theta0));

    it(`normalized margins and their quantiles stay, c = ${c}`, () => {
      after.margins.forEach((margin, i) => {
        expect(margin).to.be.closeTo(before.margins[i], 1e-14);
      });
      expect(normalizedMargin(after)).to.be.closeTo(normalizedMargin(before), 1e-14);
      const fractions = [0, 0.3, 1];
      marginQuantiles(after, fractions).forEach((value, k) => {
        expect(value).to.be.closeTo(marginQuantiles(before, fractions)[k], 1e-14);
      });
    });

    it(`the classification error stays, c = ${c}`, () => {
      expect(classificationError(after)).to.equal(classificationError(before));
    });
  }

  it('the smoothed margin tends to the normalized one', () => {
    const gaps = [1, 10, 100].map((c) => {
      const at = snapshotAt(problem, times(c, theta0));
      return normalizedMargin(at) - smoothedMargin(at);
    });
    // −log of a sum of n risks lies at most log n below the smallest margin.
    gaps.forEach((gap, k) => {
      const bound = Math.log(8) * Math.exp(-3 * (before.logNorm + k * Math.LN10));
      expect(gap).to.be.within(-1e-14, bound);
    });
  });
});

describe('the quantiles of the margins', () => {
  it('run from the smallest margin to the largest', () => {
    const inputs = Float64Array.of(4, 1, 3, 2, 5);
    const at = snapshotAt(
      objective(linearModel(1), inputs, new Float64Array(5).fill(1), exponentialLoss),
      Float64Array.of(2),
    );
    expect(marginQuantiles(at, [0, 0.25, 0.5, 0.625, 1])).to.deep.equal([1, 2, 3, 3.5, 5]);
    expect(marginQuantiles(at, [])).to.deep.equal([]);
  });
});

describe('the classification error', () => {
  const errorOf = (theta: readonly number[], labels: readonly number[]) => {
    const inputs = Float64Array.of(1, 0, 0, 1, -1, 0, 1, 1);
    const at = objective(linearModel(2), inputs, Float64Array.from(labels), exponentialLoss);
    return classificationError(snapshotAt(at, Float64Array.from(theta)));
  };

  it('is the share of examples on the wrong side', () => {
    expect(errorOf([1, 2], [1, 1, -1, 1])).to.equal(0);
    expect(errorOf([1, 2], [1, -1, -1, 1])).to.equal(0.25);
    expect(errorOf([1, 2], [-1, -1, 1, -1])).to.equal(1);
  });

  it('counts ties as errors', () => {
    expect(errorOf([1, 0], [1, 1, -1, 1])).to.equal(0.25);
    expect(errorOf([1, 0], [1, -1, -1, 1])).to.equal(0.25);
  });

  it('compares the right score with the best other one for more classes', () => {
    const problem = threeScores();
    // Row k of θ holds the weights of score k; column i is what example i sees.
    const scores = (...rows: number[][]) => snapshotAt(problem, Float64Array.from(rows.flat()));
    const right = scores([2, 1, 0], [1, 3, 0], [0, 0, 5]);
    expect(classificationError(right)).to.equal(0);
    const [first, second, third] = right.margins.map((margin) => margin * Math.exp(right.logNorm));
    expect([first, second, third].map((value) => +value.toFixed(12))).to.deep.equal([1, 2, 5]);
    expect(classificationError(scores([2, 1, 0], [1, 3, 6], [0, 0, 5]))).to.equal(1 / 3);
    expect(classificationError(scores([2, 1, 0], [2, 3, 0], [0, 0, 5]))).to.equal(1 / 3);
  });
});
