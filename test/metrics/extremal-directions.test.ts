import { expect } from 'chai';
import { angleApart, extremalAngles } from '../../src/metrics/index.js';
import { randomStream } from '../../src/numerics/random.js';

const TURN = 2 * Math.PI;

/** G at 20,000 directions, and those at which both neighbours are lower and G > 0. */
function maximaOnGrid(inputs: Float64Array, weights: Float64Array, count = 20_000): number[] {
  const values = Array.from({ length: count }, (_, k) => {
    const angle = (TURN * k) / count;
    return weights.reduce((sum, weight, i) => {
      const z = Math.cos(angle) * inputs[2 * i] + Math.sin(angle) * inputs[2 * i + 1];
      return sum + weight * Math.max(0, z);
    }, 0);
  });
  return [...values.keys()]
    .filter((k) => {
      const before = values[(k + count - 1) % count];
      return values[k] > 1e-9 && values[k] >= before && values[k] > values[(k + 1) % count];
    })
    .map((k) => (TURN * k) / count);
}

describe('directions that attract units early', () => {
  it('are the diagonals for the four corners of XOR', () => {
    const corners = Float64Array.of(1, 1, 1, -1, -1, -1, -1, 1);
    const labels = Float64Array.of(1, -1, 1, -1);
    const expected = [1, 5].map((k) => (k * Math.PI) / 4);
    extremalAngles(corners, labels).forEach((angle, k) =>
      expect(angle).to.be.closeTo(expected[k], 1e-14),
    );
    const others = extremalAngles(
      corners,
      labels.map((label) => -label),
    );
    expect(others.map((angle) => Math.round(angle / (Math.PI / 4)))).to.deep.equal([3, 7]);
  });

  it('is that of the example where there is one, and none for the other sign', () => {
    const one = Float64Array.of(3, 4);
    const [angle, ...more] = extremalAngles(one, Float64Array.of(1));
    expect(angle).to.be.closeTo(Math.atan2(4, 3), 1e-15);
    expect(more).to.deep.equal([]);
    expect(extremalAngles(one, Float64Array.of(-1))).to.deep.equal([]);
  });

  it('lies on the line of an example that pushes a unit off, as (1, 0) against (1, 1)', () => {
    // Within the arc where both are active the sum is (0, −1); beyond the line of the second, (1, 0).
    const inputs = Float64Array.of(1, 0, 1, 1);
    const [angle, ...more] = extremalAngles(inputs, Float64Array.of(1, -1));
    expect(more).to.deep.equal([]);
    expect(angle).to.be.closeTo((7 * Math.PI) / 4, 1e-14);
  });

  it('are the local maxima that a fine grid shows', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const draw = randomStream(seed);
      const inputs = Float64Array.from({ length: 14 }, () => draw.normal());
      const weights = Float64Array.from({ length: 7 }, () => Math.sign(draw.normal()));
      const found = extremalAngles(inputs, weights);
      const seen = maximaOnGrid(inputs, weights);
      expect(found.length, `seed ${seed}`).to.equal(seen.length);
      for (const angle of found) {
        expect(Math.min(...seen.map((other) => angleApart(angle, other)))).to.be.below(1e-3);
      }
    }
  });

  it('need two numbers for each weight', () => {
    expect(() => extremalAngles(new Float64Array(3), new Float64Array(2))).to.throw('3 and 2');
  });

  it('measures angles the short way round', () => {
    expect(angleApart(0.1, TURN - 0.1)).to.be.closeTo(0.2, 1e-15);
    expect(angleApart(Math.PI, 0)).to.equal(Math.PI);
  });
});
