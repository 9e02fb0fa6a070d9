import { expect } from 'chai';
import { planarProblem } from '../../src/experiments/index.js';
import { descend, followFlow } from '../../src/flows/index.js';
import { exponentialLoss, objective } from '../../src/losses/index.js';
import { initialise, relu, twoLayer } from '../../src/networks/index.js';
import { randomStream } from '../../src/numerics/random.js';
import { angleBetween } from '../../src/numerics/vectors.js';
import { gaussian, polynomial } from '../helpers/own-losses.js';

const SEED = 4;

describe('a loss of one’s own on a network with kinks', () => {
  const { inputs, labels } = planarProblem('relu', 600_000 + SEED).objective;
  const network = twoLayer(3, 16, relu);
  const withLoss = (loss: typeof exponentialLoss | typeof gaussian) =>
    objective(network, inputs, labels, loss);
  const options = { tolerance: 1e-9, maxSteps: 20_000 };
  // Both losses ask for margins well above 0 to begin with.
  const begin = followFlow(
    withLoss(exponentialLoss),
    initialise(network, 'he', randomStream(SEED), 0.3),
    { ...options, targets: [8] },
  ).last;
  const theta = begin.direction.map((value) => Math.exp(begin.logNorm) * value);

  for (const loss of [gaussian, polynomial]) {
    it(`slides along them where descent by ever smaller steps goes: ${loss.name}`, function () {
      this.timeout(60_000);
      const at = withLoss(loss);
      const goal = 4 * at.alpha(theta, 1);
      const sizes = [0.1, 0.03, 0.01];
      const errors = sizes.map((c) => {
        const rule = { kind: 'relative', c, cap: c / at.alpha(theta, 1) } as const;
        const limits = { untilAlpha: goal, maxSteps: 60_000, saveFactor: 1.5 };
        const { last, status } = descend(at, theta, { rule, ...limits });
        expect(status).to.equal('finished');
        const targets = [last.alpha];
        const exact = followFlow(at, theta, { ...options, targets, method: 'explicit' });
        expect(exact.status, exact.message).to.equal('finished');
        expect(exact.slides).not.to.be.empty;
        return angleBetween(last.direction, exact.last.direction);
      });
      const order = Math.log(errors[0] / errors[2]) / Math.log(sizes[0] / sizes[2]);
      expect(order, errors.join()).to.be.within(0.7, 1.5);
      expect(errors[2], errors.join()).to.be.below(2e-3);
    });
  }
});
