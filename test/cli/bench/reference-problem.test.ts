import { expect } from 'chai';
import { cheapestRung } from '../../../src/cli/bench/ladder.js';
import {
  directionsAt,
  largestDistance,
  referenceProblem,
} from '../../../src/cli/bench/reference-problem.js';
import { callsFor, secondsPerCall } from '../../../src/cli/bench/timed-calls.js';
import { followFlow } from '../../../src/flows/index.js';

describe('the reference problem of the comparisons', () => {
  it('is met by our flow as far as it goes, and not beyond', () => {
    const { objective, theta0, targets, directions } = referenceProblem();
    const options = { tolerance: 1e-8, targets: targets.slice(0, 2), maxSteps: 5000 };
    const result = followFlow(objective, theta0, options);
    const both = directionsAt(result, targets.slice(0, 2), theta0.length);
    expect(largestDistance(both, directions.slice(0, 2))).to.be.below(1e-6);
    const all = directionsAt(result, targets, theta0.length);
    expect(largestDistance(all, directions)).to.be.NaN;
    expect(largestDistance(both, directions)).to.be.NaN;
  });
});

/** A clock of the tests' own, in milliseconds. */
let clock = 0;
const now = () => clock;

describe('the ladder of tolerances', () => {
  /** Takes longer on the loosest rung that fits, as a solver may. */
  const solve = (slow: number) => (tolerance: number) => {
    clock += tolerance === slow ? 20 : 1;
    return 10 * tolerance;
  };

  it('has a loosest rung that fits, unless a lower one is quicker', () => {
    expect(cheapestRung(solve(0), 1e-6, now).tolerance).to.be.at.most(1e-7);
    expect(cheapestRung(solve(1e-7), 1e-6, now).tolerance).to.be.within(1e-8, 1e-7 / 1.5);
  });

  it('may be too short', () => {
    expect(() => cheapestRung((tolerance) => 10 * tolerance, 1e-12)).to.throw(
      /^No tolerance meets 1e-12: the error stays at 1\.0e-9\.$/,
    );
  });
});

describe('timed calls', () => {
  const wait = () => void (clock += 2);

  it('are as many as fill a turn', () => {
    expect(callsFor(wait, 0.02, now)).to.equal(10);
    expect(callsFor(wait, 1e-6, now)).to.equal(1);
    expect(secondsPerCall(wait, 3, now)).to.equal(0.002);
  });
});
