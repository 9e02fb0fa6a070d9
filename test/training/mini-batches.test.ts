import { expect } from 'chai';
import { batchesPerEpoch, epochOrder, miniBatch } from '../../src/training/index.js';

describe('mini-batches', () => {
  const batches = (seed: number, phase: number, epoch: number) => {
    const order = epochOrder(seed, phase, epoch, 23);
    return Array.from({ length: batchesPerEpoch(23, 5) }, (_, k) => miniBatch(order, 5, k));
  };

  it('hold every image exactly once in each epoch, the last being smaller', () => {
    for (const epoch of [0, 1, 17]) {
      const found = batches(1, 0, epoch);
      expect(found.map(({ length }) => length)).to.deep.equal([5, 5, 5, 5, 3]);
      const sorted = found.flat().sort((a, b) => a - b);
      expect(sorted).to.deep.equal(Array.from({ length: 23 }, (_, i) => i));
    }
  });

  it('are the same for the same seed, phase and epoch, and others for any other', () => {
    const first = batches(1, 0, 0);
    expect(batches(1, 0, 0)).to.deep.equal(first);
    for (const other of [batches(2, 0, 0), batches(1, 1, 0), batches(1, 0, 1)]) {
      expect(other).not.to.deep.equal(first);
    }
  });
});
