import { requireSerial } from '../../src/networks/index.js';
import { expect } from 'chai';
import { followFlow, type FlowResult } from '../../src/flows/index.js';
import { squaredRelu } from '../../src/networks/index.js';
import { angleBetween } from '../../src/numerics/vectors.js';
import {
  cosineAt,
  pointAtTarget,
  rampedReluRun,
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

  // λ of a pair that no longer matters may be far off; the direction must not follow it.
  for (const tolerance of [3e-6, 2e-6, 1e-6]) {
    it(`is met within ${tolerance} up to a factor of 4 at that tolerance`, () => {
      const { objectiveWith, targets, theta0 } = referenceFlow('squared-relu');
      const options = { tolerance, targets, maxSteps: 200 };
      const result = followFlow(objectiveWith(squaredRelu), theta0, options);
      for (const { target, direction } of rows) {
        const found = pointAtTarget(result, target).direction;
        expect(angleBetween(found, Float64Array.from(direction))).to.be.below(4 * tolerance);
      }
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
      const { at, result } = rampedReluRun();
      const point = pointAtTarget(result, row.target);
      const direction = Float64Array.from(row.direction);
      expect(angleBetween(point.direction, direction)).to.be.below(2e-5);
      expect(point.smallestMargin).to.be.closeTo(row.normalizedMargin, 1e-6);
      expect(cosineAt(at, point)).to.be.closeTo(row.alignment, 1e-6);
      expect(point.logTime).to.be.closeTo(row.logT, 1e-4);
    });

    it(`is met at α = ${row.target}, with its slopes on the same kinks`, function () {
      this.timeout(60_000);
      const point = pointAtTarget(reluRun().result, row.target);
      const direction = Float64Array.from(row.direction);
      expect(angleBetween(point.direction, direction)).to.be.below(5e-7);
      expect(point.smallestMargin).to.be.closeTo(row.normalizedMargin, 1e-7);
      expect(Math.cos(point.alignmentAngle!)).to.be.closeTo(row.alignment, 1e-7);
      expect(point.logTime).to.be.closeTo(row.logT, 3e-5);
      expect(point.logNorm).to.be.closeTo(row.logNorm, 1e-7);
      const slopes = new Map(
        point.kinks!.map(({ example, unit, slope }) => [`${example} ${unit}`, slope]),
      );
      expect(slopes.size).to.equal(row.kinks!.length);
      for (const [example, unit, slope] of row.kinks!) {
        expect(slopes.get(`${example} ${unit}`)).to.be.closeTo(slope, 5e-5);
      }
    });
  }

  it('never loses smoothed margin', () => {
    expect(largestDrop(rampedReluRun().result, 2)).to.be.below(1e-9);
    expect(largestDrop(reluRun().result, 2)).to.be.below(1e-10);
  });

  it('reaches 10⁷ in few steps, and tells of every kink that it slid along', () => {
    const { result } = reluRun();
    expect(result.status).to.equal('finished');
    expect(result.counts.accepted).to.be.below(1000);
    const slides = result.slides!;
    expect(slides.length).to.be.within(17, 40);
    const open = slides.filter(({ toAlpha }) => toAlpha === undefined);
    const names = (kinks: readonly { example: number; unit: number }[]) =>
      kinks.map(({ example, unit }) => `${example} ${unit}`).sort();
    expect(names(open)).to.deep.equal(names(result.last.kinks!));
    for (const { fromAlpha, toAlpha } of slides) {
      if (toAlpha !== undefined) expect(toAlpha).to.be.at.least(fromAlpha);
    }
  });

  it('keeps every sliding example on its kink, with a slope between 0 and 1', () => {
    const { at, result } = reluRun();
    for (const { point } of result.marks) {
      at.margins(point.direction);
      const z = at.evaluator.layerOutput(0);
      const units = requireSerial(at.network, 'A test').layers[0].outputs;
      for (const { example, unit, slope } of point.kinks!) {
        expect(Math.abs(z[example * units + unit])).to.be.below(1e-11);
        expect(slope).to.be.within(-1e-6, 1 + 1e-6);
      }
    }
  });
});
