import { expect } from 'chai';
import { suboptimalLimit, symmetricPair, twoPoints } from '../../../src/datasets/closed-form.js';
import {
  followFlow,
  nearestKktPoint,
  pointAt,
  solveLimit,
  type FlowPoint,
} from '../../../src/flows/index.js';
import { exponentialLoss, logisticLoss, objective } from '../../../src/losses/index.js';
import {
  initialise,
  linearModel,
  relu,
  squaredRelu,
  twoLayer,
} from '../../../src/networks/index.js';
import { randomStream } from '../../../src/numerics/random.js';
import { angleBetween, norm } from '../../../src/numerics/vectors.js';
import { gatedRelu, newtonOnSupport } from '../../helpers/dense-kkt.js';
import {
  pointAtTarget,
  referenceFlow,
  reluRun,
  squaredReluRun,
} from '../../helpers/reference-flow.js';
import { threeClasses } from '../../helpers/small-problems.js';

/** A point that a run might come by, where all that counts is where it is. */
function madeUp(direction: ArrayLike<number>, logNorm: number, smallestMargin = 1): FlowPoint {
  const theta = Float64Array.from(direction);
  return {
    clock: 0,
    logTime: 0,
    logNorm,
    alpha: 50,
    smallestMargin,
    pathLength: 0,
    direction: theta.map((value) => value / norm(theta)),
  };
}

describe('the limit of the squared-ReLU reference flow', () => {
  const starts = () =>
    [1e3, 1e4, 1e5, 1e6, 1e7].map((target) => pointAtTarget(squaredReluRun().result, target));

  it('is a KKT point to fourteen digits', function () {
    this.timeout(60_000);
    const { at, result } = squaredReluRun();
    const limit = solveLimit(at, result.last);
    expect(limit.converged).to.be.true;
    expect(limit.message).to.match(
      /^The approach came to rest after \d+ steps, with 4 active constraints\.$/,
    );
    expect(limit.residual).to.be.below(1e-14);
    expect(limit.feasibility).to.be.below(1e-14);
    expect(limit.smallestMultiplier).to.be.above(0.1);
    expect(limit.slack).to.be.above(0.01);
    expect(limit.kinks).to.deep.equal([]);
    const total = limit.multipliers.reduce((a, b) => a + b, 0);
    expect(total).to.be.closeTo(1, 1e-14);
    expect(limit.multipliers.filter((value) => value !== 0).length).to.equal(4);
  });

  it('is where starts from all late decades lead', () => {
    const { at } = squaredReluRun();
    const [first, ...others] = starts().map((start) => solveLimit(at, start));
    for (const other of others) {
      expect(angleBetween(other.direction, first.direction)).to.be.below(1e-12);
    }
  });

  it('is stable, and the second opinion agrees on its margin and multipliers', () => {
    const { at, result } = squaredReluRun();
    const limit = solveLimit(at, result.last);
    expect(limit.stability.unstable + limit.stability.flat).to.equal(0);
    expect(limit.stability.lambda).to.be.within(-1e-9, 0.9);
    const guess = {
      direction: result.last.direction,
      multipliers: limit.support.map(() => 1),
      margin: result.last.smallestMargin,
    };
    const dense = newtonOnSupport(at, 3, limit.support, [], guess, 60);
    expect(dense.converged).to.be.true;
    expect(limit.margin / dense.margin).to.be.closeTo(1, 1e-12);
    expect(angleBetween(limit.direction, dense.direction)).to.be.below(1e-12);
    limit.support.forEach((pair, k) => {
      expect(limit.multipliers[pair]).to.be.closeTo(dense.multipliers[k], 1e-12);
    });
  });

  it('has a larger margin than the flow ever has', () => {
    const { at, result } = squaredReluRun();
    const { margin, direction } = solveLimit(at, result.last);
    expect(Math.max(...result.trajectory.smallestMargin)).to.be.below(margin);
    expect(Math.min(...at.margins(direction))).to.be.closeTo(margin, 1e-14);
  });
});

describe('the limit of the ReLU reference flow', () => {
  const at = referenceFlow('relu').objectiveWith(relu);
  const starts = () => [1e3, 1e4, 1e5].map((target) => pointAtTarget(reluRun().result, target));

  it('is a KKT point on kinks, in the sense of Clarke', function () {
    this.timeout(60_000);
    const limit = solveLimit(at, starts()[2]);
    expect(limit.converged).to.be.true;
    expect(limit.residual).to.be.below(1e-12);
    expect(limit.feasibility).to.be.below(1e-12);
    expect(limit.smallestMultiplier).to.be.above(0.1);
    expect(limit.slack).to.be.above(0.01);
    expect(limit.kinks.length).to.be.at.least(13);
    for (const { multiplier } of limit.kinks) expect(multiplier).to.be.within(0, 1);
  });

  it('has the slopes that those of the reference flow tend to', () => {
    const { kinks } = solveLimit(at, starts()[2]);
    const row = referenceFlow('relu').rows.find(({ target }) => target === 1e5)!;
    const slopes = new Map(
      row.kinks!.map(([example, unit, slope]) => [`${example} ${unit}`, slope]),
    );
    // Unit 4 vanishes, and with it the meaning of its slope.
    for (const { example, unit, multiplier } of kinks.filter(({ unit }) => unit !== 4)) {
      expect(multiplier).to.be.closeTo(slopes.get(`${example} ${unit}`)!, 1e-4);
    }
  });

  it('has the margins of the second opinion, which is given its support and kinks', () => {
    const limit = solveLimit(at, starts()[2]);
    const gated = referenceFlow('relu').objectiveWith(gatedRelu(1e-7));
    const { inputs: width } = gated.network;
    const kinks = limit.kinks.map(({ example, unit }) => {
      const gradient = new Float64Array(gated.parameters);
      gradient.set(gated.inputs.subarray(example * width, (example + 1) * width), unit * width);
      return { example, unit, gradient };
    });
    const { support, margin } = limit;
    const guess = { direction: limit.direction, multipliers: support.map(() => 1), margin };
    const dense = newtonOnSupport(gated, 2, support, kinks, guess, 60);
    expect(dense.converged).to.be.true;
    expect(margin / dense.margin).to.be.closeTo(1, 1e-12);
    const margins = [limit, dense].map(({ direction }) => at.margins(direction).slice());
    margins[0].forEach((p, i) => expect(p / margin).to.be.closeTo(margins[1][i] / margin, 1e-6));
  });

  it('lies on a manifold of limits, and is stable across it', () => {
    const { stability } = solveLimit(at, starts()[2]);
    expect(stability.unstable).to.equal(0);
    expect(stability.lambda).to.be.below(1);
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
      const limit = solveLimit(at, last);
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

  it('drops a constraint that does not press in the end, and adds one that is violated', () => {
    const { dataset, solution } = twoPoints([1, 0], [-3, 1]);
    const at = objective(linearModel(2), dataset.inputs, dataset.labels, exponentialLoss);
    // Early, both have a dual variable; late and far off, only the wrong one has.
    for (const start of [madeUp([1, 0], 0), madeUp([1, 2.5], 5)]) {
      const limit = solveLimit(at, start);
      expect(limit.converged).to.be.true;
      expect(limit.support).to.deep.equal([0]);
      expect(angleBetween(limit.direction, solution.parameters)).to.be.below(1e-12);
    }
  });

  it('is found where examples are given twice', () => {
    const { dataset, solution } = twoPoints([2, 1], [1, -2]);
    const twice = (values: Float64Array) => Float64Array.of(...values, ...values);
    const at = objective(
      linearModel(2),
      twice(dataset.inputs),
      twice(dataset.labels),
      exponentialLoss,
    );
    const limit = solveLimit(at, madeUp([0.2, 1], 3));
    expect(limit.converged).to.be.true;
    expect(limit.margin).to.be.closeTo(solution.margin, 1e-13);
    expect(limit.smallestMultiplier).to.be.above(0);
  });
});

describe('the limit of other flows', () => {
  it('is found for pairs of scores with three classes', () => {
    const { at, theta0 } = threeClasses(logisticLoss);
    const { last } = followFlow(at, theta0, { tolerance: 1e-8, targets: [1e6], maxSteps: 2000 });
    const limit = solveLimit(at, last);
    expect(limit.converged).to.be.true;
    expect(limit.residual).to.be.below(1e-12);
    expect(limit.smallestMultiplier).to.be.above(0);
  });

  it('has, of a wide network, the support and margin of the dense system', function () {
    this.timeout(60_000);
    const { objectiveWith } = referenceFlow('squared-relu');
    const { inputs, labels } = objectiveWith(squaredRelu);
    const at = objective(twoLayer(3, 60, squaredRelu), inputs, labels, exponentialLoss);
    const theta0 = initialise(at.network, 'he', randomStream(5), 0.1);
    const { last } = followFlow(at, theta0, { tolerance: 1e-7, targets: [1e6], maxSteps: 3000 });
    const limit = solveLimit(at, last);
    expect(limit.converged).to.be.true;
    const { support, margin, direction } = limit;
    const guess = { direction, multipliers: support.map(() => 1), margin };
    const dense = newtonOnSupport(at, 3, support, [], guess, 60);
    expect(dense.converged).to.be.true;
    expect(margin / dense.margin).to.be.closeTo(1, 1e-12);
    expect(Math.min(...dense.multipliers)).to.be.above(0);
  });

  it('is not looked for from where an example is not classified', () => {
    const { dataset } = twoPoints([2, 1], [1, -2]);
    const at = objective(linearModel(2), dataset.inputs, dataset.labels, exponentialLoss);
    expect(() => solveLimit(at, madeUp([1, -0.2], 3))).to.throw(
      'The limit solver starts where every example is classified; the smallest margin is -1.37281.',
    );
  });

  it('is not there for a network without a degree', () => {
    const network = twoLayer(2, 2, squaredRelu, { bias: true });
    const { dataset } = symmetricPair([3, 4]);
    const at = objective(network, dataset.inputs, dataset.labels, exponentialLoss);
    const start = pointAt(squaredReluRun().result.trajectory, 0);
    expect(() => solveLimit(at, start)).to.throw(
      'The limit solver needs a homogeneous network, and this one is not: ',
    );
  });
});

describe('a KKT point that is not stable', () => {
  const { dataset, limit: known, optimum } = suboptimalLimit();
  const at = objective(twoLayer(2, 2, relu), dataset.inputs, dataset.labels, exponentialLoss);

  it('is found from where the flow of Vardi, Shamir & Srebro rests: its dead unit is idle there', () => {
    const start = madeUp(known.parameters, 3, known.margin);
    const limit = solveLimit(at, start);
    expect(limit.converged).to.be.true;
    expect(limit.margin).to.be.closeTo(known.margin, 1e-14);
    expect(limit.stability.lambda).to.be.closeTo(0, 1e-9);
  });

  it('is left by the solver, as by the flow, once that unit is awake', () => {
    // The second unit, a little, on the side of the first example: it grows faster than the first.
    const start = madeUp([0, 2, 0.02, 0.005, 2, 0.02], 3, known.margin);
    const nearest = nearestKktPoint(at, start)!;
    expect(nearest.margin).to.be.closeTo(known.margin, 1e-12);
    expect(nearest.stability.unstable).to.be.above(0);
    expect(nearest.stability.lambda).to.be.above(1);
    const limit = solveLimit(at, start);
    expect(limit.converged).to.be.true;
    expect(limit.stability.unstable).to.equal(0);
    expect(limit.margin).to.be.within(known.margin * 1.5, optimum.margin * (1 + 1e-12));
  });
});
