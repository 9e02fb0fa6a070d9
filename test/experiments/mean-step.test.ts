import { expect } from 'chai';
import { meanStepCosine } from '../../src/experiments/image-checkpoints.js';

describe('the cosine between the mean step and θ', () => {
  const before = Float64Array.of(3, 4);

  it('is 1 where θ grows along itself', () => {
    expect(meanStepCosine(before, Float64Array.of(6, 8))).to.be.closeTo(1, 1e-15);
  });

  it('is 0 for a mere rotation, however far', () => {
    expect(meanStepCosine(before, Float64Array.of(-4, 3))).to.be.closeTo(0, 1e-15);
    expect(meanStepCosine(before, Float64Array.of(4, 3))).to.be.closeTo(0, 1e-15);
  });

  it('is −1 where θ shrinks', () => {
    expect(meanStepCosine(before, Float64Array.of(1.5, 2))).to.be.closeTo(-1, 1e-15);
  });
});
