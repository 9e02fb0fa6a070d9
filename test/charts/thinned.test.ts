import { expect } from 'chai';
import { thinned } from '../../src/charts/thinned.js';

describe('the places that a figure keeps', () => {
  it('are evenly spaced with the first and the last', () => {
    const places = Array.from({ length: 1000 }, (_, k) => (k / 999) ** 3);
    const kept = thinned(places, 50);
    expect(kept.length).to.be.within(30, 50);
    expect(kept[0]).to.equal(0);
    expect(kept[kept.length - 1]).to.equal(999);
    const gaps = kept.slice(1, -1).map((k, i) => places[k] - places[kept[i]]);
    expect(Math.min(...gaps)).to.be.at.least(1 / 49);
  });

  it('are all of them where they are few', () => {
    expect(thinned([3, 4, 9], 3)).to.deep.equal([0, 1, 2]);
    expect(thinned([], 3)).to.deep.equal([]);
  });
});
