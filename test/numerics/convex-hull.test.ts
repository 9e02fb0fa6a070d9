import { expect } from 'chai';
import { shortestOfHull } from '../../src/numerics/index.js';

describe('shortestOfHull', () => {
  it('finds 0 between opposite rows of any length', () => {
    const found = shortestOfHull(Float64Array.of(2, 0, 0, 5, -1000, 0), 3, 2)!;
    expect(found.length).to.be.below(1e-15);
    expect([...found.shares].map((share) => Math.round(2 * share) / 2)).to.deep.equal([
      0.5, 0, 0.5,
    ]);
  });

  it('finds the foot of the perpendicular where 0 lies outside', () => {
    const found = shortestOfHull(Float64Array.of(3, 3, 1, -1, 1, 0), 3, 2)!;
    expect(found.length).to.be.closeTo(Math.SQRT1_2, 1e-14);
    expect(found.shares[0]).to.be.closeTo(0.5, 1e-14);
    expect(found.shares[1]).to.be.closeTo(0.5, 1e-14);
  });

  it('is a row of zeros where there is one', () => {
    const found = shortestOfHull(Float64Array.of(1, 1, 0, 0), 2, 2)!;
    expect([...found.shares]).to.deep.equal([0, 1]);
    expect(found.length).to.equal(0);
  });
});
