import { expect } from 'chai';
import { contour, type Grid } from '../../src/charts/contours.js';

function gridOf(f: (x: number, y: number) => number, steps: number): Grid {
  const xs = Array.from({ length: steps }, (_, k) => -1 + (2 * k) / (steps - 1));
  return { xs, ys: xs, values: xs.flatMap((y) => xs.map((x) => f(x, y))) };
}

describe('contour', () => {
  it('follows a circle round to where it began', () => {
    const curves = contour(
      gridOf((x, y) => Math.hypot(x, y), 81),
      0.6,
    );
    expect(curves).to.have.length(1);
    const [curve] = curves;
    expect(curve[0]).to.deep.equal(curve[curve.length - 1]);
    for (const { x, y } of curve) expect(Math.hypot(x, y)).to.be.closeTo(0.6, 1e-3);
  });

  it('is exact on a plane, and ends at the edges', () => {
    const [line, ...others] = contour(
      gridOf((x, y) => x + 2 * y, 11),
      0.3,
    );
    expect(others).to.deep.equal([]);
    for (const { x, y } of line) expect(x + 2 * y).to.be.closeTo(0.3, 1e-12);
    const ends = [line[0], line[line.length - 1]].map(({ x, y }) =>
      Math.max(Math.abs(x), Math.abs(y)),
    );
    for (const end of ends) expect(end).to.be.closeTo(1, 1e-12);
  });

  it('splits a saddle by its middle, into two curves that do not cross', () => {
    const curves = contour(
      gridOf((x, y) => x * y, 10),
      0.001,
    );
    expect(curves).to.have.length(2);
    for (const curve of curves) {
      const signs = new Set(curve.map(({ x }) => Math.sign(x)));
      expect(signs.size).to.equal(1);
    }
  });

  it('is empty where the level is not reached', () => {
    expect(
      contour(
        gridOf((x) => x, 5),
        7,
      ),
    ).to.deep.equal([]);
  });
});
