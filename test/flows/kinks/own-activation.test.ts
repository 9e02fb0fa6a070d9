import { expect } from 'chai';
import { planarProblem } from '../../../src/experiments/index.js';
import { certifyLimit, followFlow, kinksAt, type FlowPoint } from '../../../src/flows/index.js';
import { exponentialLoss, objective, type Objective } from '../../../src/losses/index.js';
import { initialise, leakyRelu, twoLayer, type Pointwise } from '../../../src/networks/index.js';
import { randomStream } from '../../../src/numerics/random.js';
import { norm } from '../../../src/numerics/vectors.js';
import { bySmallSteps } from '../../helpers/small-steps.js';

/** Linear on both sides of 0, of a name that nothing in the kit knows. */
function bent(name: string, below: number, above: number): Pointwise {
  return {
    name,
    power: 1,
    smooth: false,
    slopes: [below, above],
    value: (z) => (z > 0 ? above : below) * z,
    slope: (z) => (z > 0 ? above : below),
    curvature: () => 0,
  };
}

const absolute = bent('absolute value', -1, 1);
const KINKED: [Pointwise, number][] = [
  [leakyRelu(0.1), 1],
  [leakyRelu(0.1), 4],
  [leakyRelu(0.5), 3],
  [absolute, 3],
  [bent('roof', 1, 0.3), 2],
  [bent('steeper', 0.5, 2), 5],
];

function planar(pointwise: Pointwise, seed: number): { at: Objective; theta0: Float64Array } {
  const { inputs, labels } = planarProblem('relu', 600_000 + seed).objective;
  const at = objective(twoLayer(3, 16, pointwise), inputs, labels, exponentialLoss);
  return { at, theta0: initialise(at.network, 'he', randomStream(seed), 0.3) };
}

const options = { tolerance: 1e-9, maxSteps: 9_000 };
const slopesOf = (point: FlowPoint) => (point.kinks ?? []).map(({ slope }) => slope);

describe('an activation with a kink', () => {
  for (const [pointwise, seed] of KINKED) {
    const [below, above] = pointwise.slopes!;
    const [least, most] = [Math.min(below, above), Math.max(below, above)];
    const isSlope = (slope: number) => slope >= least - 1e-8 && slope <= most + 1e-8;

    it(`is followed along its kinks to α = 10⁵ and into a certified limit: ${pointwise.name}, seed ${seed}`, () => {
      const { at, theta0 } = planar(pointwise, seed);
      const targets = [10, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10];
      const { marks, slides } = followFlow(at, theta0, { ...options, targets });
      const points = marks.filter(({ name }) => name.startsWith('alpha ')).map((m) => m.point);
      expect(points).to.have.length(targets.length);
      expect(slides).not.to.be.empty;
      for (const point of points) expect(slopesOf(point).every(isSlope)).to.be.true;
      const { doubts, limit } = certifyLimit(at, points);
      expect(doubts).to.deep.equal([]);
      expect(limit.kinks).not.to.be.empty;
      expect(limit.kinks.every(({ multiplier }) => isSlope(multiplier))).to.be.true;
      const found = kinksAt(at, limit.direction, 1e-9).map(
        ({ example, unit }) => `${example} ${unit}`,
      );
      // Units that vanish in the limit lie on every kink; `kinksAt` passes over them.
      const isThere = (unit: number) =>
        norm(limit.direction.subarray(3 * unit, 3 * unit + 3)) > 1e-6;
      const known = limit.kinks.filter(({ unit }) => isThere(unit));
      expect(known).not.to.be.empty;
      expect(found).to.include.members(known.map((k) => `${k.example} ${k.unit}`));
    });
  }

  it('is what descent by ever smaller steps comes to, like the size of the steps', function () {
    this.timeout(60_000);
    for (const [pointwise, seed] of KINKED.slice(1, 4)) {
      const { at, theta0 } = planar(pointwise, seed);
      const { last: from } = followFlow(at, theta0, { ...options, targets: [10] });
      const theta = from.direction.map((value) => Math.exp(from.logNorm) * value);
      const sizes = [0.1, 0.03, 0.01, 0.003];
      const errors = sizes.map(
        (c) => bySmallSteps(at, theta, c, { ...options, descentSteps: 60_000 }).angle,
      );
      const order = Math.log(errors[0] / errors[3]) / Math.log(sizes[0] / sizes[3]);
      expect(order, `${pointwise.name}: ${errors.join()}`).to.be.within(0.7, 1.5);
      expect(errors[3]).to.be.below(3e-4);
    }
  });
});
