import { expect } from 'chai';
import { bracketedRoot } from '../../src/numerics/roots.js';

describe('bracketedRoot', () => {
  const find = (f: (x: number) => number, a: number, b: number, tolerance = 0) =>
    bracketedRoot(f, a, f(a), b, f(b), tolerance);

  it('finds roots to rounding, from either side', () => {
    const f = (x: number): number => x ** 3 - 2 * x - 5;
    expect(find(f, 2, 3).x).to.be.closeTo(2.0945514815423265, 1e-15);
    expect(find(f, 3, 2).x).to.be.closeTo(2.0945514815423265, 1e-15);
  });

  it('needs few evaluations of a smooth function', () => {
    const { x, evaluations } = find((t) => Math.exp(t) - 2, -3, 5, 1e-12);
    expect(x).to.be.closeTo(Math.LN2, 1e-12);
    expect(evaluations).to.be.below(15);
  });

  it('falls back on bisection where the function is flat', () => {
    expect(find((t) => (t - 0.3) ** 9, 0, 1, 1e-30).x).to.be.closeTo(0.3, 1e-3);
  });

  it('ends on a function that jumps over zero', () => {
    const { x, evaluations } = find((t) => (t < 0.7 ? -2 - t : t), 0, 1);
    expect(x).to.be.closeTo(0.7, 1e-12);
    expect(evaluations).to.be.at.most(60);
  });

  it('stops at once where an end is good enough', () => {
    expect(find((t) => t, 0, 1)).to.deep.equal({ x: 0, value: 0, evaluations: 0 });
  });

  it('stops after the evaluations it may make', () => {
    let calls = 0;
    const f = (t: number): number => (calls++, Math.cbrt(t - 0.1));
    expect(bracketedRoot(f, 0, -0.5, 1, 0.9, 0, 3).evaluations).to.equal(3);
    expect(calls).to.equal(3);
  });

  it('refuses an interval whose ends have the same sign', () => {
    expect(() => find((t) => t, 1, 2)).to.throw('opposite signs');
  });
});
