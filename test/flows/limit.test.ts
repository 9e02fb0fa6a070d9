import { expect } from 'chai';
import { suboptimalLimit, symmetricPair, twoPoints } from '../../src/datasets/closed-form.js';
import {
  certifyLimit,
  followFlow,
  pointAt,
  solveLimit,
  type FlowPoint,
  type LimitOptions,
} from '../../src/flows/index.js';
import { exponentialLoss, logisticLoss, objective } from '../../src/losses/index.js';
import { gatedRelu, linearModel, squaredRelu, twoLayer } from '../../src/networks/index.js';
import { angleBetween } from '../../src/numerics/vectors.js';
import {
  pointAtTarget,
  RAMP_WIDTH,
  referenceFlow,
  reluRun,
  squaredReluRun,
} from '../helpers/reference-flow.js';
import { threeClasses } from '../helpers/small-problems.js';

const options: LimitOptions = { supportShare: 1e-6, maxIterations: 50 };

function expectFalling(values: readonly number[]): void {
  values.slice(1).forEach((value, k) => expect(value).to.be.below(values[k]));
}

describe('the limit of the squared-ReLU reference flow', () => {
  const starts = () =>
    [1e3, 1e4, 1e5, 1e6, 1e7].map((target) => pointAtTarget(squaredReluRun().result, target));

  it('is a KKT point to twelve digits', function () {
    this.timeout(60_000);
    const { at, result } = squaredReluRun();
    const limit = solveLimit(at, result.last, options);
    expect(limit.converged).to.be.true;
    expect(limit.message).to.equal("Newton's method converged with 4 active constraints.");
    expect(limit.residual).to.be.below(1e-12);
    expect(limit.feasibility).to.be.below(1e-12);
    expect(limit.smallestMultiplier).to.be.above(0.1);
    expect(limit.slack).to.be.above(0.01);
    expect(limit.kinks).to.deep.equal([]);
    const total = limit.multipliers.reduce((a, b) => a + b, 0);
    expect(total).to.be.closeTo(1, 1e-14);
    expect(limit.multipliers.filter((value) => value !== 0).length).to.equal(4);
  });

  it('is where all late starts lead, and what the flow comes nearer and nearer to', () => {
    const { at } = squaredReluRun();
    const { angles, agreement, marginAgreement, startAlphas } = certifyLimit(at, starts(), options);
    expectFalling(angles);
    [0.38, 0.206, 0.103, 0.0497, 0.0235].forEach((angle, k) => {
      expect(angles[k]).to.be.closeTo(angle, 0.001);
    });
    for (const angle of agreement) expect(angle).to.be.below(1e-8);
    for (const difference of marginAgreement) expect(difference).to.be.below(1e-8);
    expect(startAlphas[4] / 1e7).to.be.closeTo(1, 1e-9);
  });

  it('has a larger margin than the flow ever has', () => {
    const { at, result } = squaredReluRun();
    const { margin, direction } = solveLimit(at, result.last, options);
    expect(Math.max(...result.trajectory.smallestMargin)).to.be.below(margin);
    expect(Math.min(...at.margins(direction))).to.be.closeTo(margin, 1e-14);
  });

  it('is not claimed from a start that is too early', () => {
    const { at, result } = squaredReluRun();
    for (const row of [0, 20]) {
      const found = solveLimit(at, pointAt(result.trajectory, row), options);
      expect(found.converged).to.be.false;
      expect(found.message).to.match(
        /^Newton's method did not converge on \d+ constraints; it came nearest at iteration \d+\.$/,
      );
    }
  });

  it('is not claimed with too few iterations', () => {
    const { at, result } = squaredReluRun();
    const found = solveLimit(at, result.last, { ...options, maxIterations: 1 });
    expect(found.converged).to.be.false;
  });
});

describe('the limit of the ReLU reference flow', () => {
  const { objectiveWith } = referenceFlow('relu');
  const kinkWidth = RAMP_WIDTH;
  const at = objectiveWith(gatedRelu(kinkWidth));
  const withKinks = { ...options, kinkWidth };
  const starts = () => [1e3, 1e4, 1e5].map((target) => pointAtTarget(reluRun().result, target));

  it('is a KKT point on kinks, in the sense of Clarke', function () {
    this.timeout(60_000);
    const limit = solveLimit(at, starts()[2], withKinks);
    expect(limit.converged).to.be.true;
    expect(limit.residual).to.be.below(1e-12);
    expect(limit.feasibility).to.be.below(1e-12);
    expect(limit.smallestMultiplier).to.be.above(0.1);
    expect(limit.slack).to.be.above(0.01);
    expect(limit.kinks.length).to.be.at.least(16);
    for (const { multiplier } of limit.kinks) {
      if (!Number.isNaN(multiplier)) expect(multiplier).to.be.within(0, 1);
    }
  });

  it('has the multipliers that the slopes of the reference flow tend to', () => {
    const { kinks } = solveLimit(at, starts()[2], withKinks);
    const row = referenceFlow('relu').rows.find(({ target }) => target === 1e5)!;
    const slopes = new Map(
      row.kinks!.map(([example, unit, slope]) => [`${example} ${unit}`, slope]),
    );
    // Unit 4 vanishes, and with it the meaning of its slope.
    for (const { example, unit, multiplier } of kinks.filter(({ unit }) => unit !== 4)) {
      expect(multiplier).to.be.closeTo(slopes.get(`${example} ${unit}`)!, 1e-4);
    }
  });

  it('has no multiplier on the kinks of a unit that vanishes', () => {
    const { kinks } = solveLimit(at, starts()[0], withKinks);
    const unsure = kinks.filter(({ multiplier }) => Number.isNaN(multiplier));
    expect(unsure.map(({ unit }) => unit)).to.deep.equal([4]);
  });

  it('is agreed upon in its margins, and approached', () => {
    const { angles, marginAgreement } = certifyLimit(at, starts(), withKinks);
    expectFalling(angles);
    expect(angles[2]).to.be.below(0.006);
    for (const difference of marginAgreement) expect(difference).to.be.below(1e-8);
  });

  it('is no KKT point when its kinks are left out', () => {
    const limit = solveLimit(at, starts()[2], options);
    expect(limit.converged && limit.residual < 1e-8).to.be.false;
  });
});

describe('the limit of a linear model', () => {
  for (const [positive, negative] of [
    [
      [2, 1],
      [1, -2],
    ],
    [
      [1, 0],
      [-3, 1],
    ],
  ]) {
    it(`is the maximum-margin direction: (${positive.join()}) against (${negative.join()})`, () => {
      const { dataset, solution } = twoPoints(positive, negative);
      const at = objective(linearModel(2), dataset.inputs, dataset.labels, logisticLoss);
      const flow = { tolerance: 1e-9, targets: [1e3], maxSteps: 2000 };
      const { last } = followFlow(at, Float64Array.of(-0.5, 1), flow);
      const limit = solveLimit(at, last, options);
      expect(limit.converged).to.be.true;
      expect(limit.residual).to.be.below(1e-12);
      expect(angleBetween(limit.direction, solution.parameters)).to.be.below(1e-12);
      expect(limit.margin).to.be.closeTo(solution.margin, 1e-13);
      const total = solution.multipliers.reduce((a, b) => a + b, 0);
      limit.multipliers.forEach((value, i) => {
        expect(value).to.be.closeTo(solution.multipliers[i] / total, 1e-12);
      });
    });
  }

  it('drops a constraint with a negative multiplier and adds one that is violated', () => {
    const { dataset, solution } = twoPoints([1, 0], [-3, 1]);
    const at = objective(linearModel(2), dataset.inputs, dataset.labels, exponentialLoss);
    const point = (direction: number[], logNorm: number): FlowPoint => ({
      clock: 0,
      logTime: 0,
      logNorm,
      alpha: 1,
      smallestMargin: 1,
      pathLength: 0,
      direction: Float64Array.from(direction),
    });
    // Early, both have a dual variable; late and far off, only the wrong one has.
    for (const start of [
      point([1, 0], 0),
      point([1 / Math.sqrt(7.25), 2.5 / Math.sqrt(7.25)], 5),
    ]) {
      const limit = solveLimit(at, start, options);
      expect(limit.converged).to.be.true;
      expect(limit.support).to.deep.equal([0]);
      expect(angleBetween(limit.direction, solution.parameters)).to.be.below(1e-12);
    }
  });
});

describe('the limit of other flows', () => {
  it('is found for pairs of scores with three classes', () => {
    const { at, theta0 } = threeClasses(logisticLoss);
    const flow = { tolerance: 1e-8, targets: [1e3, 1e4, 1e5, 1e6], maxSteps: 2000 };
    const { marks } = followFlow(at, theta0, flow);
    const starts = marks.filter(({ name }) => name.startsWith('alpha')).map(({ point }) => point);
    const { limit, angles, agreement } = certifyLimit(at, starts, options);
    expect(limit.converged).to.be.true;
    expect(limit.residual).to.be.below(1e-12);
    expect(limit.smallestMultiplier).to.be.above(0);
    expectFalling(angles);
    for (const angle of agreement) expect(angle).to.be.below(1e-8);
  });

  it('is the known suboptimal one, which the solver does not leave', () => {
    const { dataset, limit: known } = suboptimalLimit();
    const at = objective(
      twoLayer(2, 2, gatedRelu(1e-9)),
      dataset.inputs,
      dataset.labels,
      exponentialLoss,
    );
    const direction = known.parameters.map((value) => value / Math.sqrt(8));
    const start: FlowPoint = {
      clock: 0,
      logTime: 0,
      logNorm: 3,
      alpha: 50,
      smallestMargin: known.margin,
      pathLength: 0,
      direction,
    };
    const limit = solveLimit(at, start, options);
    expect(limit.converged).to.be.true;
    expect(limit.margin).to.be.closeTo(known.margin, 1e-14);
    expect(angleBetween(limit.direction, known.parameters)).to.be.below(1e-12);
  });

  it('is not there for a network without a degree', () => {
    const network = twoLayer(2, 2, squaredRelu, { bias: true });
    const { dataset } = symmetricPair([3, 4]);
    const at = objective(network, dataset.inputs, dataset.labels, exponentialLoss);
    const start = pointAt(squaredReluRun().result.trajectory, 0);
    expect(() => solveLimit(at, start, options)).to.throw(
      'The limit solver needs a homogeneous network, and this one is not: ',
    );
  });

  it('needs two starts for a certificate', () => {
    const { at, result } = squaredReluRun();
    expect(() => certifyLimit(at, [result.last], options)).to.throw(
      'A certificate needs at least two starts.',
    );
  });
});
