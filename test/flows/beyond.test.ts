import { expect } from 'chai';
import { planarProblem } from '../../src/experiments/index.js';
import {
  certifyLimit,
  decadesBeyond,
  followFlow,
  nearSaddle,
  saddleVisits,
  settleBeyond,
  type FlowPoint,
} from '../../src/flows/index.js';
import { exponentialLoss, logisticLoss, objective } from '../../src/losses/index.js';
import { deepLinear, linearModel, squaredRelu, twoLayer } from '../../src/networks/index.js';
import { angleBetween, normalized } from '../../src/numerics/vectors.js';

const TIME = 60_000;
const options = { tolerance: 1e-9, maxSteps: 8_000 };

function first<Value>(many: Iterable<Value>, count: number): Value[] {
  const values: Value[] = [];
  for (const value of many) {
    values.push(value);
    if (values.length === count) break;
  }
  return values;
}

const smoothedMargin = ({ alpha, logNorm }: FlowPoint, degree: number) =>
  alpha / Math.exp(degree * logNorm);

describe('the flow beyond its last row', () => {
  for (const activation of ['squared-relu', 'relu'] as const) {
    it(`is the run itself as far as that goes: planar ${activation}`, function () {
      this.timeout(TIME);
      for (const seed of [600_050, 600_021, 600_002]) {
        const { objective: at, theta0 } = planarProblem(activation, seed);
        const targets = [1e10, 1e11, 1e12, 1e13];
        const { marks } = followFlow(at, theta0, { ...options, targets });
        const [from, ...later] = marks
          .filter(({ name }) => name.startsWith('alpha '))
          .map(({ point }) => point);
        const beyond = first(decadesBeyond(at, from, options), 3);
        later.forEach((point, k) => {
          const name = `seed ${seed}, α = ${point.alpha}`;
          const swept = angleBetween(point.direction, from.direction);
          const apart = angleBetween(point.direction, beyond[k].direction);
          expect(apart, name).to.be.below(1e-8 + 1e-6 * swept);
          expect(beyond[k].alpha / point.alpha, name).to.be.closeTo(1, 1e-9);
          expect(beyond[k].logNorm, name).to.be.closeTo(point.logNorm, 1e-9);
          expect(beyond[k].kinks?.length, name).to.equal(point.kinks?.length);
        });
      }
    });
  }

  it('rests at the maximum margin of a linear model whose support vectors span', () => {
    const inputs = Float64Array.of(1, 0, 0, 2, 3, 3);
    const at = objective(linearModel(2), inputs, Float64Array.of(1, 1, 1), logisticLoss);
    const { last } = followFlow(at, Float64Array.of(0.1, 0.2), { ...options, targets: [1e10] });
    const best = normalized(Float64Array.of(2, 1));
    for (const { direction } of first(decadesBeyond(at, last, options), 40)) {
      expect(angleBetween(direction, best)).to.be.below(1e-10);
    }
  });

  it('comes nearer as λ = 0 says: two linear layers', () => {
    const inputs = Float64Array.of(1, 0.2, 0.2, 1);
    const at = objective(deepLinear([2, 2, 1]), inputs, Float64Array.of(1, 1), exponentialLoss);
    const theta0 = Float64Array.of(0.5, 0.1, -0.2, 0.4, 0.6, -0.3);
    const { last } = followFlow(at, theta0, { ...options, targets: [1e10] });
    const points = first(decadesBeyond(at, last, options), 140);
    const end = points[points.length - 1].direction;
    const angles = points.slice(0, 14).map(({ direction }) => angleBetween(direction, end));
    // Weights that no longer grow fall behind like 1/‖θ‖: λ = 0 and L = 2.
    angles.slice(1).forEach((angle, k) => {
      expect(angle / angles[k]).to.be.closeTo(10 ** -0.5, 2e-3);
    });
    expect(points[139].alpha / 1e150).to.be.closeTo(1, 1e-9);
  });

  it('has a smoothed margin that only rises', function () {
    this.timeout(TIME);
    const { objective: at, theta0 } = planarProblem('relu', 600_050);
    const { last } = followFlow(at, theta0, { ...options, targets: [1e11] });
    const points = [last, ...first(decadesBeyond(at, last, options), 60)];
    const margins = points.map((point) => smoothedMargin(point, 2));
    margins.slice(1).forEach((margin, k) => {
      expect(margin).to.be.at.least(margins[k] * (1 - 1e-11));
    });
    expect(margins[60] / margins[0]).to.be.above(1.001);
  });

  it('ends with a sentence where α is about to outgrow all numbers', () => {
    const at = objective(
      linearModel(1),
      Float64Array.of(1, 2),
      Float64Array.of(1, 1),
      exponentialLoss,
    );
    const { last } = followFlow(at, Float64Array.of(0.1), { ...options, targets: [1e10] });
    const steps = decadesBeyond(at, last, options);
    let step = steps.next();
    let count = 0;
    while (!step.done) {
      count++;
      step = steps.next();
    }
    expect(count).to.equal(240);
    expect(step.value).to.equal('α has come to 1e+250');
  });
});

/** At the powers of ten from 10¹ to 10¹². */
function lateRun(seed: number) {
  const { objective: at, theta0 } = planarProblem('relu', seed);
  const targets = Array.from({ length: 12 }, (_, k) => 10 ** (k + 1));
  const { marks } = followFlow(at, theta0, { ...options, targets });
  const points = marks.filter(({ name }) => name.startsWith('alpha ')).map(({ point }) => point);
  return { at, points };
}

/** Every point that is given on the way, turns in between left out, and those that are returned. */
function wholly<Value>(steps: Generator<Value | undefined, Value[]>): {
  given: Value[];
  returned: Value[];
} {
  const given: Value[] = [];
  let step = steps.next();
  for (; !step.done; step = steps.next()) if (step.value !== undefined) given.push(step.value);
  return { given, returned: step.value };
}

describe('a limit that the rows of a run do not certify', () => {
  it('is certified from beyond them: a flow that creeps away from a saddle', function () {
    this.timeout(TIME);
    const { at, points } = lateRun(600_050);
    const before = certifyLimit(at, points);
    expect(before.doubts.join()).to.match(/^the angle to it changed by factors of 0\.9/);
    const { given, returned } = wholly(settleBeyond(at, points, options));
    expect(returned).to.deep.equal(given);
    const { doubts, limit, startAlphas } = certifyLimit(at, [...points, ...returned]);
    expect(doubts).to.deep.equal([]);
    expect(startAlphas[0]).to.be.above(1e20);
    expect(limit.margin).to.be.closeTo(before.limit.margin, 1e-12);
    const [visit] = saddleVisits(at, [...points, ...returned]);
    expect(visit.lambda).to.be.within(1.05, 1.07);
    expect(visit.stays).to.be.false;
    expect(visit.margin).to.be.below(limit.margin);
  });

  it('is not followed where the rows certify it, where they are too early, nor from a saddle', function () {
    this.timeout(TIME);
    const { at, points } = lateRun(600_002);
    expect(certifyLimit(at, points).doubts).to.deep.equal([]);
    expect(wholly(settleBeyond(at, points, options)).given).to.deep.equal([]);
    const creeping = lateRun(600_050);
    const early = creeping.points.slice(0, 9);
    expect(wholly(settleBeyond(creeping.at, early, options)).given).to.deep.equal([]);
  });

  it('begins at the last row whose margins tell the dual variables, and gives those beyond the run', function () {
    this.timeout(TIME);
    const { at, points } = lateRun(600_050);
    const much = points.map((point) => point);
    much.push({ ...points[11], alpha: 1e16, logNorm: points[11].logNorm + Math.log(1e4) / 2 });
    const { given, returned } = wholly(settleBeyond(at, much, options));
    expect(given[0].alpha / 1e13).to.be.closeTo(1, 1e-6);
    expect(returned[0].alpha / 1e17).to.be.closeTo(1, 1e-6);
  });
});

describe('a run that has come very near to a saddle', () => {
  it('is not followed on: rounding may decide which way it leaves', () => {
    // Two units that are copies of each other stay so, though either alone would do better.
    const inputs = Float64Array.of(1, 0.2, 0.2, 1);
    const network = twoLayer(2, 2, squaredRelu);
    const at = objective(network, inputs, Float64Array.of(1, 1), exponentialLoss);
    const theta0 = Float64Array.of(0.4, 0.3, 0.4, 0.3, 0.5, 0.5);
    const targets = [1e8, 1e9, 1e10, 1e11];
    const run = followFlow(at, theta0, { ...options, targets });
    const points = run.marks.map(({ point }) => point).filter(({ alpha }) => alpha > 1e7);
    expect(nearSaddle(saddleVisits(at, points))).to.match(
      /^it has come within \S+ rad of a KKT point that is not stable, where rounding may decide which way it leaves$/,
    );
    expect(wholly(settleBeyond(at, points, options)).given).to.deep.equal([]);
  });
});
