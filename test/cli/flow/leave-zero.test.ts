import { expect } from 'chai';
import { problemIn } from '../../../src/cli/flow/problem-file.js';
import { problemOf } from '../../../src/cli/flow/problem.js';
import { solveProblem } from '../../../src/cli/flow/solve.js';
import { angleBetween } from '../../../src/numerics/index.js';

const solve = (theta0: number[], loss: string) => {
  const raw = {
    network: { kind: 'linear', inputs: 2 },
    loss,
    targets: [10, 100, 1000],
    inputs: [
      [1, 1],
      [-1, 0.5],
      [0.5, 2],
    ],
    labels: [1, -1, 1],
    theta0,
  };
  return solveProblem(problemOf(problemIn(raw, 'p.json'), 'p.json'), { maxSteps: 5000 });
};

describe('the flow of a linear model from zero', () => {
  for (const loss of ['exponential', 'logistic']) {
    it(`is the limit of those from small starts, in direction, norm and time (${loss})`, async () => {
      const zero = await solve([0, 0], loss);
      const small = await solve([1e-9, -2e-9], loss);
      expect(zero.rows).to.have.length(3);
      zero.rows.forEach((row, k) => {
        expect(angleBetween(row.direction, small.rows[k].direction)).to.be.below(1e-8);
        expect(row.logNorm).to.be.closeTo(small.rows[k].logNorm, 1e-8);
        expect(row.logT).to.be.closeTo(small.rows[k].logT, 1e-6);
      });
      expect(zero.theta0).to.deep.equal([0, 0]);
      expect(zero.solver.message).to.contain('From theta0 = 0 the flow leaves along −∇𝓛(0)');
      expect(small.solver.message).not.to.contain('theta0 = 0');
    });
  }
});
