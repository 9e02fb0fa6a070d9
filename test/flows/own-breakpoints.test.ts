import { expect } from 'chai';
import { planarProblem } from '../../src/experiments/index.js';
import {
  certifyLimit,
  decadesBeyond,
  descend,
  followFlow,
  solveLimit,
  type FlowPoint,
} from '../../src/flows/index.js';
import { exponentialLoss, objective } from '../../src/losses/index.js';
import { initialise, twoLayer } from '../../src/networks/index.js';
import { randomStream } from '../../src/numerics/random.js';
import { normalized } from '../../src/numerics/vectors.js';
import { bentTwice } from '../helpers/small-networks.js';

describe('an activation with two breakpoints away from 0', () => {
  const { inputs, labels } = planarProblem('relu', 600_001).objective;
  const at = objective(twoLayer(3, 16, bentTwice), inputs, labels, exponentialLoss);
  const theta0 = initialise(at.network, 'he', randomStream(1), 0.3);
  const reason = "this one is not: no power of the input scales the activation 'bent twice'.";

  it('has no flow in direction and log-norm by any method, and the sentence says why', () => {
    for (const method of ['auto', 'explicit', 'implicit', 'full-implicit'] as const) {
      const options = { tolerance: 1e-6, targets: [10], maxSteps: 100, method };
      expect(() => followFlow(at, theta0, options)).to.throw(
        `The flow in direction and log-norm needs a homogeneous network, and ${reason}`,
      );
    }
  });

  it('has no limit and no decades beyond the rows', () => {
    const point = (alpha: number): FlowPoint => ({
      clock: 0,
      logTime: 0,
      logNorm: Math.log(alpha),
      alpha,
      smallestMargin: 1,
      pathLength: 0,
      direction: normalized(theta0),
    });
    expect(() => solveLimit(at, point(1e4))).to.throw(reason);
    expect(() => certifyLimit(at, [point(1e3), point(1e4)])).to.throw(reason);
    expect(() => decadesBeyond(at, point(1e4), { tolerance: 1e-6 }).next()).to.throw(reason);
  });

  it('is trained by descent, which asks for no degree', () => {
    const rule = { kind: 'relative', c: 0.5, cap: 0.1 } as const;
    const limits = { untilAlpha: 50, maxSteps: 20_000, saveFactor: 1.5 };
    const { status, last } = descend(at, theta0, { rule, ...limits });
    expect(status).to.equal('finished');
    expect(last.smallestMargin).to.be.above(0);
  });
});
