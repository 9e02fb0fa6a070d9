import { expect } from 'chai';
import { angleBetween, normalized, randomStream } from '../../src/numerics/index.js';
import { spherePath } from '../../src/charts/path-coordinates.js';

describe('spherePath', () => {
  const stream = randomStream(3);
  const dimension = 30;
  const draw = () => normalized(Float64Array.from({ length: dimension }, () => stream.normal()));
  const limit = draw();
  const directions = Array.from({ length: 40 }, draw);

  it('keeps the angle to the limit, which is the pole', () => {
    const { points } = spherePath(directions, limit);
    points.forEach((point, k) => {
      expect(Math.hypot(...point)).to.be.closeTo(1, 1e-12);
      const angle = angleBetween(Float64Array.from(point), Float64Array.of(1, 0, 0));
      expect(angle).to.be.closeTo(angleBetween(directions[k], limit), 1e-9);
    });
    const [[x, y, z]] = spherePath([limit, ...directions], limit).points;
    expect(x).to.be.closeTo(1, 1e-12);
    expect(Math.hypot(y, z)).to.be.below(1e-7);
  });

  it('keeps everything of a path that lies in three dimensions', () => {
    const [a, b] = [draw(), draw()];
    const flat = Array.from({ length: 20 }, (_, k) => {
      const t = k / 20;
      const mix = limit.map((value, i) => value + (1 - t) * a[i] + (1 - t) ** 2 * b[i]);
      return normalized(mix);
    });
    const { points, kept } = spherePath(flat, limit);
    expect(kept).to.be.closeTo(1, 1e-12);
    for (let k = 1; k < flat.length; k++) {
      const drawn = angleBetween(Float64Array.from(points[k - 1]), Float64Array.from(points[k]));
      expect(drawn).to.be.closeTo(angleBetween(flat[k - 1], flat[k]), 1e-7);
    }
  });

  it('says how much of a path it cannot show', () => {
    expect(spherePath(directions, limit).kept).to.be.within(0.05, 0.5);
  });

  it('stands a path that never leaves the limit', () => {
    const { points, kept } = spherePath([limit, limit], limit);
    expect(kept).to.be.within(0, 1);
    for (const point of points) expect(point[0]).to.be.closeTo(1, 1e-12);
  });
});
