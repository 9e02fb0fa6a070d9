import { expect } from 'chai';
import { type FlowResult } from '../../src/flows/index.js';
import { angleBetween } from '../../src/numerics/vectors.js';
import {
  cosineAt,
  pointAtTarget,
  referenceFlow,
  reluRun,
  squaredReluRun,
} from '../helpers/reference-flow.js';

/** Largest relative drop of α/ρ^L from one saved point to the next, once α > 0. */
function largestDrop({ trajectory }: FlowResult, degree: number): number {
  let drop = -Infinity;
  for (let k = 1; k < trajectory.alpha.length; k++) {
    const before = trajectory.alpha[k - 1];
    if (before <= 0) continue;
    const growth = trajectory.alpha[k] / before;
    const rise = Math.exp(degree * (trajectory.logNorm[k] - trajectory.logNorm[k - 1]));
    drop = Math.max(drop, 1 - growth / rise);
  }
  return drop;
}

describe('the squared-ReLU reference flow', () => {
  const { rows } = referenceFlow('squared-relu');
  for (const row of rows) {
    it(`is met at α = ${row.target}`, function () {
      this.timeout(60_000);
      const { at, result } = squaredReluRun();
      const point = pointAtTarget(result, row.target);
      const direction = Float64Array.from(row.direction);
      expect(angleBetween(point.direction, direction)).to.be.below(1e-6);
      expect(point.smallestMargin).to.be.closeTo(row.normalizedMargin, 1e-7);
      expect(cosineAt(at, point)).to.be.closeTo(row.alignment, 1e-7);
      expect(point.logTime).to.be.closeTo(row.logT, 1e-4);
      expect(point.logNorm).to.be.closeTo(row.logNorm, 1e-9);
    });
  }

  it('never loses smoothed margin', () => {
    expect(largestDrop(squaredReluRun().result, 3)).to.be.below(1e-10);
  });

  it('turns less in every decade of α', () => {
    const { result } = squaredReluRun();
    const lengths = [10, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7].map(
      (target) => pointAtTarget(result, target).pathLength,
    );
    const decades = lengths.slice(1).map((length, k) => length - lengths[k]);
    const expected = [0.242, 0.233, 0.173, 0.103, 0.054];
    expected.forEach((length, k) => expect(decades[k]).to.be.closeTo(length, 0.001));
    expect(decades[5]).to.be.below(decades[4]);
  });
});

describe('the ReLU reference flow, which slides along kinks', () => {
  const { rows } = referenceFlow('relu');
  for (const row of rows) {
    it(`is met at α = ${row.target} with narrow ramps in place of kinks`, function () {
      this.timeout(60_000);
      const { at, result } = reluRun();
      const point = pointAtTarget(result, row.target);
      const direction = Float64Array.from(row.direction);
      expect(angleBetween(point.direction, direction)).to.be.below(2e-5);
      expect(point.smallestMargin).to.be.closeTo(row.normalizedMargin, 1e-6);
      expect(cosineAt(at, point)).to.be.closeTo(row.alignment, 1e-6);
      expect(point.logTime).to.be.closeTo(row.logT, 1e-4);
    });
  }

  it('never loses smoothed margin', () => {
    expect(largestDrop(reluRun().result, 2)).to.be.below(1e-9);
  });
});
