import { expect } from 'chai';
import { symmetricPair, twoPoints } from '../../src/datasets/closed-form.js';
import { exponentialLoss, objective, type Objective } from '../../src/losses/index.js';
import { relu, twoLayer } from '../../src/networks/index.js';
import {
  activeKktResidual,
  alignment,
  kktResidual,
  snapshot,
  snapshotAt,
  type Snapshot,
} from '../../src/metrics/index.js';
import { followFlow } from '../../src/flows/index.js';
import { arcs, threeClasses, type Problem } from '../helpers/small-problems.js';
import { linearOn, reluOn, times } from './closed-form-objectives.js';

/** The point at which the flow reaches α = 5. */
function fitted({ at, theta0 }: Problem): Snapshot {
  const { last } = followFlow(at, theta0, { tolerance: 1e-7, targets: [5], maxSteps: 5000 });
  return snapshot(at, last.direction, last.logNorm);
}

/** The objective on one example alone. */
function aloneOf(at: Objective): (example: number) => Objective {
  const { network, inputs, labels, loss, classes } = at;
  return (i) =>
    objective(
      network,
      inputs.slice(i * network.inputs, (i + 1) * network.inputs),
      labels.slice(i, i + 1),
      loss,
      classes,
    );
}

const all = { most: 1000, threshold: 0 };

describe('the KKT residual on the active pairs', () => {
  for (const { title, problem } of [
    { title: 'two classes', problem: arcs() },
    { title: 'three classes', problem: threeClasses() },
  ]) {
    const at = fitted(problem);
    const dense = kktResidual(at, Infinity);

    it(`is the KKT residual where all pairs are active: ${title}`, () => {
      const found = activeKktResidual(at, all);
      expect(found.stationarity).to.be.closeTo(dense.stationarity, 1e-8);
      expect(found.active).to.equal(at.dual.length);
      expect(found.eligible).to.equal(at.dual.length);
      expect(found.dualShare).to.be.closeTo(1, 1e-14);
      expect(found.alignment).to.equal(alignment(at));
      const sum = found.multipliers.reduce((a, b) => a + b, 0);
      expect(sum).to.be.closeTo(1, 1e-14);
      expect(found.complementarity).to.be.closeTo(dense.complementarity, 1e-4);
    });

    it(`is an upper bound of it with fewer, and says how many: ${title}`, () => {
      let before = Infinity;
      for (const most of [1, 2, 4, 8]) {
        const found = activeKktResidual(at, { most, threshold: 1e-12 });
        expect(found.active).to.equal(Math.min(most, found.eligible));
        expect(found.stationarity).to.be.at.least(dense.stationarity - 1e-9);
        expect(found.stationarity).to.be.at.most(before + 1e-12);
        before = found.stationarity;
      }
      const half = activeKktResidual(at, { most: 1000, threshold: 0.5 });
      const largest = Math.max(...at.dual);
      expect(half.eligible).to.equal(at.dual.filter((q) => q >= 0.5 * largest).length);
      half.multipliers.forEach((value, i) => {
        if (at.dual[i] < 0.5 * largest) expect(value).to.equal(0);
      });
    });

    it(`is no larger than the sine of the angle that the flow sees: ${title}`, () => {
      const { stationarity, alignment: cosine } = activeKktResidual(at, all);
      expect(stationarity).to.be.at.most(Math.sqrt(1 - cosine ** 2) + 1e-12);
    });

    it(`is the same from gradients of one example at a time: ${title}`, () => {
      const onExample = aloneOf(problem.at);
      const [one, other] = [{ ...all, onExample }, all].map((o) => activeKktResidual(at, o));
      expect(one.stationarity).to.be.closeTo(other.stationarity, 1e-12);
      one.multipliers.forEach((value, i) => {
        expect(value).to.be.closeTo(other.multipliers[i], 1e-6);
      });
    });
  }

  it('vanishes at known KKT points, with their multipliers', () => {
    const both = twoPoints([2, 1], [1, -2]);
    const pair = symmetricPair([3, 4]);
    for (const { at, solution } of [
      { at: linearOn(both.dataset), solution: both.solution },
      { at: reluOn(pair.dataset), solution: pair.relu },
    ]) {
      const found = activeKktResidual(snapshotAt(at, times(3, solution.parameters)), all);
      expect(found.stationarity).to.be.below(1e-14);
      expect(found.complementarity).to.be.within(0, 1e-14);
      const total = solution.multipliers.reduce((a, b) => a + b, 0);
      found.multipliers.forEach((value, i) => {
        expect(value).to.be.closeTo(solution.multipliers[i] / total, 1e-13);
      });
    }
  });

  it('is sin β for a linear model turned by β from x, also where that is tiny', () => {
    const { dataset } = symmetricPair([1, 0]);
    for (const beta of [1e-10, 0.2, 1.5]) {
      const theta = Float64Array.of(Math.cos(beta), Math.sin(beta));
      const { stationarity } = activeKktResidual(snapshotAt(linearOn(dataset), theta), all);
      expect(stationarity / Math.sin(beta)).to.be.closeTo(1, 1e-6);
    }
  });

  it('is taken at θ itself where there is no degree', () => {
    const network = twoLayer(1, 1, relu, { bias: true });
    const at = objective(network, Float64Array.of(2), Float64Array.of(1), exponentialLoss);
    const theta = Float64Array.of(1, 0.5, 2, 3);
    // ∇f = (a x, a, w x + b, 1) = (4, 2, 2.5, 1).
    const gradient = [4, 2, 2.5, 1];
    const inner = gradient.reduce((sum, g, i) => sum + g * theta[i], 0);
    const cosine = inner / Math.hypot(...gradient) / Math.hypot(...theta);
    const found = activeKktResidual(snapshotAt(at, theta), all);
    expect(found.stationarity).to.be.closeTo(Math.sqrt(1 - cosine ** 2), 1e-12);
    expect(found.alignment).to.be.closeTo(cosine, 1e-14);
  });

  it('refuses data that are not separated, and options out of range', () => {
    const { dataset } = symmetricPair([3, 4]);
    const wrong = snapshotAt(linearOn(dataset), Float64Array.of(-3, -4));
    expect(() => activeKktResidual(wrong, all)).to.throw('needs separated data');
    const right = snapshotAt(linearOn(dataset), Float64Array.of(3, 4));
    for (const odd of [{ most: 0 }, { most: 1.5 }, { threshold: -1 }, { threshold: 2 }]) {
      expect(() => activeKktResidual(right, { ...all, ...odd })).to.throw(RangeError);
    }
  });

  it('does not overwrite the snapshot', () => {
    const at = fitted(arcs());
    const kept = structuredClone({ dual: at.dual, direction: at.direction });
    activeKktResidual(at, all);
    expect({ dual: at.dual, direction: at.direction }).to.deep.equal(kept);
  });
});
