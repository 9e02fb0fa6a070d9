import { expect } from 'chai';
import { countAtWork, entryThreshold, pairsAtWork } from '../../../src/flows/dual/active-pairs.js';
import { exponentialLoss, logisticLoss, objective } from '../../../src/losses/index.js';
import { linearModel } from '../../../src/networks/index.js';

describe('the pairs at work', () => {
  const inputs = Float64Array.of(1, 0, 0, 1, 2, 1);
  const labels = Float64Array.of(1, 1, -1);
  const margins = Float64Array.of(1, 2, 5);

  it('are those whose dual variable is above the threshold of the tolerance', () => {
    const at = objective(linearModel(2), inputs, labels, exponentialLoss);
    const tolerance = 1e-6;
    const beta = -entryThreshold(tolerance) / 2;
    // log q = α − β p: 0, −β and −4 β.
    expect(pairsAtWork(at, beta, beta, margins, tolerance)).to.deep.equal([0, 1]);
    expect(countAtWork(at, beta, beta, margins, tolerance)).to.equal(2);
  });

  it('are all of them before the loss has its exponential tail', () => {
    const at = objective(linearModel(2), inputs, labels, logisticLoss);
    expect(pairsAtWork(at, -1, 1e6, margins, 1e-6)).to.deep.equal([0, 1, 2]);
    expect(countAtWork(at, -1, 1e6, margins, 1e-6)).to.equal(3);
  });
});
