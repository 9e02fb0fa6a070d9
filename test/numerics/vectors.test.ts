import { expect } from 'chai';
import {
  addScaled,
  angleBetween,
  dot,
  maxAbs,
  minimum,
  norm,
  normalized,
  quantile,
  scale,
} from '../../src/numerics/vectors.js';

const vector = (...entries: number[]): Float64Array => Float64Array.from(entries);

describe('vectors', () => {
  it('sums the products of entries', () => {
    expect(dot(vector(1, 2, 3), vector(4, -5, 6))).to.equal(12);
    expect(dot(vector(), vector())).to.equal(0);
  });

  it('has norms without overflow or underflow', () => {
    expect(norm(vector(3, 4))).to.equal(5);
    expect(norm(vector(3e300, -4e300))).to.be.closeTo(5e300, 1e285);
    expect(norm(vector(3e-300, 4e-300))).to.be.closeTo(5e-300, 1e-315);
    expect(norm(vector(0, 0))).to.equal(0);
    expect(norm(vector(5e-324))).to.equal(5e-324);
    expect(norm(vector(1, -Infinity))).to.equal(Infinity);
  });

  it('lets NaN through', () => {
    expect(norm(vector(1, NaN))).to.be.NaN;
    expect(maxAbs(vector(NaN, 1))).to.be.NaN;
    expect(minimum(vector(1, NaN))).to.be.NaN;
  });

  it('finds the largest absolute value and the smallest entry', () => {
    expect(maxAbs(vector(1, -7, 3))).to.equal(7);
    expect(maxAbs(vector())).to.equal(0);
    expect(minimum(vector(1, -7, 3))).to.equal(-7);
    expect(minimum(vector())).to.equal(Infinity);
  });

  it('adds and scales in place', () => {
    const y = vector(1, 2);
    addScaled(y, -2, vector(3, 4));
    expect([...y]).to.deep.equal([-5, -6]);
    scale(y, 0.5);
    expect([...y]).to.deep.equal([-2.5, -3]);
  });

  it('makes unit vectors and leaves its argument alone', () => {
    const a = vector(3e200, 4e200);
    const unit = normalized(a);
    expect(unit[0]).to.be.closeTo(0.6, 1e-15);
    expect(unit[1]).to.be.closeTo(0.8, 1e-15);
    expect(a[0]).to.equal(3e200);
  });

  it('refuses a direction to what has none', () => {
    expect(() => normalized(vector(0, 0))).to.throw('other than zero; its norm is 0');
    expect(() => normalized(vector(1, Infinity))).to.throw('finite vector');
    expect(() => normalized(vector(NaN))).to.throw('its norm is NaN');
  });

  it('measures tiny angles to full relative accuracy, where arccos gives 0', () => {
    for (const angle of [1e-3, 1e-8, 1e-12]) {
      const measured = angleBetween(vector(2, 0), vector(3, 3 * Math.tan(angle)));
      expect(measured / angle).to.be.closeTo(1, 1e-12);
    }
  });

  it('measures right, straight and zero angles', () => {
    expect(angleBetween(vector(1, 0), vector(0, 5))).to.be.closeTo(Math.PI / 2, 1e-15);
    expect(angleBetween(vector(1, 2), vector(-2, -4))).to.be.closeTo(Math.PI, 1e-15);
    expect(angleBetween(vector(1, 2), vector(1, 2))).to.equal(0);
  });

  it('interpolates quantiles between order statistics', () => {
    const values = [4, 1, 3, 2];
    expect(quantile(values, 0)).to.equal(1);
    expect(quantile(values, 0.5)).to.equal(2.5);
    expect(quantile(values, 1)).to.equal(4);
    expect(quantile(values, 0.25)).to.equal(1.75);
    expect(quantile([], 0.5)).to.be.NaN;
    expect(values).to.deep.equal([4, 1, 3, 2]);
  });
});
