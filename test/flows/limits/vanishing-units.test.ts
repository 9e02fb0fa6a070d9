import { expect } from 'chai';
import { planarProblem } from '../../../src/experiments/index.js';
import { followFlow, solveLimit } from '../../../src/flows/index.js';

describe('a limit at which units vanish', () => {
  it('is as stable as the gates that the run gave them say, from early points as from late ones', function () {
    this.timeout(60_000);
    const { objective, theta0 } = planarProblem('relu', 600_128);
    const targets = [1e3, 1e4, 1e5, 1e6, 1e7, 1e8];
    const run = followFlow(objective, theta0, { tolerance: 1e-9, targets, maxSteps: 8_000 });
    const points = run.marks.filter(({ name }) => name.startsWith('alpha '));
    const limits = points.map(({ point }) => solveLimit(objective, point));
    expect(limits.length).to.equal(targets.length);
    for (const { margin, stability } of limits) {
      expect(margin).to.be.closeTo(0.190313980402, 1e-11);
      expect(stability.unstable).to.equal(0);
      expect(stability.lambda).to.be.closeTo(0.171009556, 1e-8);
    }
    const [{ direction }] = limits.slice(-1);
    const norms = Array.from({ length: 16 }, (_, unit) =>
      Math.hypot(...direction.subarray(3 * unit, 3 * unit + 3)),
    );
    expect(Math.min(...norms)).to.be.below(1e-9);
  });
});
