import { expect } from 'chai';
import {
  suboptimalLimit,
  symmetricPair,
  twoPoints,
  type KnownSolution,
} from '../../src/datasets/closed-form.js';
import { exponentialLoss, objective, type Objective } from '../../src/losses/index.js';
import { squaredRelu, twoLayer } from '../../src/networks/index.js';
import { kktResidual, snapshotAt } from '../../src/metrics/index.js';
import { linearOn, mirroredKinks, reluOn, times } from './closed-form-objectives.js';

interface Known {
  readonly title: string;
  readonly at: Objective;
  readonly solution: KnownSolution;
}

function knownPoints(): Known[] {
  const both = twoPoints([2, 1], [1, -2]);
  const unequal = twoPoints([2, 0.5], [-1, -1.5]);
  const one = twoPoints([1, 0], [-3, 1]);
  const pair = symmetricPair([3, 4]);
  const late = suboptimalLimit();
  return [
    { title: 'two points that both support', at: linearOn(both.dataset), solution: both.solution },
    {
      title: 'two points with unequal multipliers',
      at: linearOn(unequal.dataset),
      solution: unequal.solution,
    },
    { title: 'two points, one slack', at: linearOn(one.dataset), solution: one.solution },
    { title: 'a symmetric pair, ReLU', at: reluOn(pair.dataset), solution: pair.relu },
    { title: 'the limit that is no optimum', at: reluOn(late.dataset), solution: late.limit },
    { title: 'the optimum beyond it', at: reluOn(late.dataset), solution: late.optimum },
  ];
}

describe('the KKT residual', () => {
  for (const { title, at, solution } of knownPoints()) {
    it(`vanishes at a known KKT point, with its multipliers: ${title}`, () => {
      for (const length of [1, 1e-3, 1e4]) {
        const theta = times(length, solution.parameters);
        const found = kktResidual(snapshotAt(at, theta), 1e-6);
        expect(found.stationarity).to.be.below(1e-14);
        expect(found.complementarity).to.be.within(0, 1e-14);
        const total = solution.multipliers.reduce((a, b) => a + b, 0);
        found.multipliers.forEach((value, i) => {
          expect(value).to.be.closeTo(solution.multipliers[i] / total, 1e-13);
        });
        expect(found.active).to.equal(solution.multipliers.filter((value) => value > 0).length);
      }
    });
  }

  it('is sin β for a linear model turned by β from x', () => {
    const { dataset } = symmetricPair([1, 0]);
    for (const beta of [1e-8, 0.2, 1.5]) {
      const theta = Float64Array.of(Math.cos(beta), Math.sin(beta));
      const { stationarity, active } = kktResidual(snapshotAt(linearOn(dataset), theta), 1e-6);
      expect(stationarity / Math.sin(beta)).to.be.closeTo(1, 1e-8);
      expect(active).to.equal(2);
    }
  });

  describe('on two orthogonal constraints, at w = (cos β, sin β) with β < π/4', () => {
    const { dataset } = twoPoints([1, 0], [0, -1]);
    const beta = 0.3;
    const at = snapshotAt(linearOn(dataset), Float64Array.of(Math.cos(beta), Math.sin(beta)));

    it('is cos β with the smaller margin alone', () => {
      const found = kktResidual(at, 0.1);
      expect(found.active).to.equal(1);
      expect(found.stationarity).to.be.closeTo(Math.cos(beta), 1e-15);
      expect(found.complementarity).to.equal(0);
      expect([...found.multipliers]).to.deep.equal([0, 1]);
    });

    it('trades stationarity for complementarity where the slack lets both in', () => {
      const found = kktResidual(at, 1 / Math.tan(beta));
      expect(found.active).to.equal(2);
      expect(found.stationarity).to.be.below(1e-15);
      const share = Math.cos(beta) / (Math.cos(beta) + Math.sin(beta));
      expect(found.multipliers[0]).to.be.closeTo(share, 1e-15);
      expect(found.complementarity).to.be.closeTo(share * (1 / Math.tan(beta) - 1), 1e-14);
    });
  });

  it('leaves no negative multiplier in', () => {
    // From w = (0, 1) the first constraint, (1, 0.9), would pull with the wrong sign.
    const { dataset } = twoPoints([1, 0.9], [0, -1]);
    const { multipliers } = kktResidual(snapshotAt(linearOn(dataset), Float64Array.of(-0.1, 1)), 1);
    expect(Math.min(...multipliers)).to.equal(0);
    expect(multipliers[1]).to.equal(1);
  });

  describe('on kinks', () => {
    const { at, theta, kinks, slope } = mirroredKinks();

    it('vanishes where the Clarke subdifferential holds θ, with the slopes that it takes', () => {
      const { stationarity, slopes, multipliers } = kktResidual(snapshotAt(at, theta), 1e-6, kinks);
      expect(stationarity).to.be.below(1e-15);
      slopes.forEach((value) => expect(value).to.be.closeTo(slope, 1e-15));
      multipliers.forEach((value) => expect(value).to.be.closeTo(1 / 2, 1e-15));
    });

    it('does not depend on the side that rounding chooses', () => {
      const other = theta.map((value, i) => (i % 2 === 0 ? value * (1 + 1e-15) : value));
      const { stationarity, slopes } = kktResidual(snapshotAt(at, other), 1e-6, kinks);
      expect(stationarity).to.be.below(1e-14);
      slopes.forEach((value) => expect(value).to.be.closeTo(slope, 1e-14));
    });

    it('is s where the kinks are passed over', () => {
      expect(kktResidual(snapshotAt(at, theta), 1e-6).stationarity).to.be.closeTo(slope, 1e-15);
    });

    it('gives the slope away where it is none of the unit’s', () => {
      // w₁ = (2, ½) = ¾ x₁ + ¼ x₂ lies between the two, so x₂ would have to pull instead of push.
      const between = Float64Array.of(2, 0.5, 2, -0.5);
      const { slopes } = kktResidual(snapshotAt(at, between), 1e-6, kinks);
      slopes.forEach((value) => expect(value).to.be.closeTo(-1 / 3, 1e-14));
    });

    it('leaves out kinks of examples that are not active', () => {
      // w₂ is longer, so that the second margin is twice the first.
      const uneven = Float64Array.of(1, 2, 2, -4);
      const { active, slopes, stationarity } = kktResidual(snapshotAt(at, uneven), 0.1, kinks);
      expect(active).to.equal(1);
      expect(slopes[0]).to.be.NaN;
      expect(slopes.length).to.equal(2);
      expect(stationarity).to.be.above(0.5);
    });
  });

  it('does not depend on the length of θ', () => {
    const { dataset } = twoPoints([2, 1], [1, -2]);
    const theta = Float64Array.of(1, 0.8);
    const one = kktResidual(snapshotAt(linearOn(dataset), theta), 10);
    const other = kktResidual(snapshotAt(linearOn(dataset), times(1e3, theta)), 10);
    expect(other.stationarity).to.be.closeTo(one.stationarity, 1e-14);
    expect(other.complementarity).to.be.closeTo(one.complementarity, 1e-14);
  });

  it('says in a sentence that it needs a homogeneous network', () => {
    const { dataset } = symmetricPair([3, 4]);
    const network = twoLayer(2, 2, squaredRelu, { bias: true });
    const at = objective(network, dataset.inputs, dataset.labels, exponentialLoss);
    const theta = new Float64Array(at.parameters).fill(1);
    expect(() => kktResidual(snapshotAt(at, theta), 0.1)).to.throw(
      'The KKT residual needs a homogeneous network.',
    );
  });

  it('says in a sentence that it needs separated data', () => {
    const { dataset } = symmetricPair([3, 0]);
    const residualAt = (...theta: number[]) =>
      kktResidual(snapshotAt(linearOn(dataset), Float64Array.from(theta)), 0.1);
    expect(() => residualAt(-1, 0)).to.throw(
      'The KKT residual needs separated data; the smallest margin is -3.',
    );
    expect(() => residualAt(0, 2)).to.throw('the smallest margin is 0.');
  });
});
