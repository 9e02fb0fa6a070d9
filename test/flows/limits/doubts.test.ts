import { expect } from 'chai';
import { doubtsOf, type KktPoint, type LimitEvidence } from '../../../src/flows/index.js';

const evidence = {
  limit: { converged: false, residual: 1.8e-4, slack: 0.1, support: [1, 2], iterations: 300 },
} as unknown as LimitEvidence & { limit: KktPoint };

const doubtsWith = (lambdaAlong: number | undefined) =>
  doubtsOf(evidence, {
    highestSmoothedMargin: 0.02,
    idle: 0,
    besideMargin: undefined,
    lambdaAlong,
    slopes: undefined,
  });

describe('what speaks against a limit that was not found', () => {
  const plain =
    'no KKT point was reached in 300 steps: with 2 active constraints the residual is 1.8e-4; the active constraints keep changing, or depend on each other';

  it('is that λ along the run is 1, or nearly', () => {
    expect(doubtsWith(1.00012)).to.deep.equal([
      `${plain}. Along the run itself λ = 1.00012, so near to 1 that the flow creeps`,
    ]);
  });

  it('is what the solver met, where λ is anything else', () => {
    for (const lambda of [0.5, 1.2, NaN, undefined]) {
      expect(doubtsWith(lambda)).to.deep.equal([plain]);
    }
  });
});
