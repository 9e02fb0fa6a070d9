import { expect } from 'chai';
import { planarProblem } from '../../../src/experiments/index.js';
import { followFlow } from '../../../src/flows/index.js';

/**
 * On these problems an example touches a unit's kink, leaves it on the side it came from and comes
 * back within one step: at the beginning of the step nothing tells that it will cross.
 */
const GRAZING = [500_011, 500_028, 500_035];

describe('a step on which an example grazes a kink before it crosses', () => {
  for (const seed of GRAZING) {
    it(`is shortened until the crossing is seen: seed ${seed}`, () => {
      const { objective, theta0 } = planarProblem('relu', seed);
      const options = { tolerance: 1e-9, targets: [1], maxSteps: 2000 };
      const result = followFlow(objective, theta0, options);
      expect(result.status, result.message).to.equal('finished');
      // Another tolerance takes other steps, and comes to the same point.
      const finer = followFlow(objective, theta0, { ...options, tolerance: 1e-10 });
      result.last.direction.forEach((value, i) => {
        expect(value).to.be.closeTo(finer.last.direction[i], 1e-6);
      });
    });
  }
});
