import { expect } from 'chai';
import { planarProblem } from '../../src/experiments/index.js';
import { certifyLimit, descend, followFlow } from '../../src/flows/index.js';
import { exponentialLoss, objective } from '../../src/losses/index.js';
import { initialise, leakyRelu, twoLayer } from '../../src/networks/index.js';
import { randomStream } from '../../src/numerics/random.js';
import { angleBetween } from '../../src/numerics/vectors.js';

/** Lengths of steps: ‖Δθ‖ = c‖θ‖/α. */
const SIZES = [0.4, 0.2, 0.1];

describe('a leaky network on the plane', function () {
  this.timeout(300_000);
  for (const [leak, seed] of [
    [0.1, 4],
    [0.3, 6],
    [0.5, 3],
  ]) {
    it(`goes to the certified limit at which descent by ever smaller steps arrives: leak ${leak}`, () => {
      const { inputs, labels } = planarProblem('relu', 600_000 + seed).objective;
      const at = objective(twoLayer(3, 16, leakyRelu(leak)), inputs, labels, exponentialLoss);
      const theta0 = initialise(at.network, 'he', randomStream(seed), 0.3);
      const options = { tolerance: 1e-9, maxSteps: 9_000 };
      const { marks } = followFlow(at, theta0, { ...options, targets: [10, 1e2, 1e3, 1e4, 1e5] });
      const points = marks.filter(({ name }) => name.startsWith('alpha ')).map((m) => m.point);
      const { doubts, limit, angles } = certifyLimit(at, points);
      expect(doubts).to.deep.equal([]);
      expect(limit.kinks).not.to.be.empty;
      for (const { multiplier } of limit.kinks) {
        expect(multiplier).to.be.within(leak - 1e-9, 1 + 1e-9);
      }

      // Descent knows nothing of kinks: it steps to and fro across them, on its way from α = 10 to 10⁵.
      const [from] = points;
      const theta = from.direction.map((value) => Math.exp(from.logNorm) * value);
      const errors: number[] = [];
      let arrived = from.direction;
      for (const c of SIZES) {
        const rule = { kind: 'relative', c, cap: 0.02 } as const;
        const limits = { untilAlpha: 1e5, maxSteps: 2e6, saveFactor: 10 };
        const { last } = descend(at, theta, { rule, ...limits });
        const exact = followFlow(at, theta, { ...options, targets: [last.alpha] }).last;
        errors.push(angleBetween(last.direction, exact.direction));
        arrived = last.direction;
      }
      const order = Math.log(errors[0] / errors[2]) / Math.log(SIZES[0] / SIZES[2]);
      expect(order, errors.join()).to.be.within(0.7, 1.8);
      expect(errors[2]).to.be.below(2e-4);
      // What is left of the way to the limit is the flow's own, at the same α.
      expect(angleBetween(arrived, limit.direction)).to.be.below(1.05 * angles.at(-1)!);
    });
  }
});
