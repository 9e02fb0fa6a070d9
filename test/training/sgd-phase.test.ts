import { expect } from 'chai';
import { objective, exponentialLoss } from '../../src/losses/index.js';
import { linearModel } from '../../src/networks/index.js';
import { angleBetween, norm } from '../../src/numerics/vectors.js';
import { epochOrder, learningRate, train, type SgdPhase } from '../../src/training/index.js';
import { relativeError } from '../helpers/finite-differences.js';
import { plane, planeInputs, threeClassTraining } from '../helpers/small-trainings.js';

const phase: SgdPhase = {
  kind: 'sgd',
  batch: 2,
  epochs: 4,
  momentum: 0.9,
  learningRate: { kind: 'step', rate: 0.3, at: [2], factor: 0.1 },
};

/** v ← momentum·v − ∇(mean of e^{−θ·x}), θ ← θ + η·v, written down. */
function byHand({ momentum, learningRate: schedule, batch, epochs }: SgdPhase, phaseIndex = 0) {
  const theta = Float64Array.of(-0.3, 0.2);
  const velocity = [0, 0];
  let pathLength = 0;
  for (let epoch = 0, step = 0; epoch < epochs; epoch++) {
    const order = epochOrder(1, phaseIndex, epoch, 3);
    for (let k = 0; k < 3; k += batch, step++) {
      const images = order.slice(k, k + batch);
      const before = theta.slice();
      for (const i of [0, 1]) {
        velocity[i] *= momentum;
        for (const image of images) {
          const [a, b] = planeInputs.subarray(2 * image, 2 * image + 2);
          const loss = Math.exp(-(a * before[0] + b * before[1]));
          velocity[i] += (loss * [a, b][i]) / images.length;
        }
        theta[i] += learningRate(schedule, step, Math.ceil(3 / batch), epochs) * velocity[i];
      }
      pathLength += angleBetween(before, theta);
    }
  }
  return { theta, pathLength };
}

describe('training by mini-batches', () => {
  it('is gradient descent on the mean risk of each, with momentum', async () => {
    const { theta, rows, status, message } = await train(plane(), [phase]);
    const hand = byHand(phase);
    expect(relativeError(theta, hand.theta)).to.be.below(1e-13);
    const last = rows[rows.length - 1];
    expect(last.pathLength).to.be.closeTo(hand.pathLength, 1e-13);
    expect([last.step, last.epoch, status]).to.deep.equal([8, 4, 'finished']);
    expect(message).to.match(/^The last epoch has ended: α = \S+ after 8 steps, in phase 1\.$/);
  });

  it('is so without momentum, too', async () => {
    const still = { ...phase, momentum: 0, batch: 1 };
    const { theta, rows } = await train(plane(), [still]);
    const hand = byHand(still);
    expect(relativeError(theta, hand.theta)).to.be.below(1e-13);
    expect(rows[rows.length - 1].pathLength).to.be.closeTo(hand.pathLength, 1e-13);
  });

  it('begins each phase without momentum and in an order of its own', async () => {
    const short = { ...phase, epochs: 1, learningRate: { kind: 'constant', rate: 0.3 } as const };
    const both = await train(plane(), [short, short]);
    const theta0 = (await train(plane(), [short])).theta;
    const { theta } = await train(plane({ theta0, seed: 2 }), [short]);
    expect(both.theta).not.to.deep.equal(theta);
    expect(both.rows.map((row) => row.phase)).to.include.members([0, 1]);
    expect(both.endings).to.have.length(2);
  });

  it('measures the whole training set after epochs, in the rows', async () => {
    const { rows, thetaAt } = await train(plane(), [phase]);
    const risk = objective(linearModel(2), planeInputs, Float64Array.of(1, 1, 1), exponentialLoss);
    rows.forEach((row, k) => {
      const theta = thetaAt(k)!;
      expect(row.alpha).to.be.closeTo(risk.alpha(theta, 1), 1e-14);
      expect(row.logRisk).to.equal(-row.alpha);
      expect(row.logNorm).to.equal(Math.log(norm(theta)));
      const margins = risk.margins(theta);
      expect(row.smallestMargin).to.be.closeTo(Math.min(...margins), 1e-15);
      expect(row.trainingError).to.equal(margins.filter((margin) => margin <= 0).length / 3);
      expect(row.testError).to.be.NaN;
      if (k === 0) return expect(row.averagedAlignment).to.be.NaN;
      const moved = theta.map((value, i) => value - thetaAt(k - 1)![i]);
      expect(row.averagedAlignment).to.be.closeTo(Math.cos(angleBetween(moved, theta)), 1e-9);
    });
  });

  it('ends after the first epoch without a mistake, or at its α', async () => {
    const long: SgdPhase = {
      ...phase,
      batch: 8,
      epochs: 300,
      momentum: 0.5,
      learningRate: { kind: 'constant', rate: 0.5 },
    };
    const fitted = await train(threeClassTraining(), [{ ...long, untilError: 0 }]);
    const last = fitted.rows[fitted.rows.length - 1];
    expect(fitted.status).to.equal('finished');
    expect(fitted.message).to.match(/^The goal was reached: /);
    expect(last.epoch).to.be.within(2, 200);
    expect(last.trainingError).to.equal(0);
    expect(last.step).to.equal(4 * last.epoch);

    const far = await train(threeClassTraining(), [{ ...long, untilAlpha: 0.5 }]);
    const alphas = far.rows.map(({ alpha }) => alpha);
    expect(alphas[alphas.length - 1]).to.be.at.least(0.5);
    expect(Math.max(...alphas.slice(0, -1))).to.be.below(0.5);
  });

  it('says so where the epochs are used up before the goal', async () => {
    const goal = await train(plane(), [{ ...phase, untilAlpha: 100 }]);
    expect([goal.status, goal.message.slice(0, 25)]).to.deep.equal([
      'max-steps',
      'The epochs were used up: ',
    ]);
  });

  it('measures only after the epochs asked for, and after the last', async () => {
    const rare = { ...phase, epochs: 7, measureEvery: 3, momentum: 0 };
    const slow = { ...rare, learningRate: { kind: 'constant', rate: 1e-9 } as const };
    const { rows } = await train(plane(), [slow]);
    expect(rows.map(({ epoch }) => epoch)).to.deep.equal([0, 3, 6, 7]);
  });
});
