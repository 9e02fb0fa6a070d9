import { expect } from 'chai';
import { noCounts, weightedNorm } from '../../src/flows/index.js';

describe('weightedNorm', () => {
  it('is the root mean square of components in units of their tolerance', () => {
    const value = weightedNorm(Float64Array.of(3e-3, 4e-6), Float64Array.of(1e-3, 1e-6));
    expect(value).to.be.closeTo(Math.sqrt(25 / 2), 1e-14);
  });
});

describe('noCounts', () => {
  it('is a new set of zeros every time', () => {
    const counts = noCounts();
    counts.accepted++;
    expect(Object.values(noCounts())).to.deep.equal([0, 0, 0, 0, 0]);
  });
});
