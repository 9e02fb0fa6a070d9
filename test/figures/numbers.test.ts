import { expect } from 'chai';
import { powerOfTen, rounded, shown, thinned } from '../../src/figures/numbers.js';

describe('numbers of figures', () => {
  it('keeps six significant digits', () => {
    expect(rounded(Math.PI * 1e5)).to.equal(314159);
    expect(rounded(-1.23456789e-12)).to.equal(-1.23457e-12);
  });

  it('writes powers of ten as a reader would', () => {
    expect([-12, -2, -1, 0, 1, 2, 10].map(powerOfTen)).to.deep.equal([
      '10⁻¹²',
      '10⁻²',
      '0.1',
      '1',
      '10',
      '10²',
      '10¹⁰',
    ]);
  });

  it('shows numbers with few digits and a proper minus sign', () => {
    expect([0, 0.0305560459, -10.7536, 1e7, -2.5e-5].map((value) => shown(value))).to.deep.equal([
      '0',
      '0.0306',
      '−10.8',
      '10⁷',
      '−2.5 × 10⁻⁵',
    ]);
  });

  it('thins to evenly spaced places with the first and the last', () => {
    const places = Array.from({ length: 1000 }, (_, k) => (k / 999) ** 3);
    const kept = thinned(places, 50);
    expect(kept.length).to.be.within(30, 50);
    expect(kept[0]).to.equal(0);
    expect(kept[kept.length - 1]).to.equal(999);
    const gaps = kept.slice(1, -1).map((k, i) => places[k] - places[kept[i]]);
    expect(Math.min(...gaps)).to.be.at.least(1 / 49);
  });

  it('leaves short lists alone', () => {
    expect(thinned([3, 4, 9], 3)).to.deep.equal([0, 1, 2]);
    expect(thinned([], 3)).to.deep.equal([]);
  });
});
