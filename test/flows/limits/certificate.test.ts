import { expect } from 'chai';
import {
  certifyLimit,
  fallsAsPredicted,
  followFlow,
  nearestKktPoint,
  predictedRatio,
  saddleSentence,
  saddleVisits,
  separation,
  solveLimit,
  untilCertified,
  type FlowPoint,
  type FlowResult,
} from '../../../src/flows/index.js';
import { exponentialLoss, objective } from '../../../src/losses/index.js';
import {
  initialise,
  linearModel,
  relu,
  squaredRelu,
  twoLayer,
} from '../../../src/networks/index.js';
import { randomStream } from '../../../src/numerics/random.js';
import { planarProblem } from '../../../src/experiments/index.js';
import { pointAtTarget, squaredReluRun } from '../../helpers/reference-flow.js';

const decades = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, k) => 10 ** (from + k));

function pointsOf(result: FlowResult): FlowPoint[] {
  return result.marks.filter(({ name }) => name.startsWith('alpha')).map(({ point }) => point);
}

const LINGERING = {
  inputs: [
    [-0.228, -1.903, 1],
    [1.667, 0.601, 1],
    [-0.641, -0.971, 1],
    [0.587, -0.467, 1],
    [-0.451, 0.479, 1],
    [2.131, 0.274, 1],
  ],
  labels: [-1, 1, -1, 1, -1, 1],
  theta0: [
    0.821, 0.447, 0.88, -0.513, 0.724, 0.172, 0.427, 1.056, 1.419, 1.57, -0.985, -1.342, -1.029,
    0.233, 0.559, -1.496, -0.448, 0.543, -0.602, 0.09,
  ],
};

/**
 * Six examples whose flow comes by a KKT point of margin 0.11299 that is not stable, stays near it from
 * α = 10² to 10⁵, and ends at one of margin 0.13497.
 */
function lingering() {
  const inputs = Float64Array.from(LINGERING.inputs.flat());
  const labels = Float64Array.from(LINGERING.labels);
  const at = objective(twoLayer(3, 5, squaredRelu), inputs, labels, exponentialLoss);
  return { at, theta0: Float64Array.from(LINGERING.theta0) };
}

describe('a certificate', () => {
  const starts = () =>
    decades(3, 7).map((target) => pointAtTarget(squaredReluRun().result, target));

  it('is given to the limit of the reference flow, with its rates', function () {
    this.timeout(60_000);
    const { at } = squaredReluRun();
    const found = certifyLimit(at, starts());
    expect(found.doubts).to.deep.equal([]);
    expect(found.startAlphas.map((alpha) => Math.round(Math.log10(alpha)))).to.deep.equal([
      5, 6, 7,
    ]);
    [0.103, 0.0497, 0.0235].forEach((angle, k) => {
      expect(found.angles[k]).to.be.closeTo(angle, 0.001);
    });
    for (const angle of found.agreement) expect(angle).to.be.below(1e-12);
    expect(found.predictedRatio).to.be.closeTo(
      10 ** -((1 - found.limit.stability.lambda) / 3),
      1e-12,
    );
    found.measuredRatios.forEach((ratio) => {
      expect(ratio / found.predictedRatio).to.be.within(0.9, 1.1);
    });
  });

  it('is refused to a run whose smoothed margin lies above the limit', () => {
    const { at } = squaredReluRun();
    const points = starts();
    // The same directions, at a smaller norm for the same α.
    const raised = { ...points[4], logNorm: points[4].logNorm - 0.01 };
    const { doubts } = certifyLimit(at, [...points.slice(0, 4), raised]);
    expect(doubts.join()).to.match(
      /the flow's smoothed margin, .*, which only rises to its limit's, is above /,
    );
  });

  it('is refused to two starts, and to starts that are close', () => {
    const { at } = squaredReluRun();
    expect(certifyLimit(at, starts().slice(-2)).doubts.join()).to.contain('it takes 3 rows');
    const close = squaredReluRun()
      .result.marks.slice(-2)
      .map(({ point }) => point);
    expect(certifyLimit(at, [{ ...close[0], alpha: 9e6 }, close[1]]).doubts.join()).to.contain(
      'it takes 3 rows',
    );
  });

  it('is refused to angles that do not fall as they should', () => {
    expect(fallsAsPredicted([0.1, 0.05, 0.025], [0.5, 0.5], 0.5)).to.be.true;
    expect(fallsAsPredicted([0.1, 0.03, 0.01], [0.3, 0.3], 0.5)).to.be.true;
    expect(fallsAsPredicted([0.1, 0.1, 0.1], [1, 1], 0.5)).to.be.false;
    expect(fallsAsPredicted([0.1, 0.05, 0.045], [0.5, 0.9], 0.5)).to.be.false;
    expect(fallsAsPredicted([0.1, 0.11, 0.12], [1.1, 1.1], 0.99)).to.be.false;
    expect(fallsAsPredicted([0.1, NaN, 0.1], [NaN, NaN], 0.5)).to.be.false;
    expect(fallsAsPredicted([1e-7, 1e-9, 1e-9], [0.01, 1], 0.5)).to.be.true;
  });

  it('needs two late points', () => {
    const { at, result } = squaredReluRun();
    expect(() => certifyLimit(at, [result.last])).to.throw(
      'A certificate needs at least two late points.',
    );
  });

  it('predicts α^{−(1−λ)/L}, and 1/α where that falls faster or constraints leave no direction', () => {
    const stability = (lambda: number) => ({ lambda, unstable: 0, flat: 0, tangent: 2 });
    expect(predictedRatio(stability(0.25), 3)).to.be.closeTo(10 ** -0.25, 1e-15);
    expect(predictedRatio(stability(-9), 3)).to.equal(0.1);
    expect(predictedRatio(stability(NaN), 1)).to.equal(0.1);
  });

  it('predicts what is measured: a linear model whose support vectors span, and one with a single one', () => {
    for (const [inputs, theta0] of [
      [
        [2, 1, -1, 3],
        [0.3, 1],
      ],
      [
        [1, 0.5, 4, 3],
        [0.2, 0.3],
      ],
    ]) {
      const at = objective(
        linearModel(2),
        Float64Array.from(inputs),
        Float64Array.of(1, 1),
        exponentialLoss,
      );
      const run = followFlow(at, Float64Array.from(theta0), {
        tolerance: 1e-10,
        targets: decades(1, 6),
        maxSteps: 3000,
      });
      const { doubts, measuredRatios, predictedRatio: predicted } = certifyLimit(at, pointsOf(run));
      expect(doubts).to.deep.equal([]);
      expect(measuredRatios[1] / predicted).to.be.closeTo(1, 0.03);
    }
  });
});

describe('a KKT point on the way that is not stable', () => {
  it('is no limit: not at any decade near it is there a certificate', function () {
    this.timeout(60_000);
    const { at, theta0 } = lingering();
    const options = {
      tolerance: 1e-9,
      targets: decades(1, 12),
      events: [separation],
      maxSteps: 3000,
    };
    const points = pointsOf(followFlow(at, theta0, options));
    const margins = new Set<string>();
    for (let k = 2; k <= points.length; k++) {
      const { doubts, limit } = certifyLimit(at, points.slice(0, k));
      if (doubts.length === 0) margins.add(limit.margin.toFixed(8));
    }
    expect([...margins]).to.deep.equal(['0.13497136']);
  });

  it('is told as a visit, with its margin, λ and the stretch of α', () => {
    const { at, theta0 } = lingering();
    const options = { tolerance: 1e-9, targets: decades(1, 9), maxSteps: 3000 };
    const points = pointsOf(followFlow(at, theta0, options));
    const [visit, ...others] = saddleVisits(at, points);
    expect(others).to.deep.equal([]);
    expect(visit.margin).to.be.closeTo(0.11299444, 1e-8);
    expect(visit.lambda).to.be.above(1);
    expect(visit.toAlpha / 1e5).to.be.closeTo(1, 1e-6);
    expect(visit.stays).to.be.false;
    const [near] = saddleVisits(at, points.slice(0, 4));
    expect(near.stays).to.be.true;
    expect(saddleSentence(near)).to.match(
      /^It rests near a KKT point of margin 0\.11299444 that is not stable \(λ = 1\.6\d+, more than 1\), and will leave it\.$/,
    );
  });

  it('is none where the flow goes on to the same margin: a unit that vanishes cannot leave its piece', () => {
    const { objective: at, theta0 } = planarProblem('relu', 600_002);
    const options = { tolerance: 1e-9, targets: decades(3, 4), maxSteps: 3000 };
    const points = pointsOf(followFlow(at, theta0, options));
    const nearest = nearestKktPoint(at, points[0])!;
    expect(nearest.stability.unstable).to.equal(1);
    expect(solveLimit(at, points[0]).margin / nearest.margin).to.be.closeTo(1, 1e-9);
    expect(saddleVisits(at, points)).to.deep.equal([]);
  });

  it('makes a run go on until it has left and settled', () => {
    const { at, theta0 } = lingering();
    const further = untilCertified(at);
    const run = followFlow(at, theta0, {
      tolerance: 1e-9,
      targets: decades(1, 5),
      maxSteps: 3000,
      further,
    });
    expect(run.status).to.equal('finished');
    expect(run.last.alpha).to.be.within(1e7, 1e10);
    expect(certifyLimit(at, pointsOf(run)).doubts).to.deep.equal([]);
  });

  it('makes a run go on for some decades more, where that is asked for', () => {
    const { at, theta0 } = lingering();
    const endOf = (afterVisits: number) => {
      const options = { tolerance: 1e-9, targets: decades(1, 5), maxSteps: 3000 };
      const further = untilCertified(at, { afterVisits });
      const points = pointsOf(followFlow(at, theta0, { ...options, further }));
      expect(certifyLimit(at, points).doubts).to.deep.equal([]);
      return { alpha: points.at(-1)!.alpha, visits: saddleVisits(at, points) };
    };
    const { alpha, visits } = endOf(4);
    const left = Math.max(...visits.map(({ toAlpha }) => toAlpha));
    expect(alpha / left).to.be.closeTo(1e5, 1);
    expect(endOf(0).alpha).to.be.below(alpha);
  });

  it('keeps a run that is symmetric from a certificate, however late', () => {
    // Two units that are copies of each other stay so, though either alone would do better.
    const inputs = Float64Array.of(1, 0.2, 0.2, 1);
    const at = objective(
      twoLayer(2, 2, squaredRelu),
      inputs,
      Float64Array.of(1, 1),
      exponentialLoss,
    );
    const theta0 = Float64Array.of(0.4, 0.3, 0.4, 0.3, 0.5, 0.5);
    const run = followFlow(at, theta0, {
      tolerance: 1e-10,
      targets: decades(1, 8),
      maxSteps: 3000,
    });
    const { doubts, limit } = certifyLimit(at, pointsOf(run));
    expect(limit.stability.lambda).to.be.above(1);
    expect(doubts.join()).to.match(
      /^the KKT point of margin .* is not stable \(λ = .*, more than 1\), so the flow will leave it$/,
    );
  });
});

describe('limits of flows from other starts', () => {
  for (const activation of ['squared-relu', 'relu'] as const) {
    it(`are certified once, and never against a later margin: planar ${activation}`, function () {
      this.timeout(120_000);
      for (const seed of [41, 42, 43]) {
        const { objective: at, theta0 } = planarProblem(activation, seed);
        const further = untilCertified(at);
        const early = followFlow(at, theta0, {
          tolerance: 1e-9,
          targets: decades(0, 6),
          maxSteps: 6000,
          further,
        });
        const { doubts, limit } = certifyLimit(at, pointsOf(early));
        const late = followFlow(at, theta0, {
          tolerance: 1e-9,
          targets: decades(0, 14),
          maxSteps: 6000,
        });
        const degree = activation === 'relu' ? 2 : 3;
        const smoothed = late.last.alpha / Math.exp(degree * late.last.logNorm);
        if (doubts.length === 0) {
          expect(limit.margin).to.be.at.least(smoothed * (1 - 1e-12));
          expect(smoothed / limit.margin).to.be.closeTo(1, 1e-3);
        }
      }
    });
  }

  it('are the same with the same seed', () => {
    const { network, inputs, labels } = squaredReluRun().at;
    const at = objective(twoLayer(network.inputs, 6, relu), inputs, labels, exponentialLoss);
    const theta0 = initialise(at.network, 'he', randomStream(3), 0.3);
    const [first, second] = [0, 1].map(() =>
      certifyLimit(
        at,
        pointsOf(
          followFlow(at, theta0, { tolerance: 1e-8, targets: decades(1, 4), maxSteps: 4000 }),
        ),
      ),
    );
    expect(second).to.deep.equal(first);
  });
});
