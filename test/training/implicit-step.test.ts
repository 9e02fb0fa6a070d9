import { expect } from 'chai';
import { logSumExp } from '../../src/numerics/logarithms.js';
import { randomStream } from '../../src/numerics/random.js';
import { norm } from '../../src/numerics/vectors.js';
import { implicitStep } from '../../src/training/implicit-step.js';
import { relativeError } from '../helpers/finite-differences.js';
import { normals } from '../helpers/small-networks.js';

/** p + J Δ. */
function moved(rows: Float64Array, margins: Float64Array, displacement: Float64Array) {
  const parameters = displacement.length;
  return margins.map((margin, i) =>
    displacement.reduce((sum, value, k) => sum + rows[i * parameters + k] * value, margin),
  );
}

function softmaxOf(margins: Float64Array): Float64Array {
  const level = logSumExp(margins.map((margin) => -margin));
  return margins.map((margin) => Math.exp(-margin - level));
}

describe('the implicit step', () => {
  it('goes along a single pair’s gradient, by the length asked for', () => {
    const { displacement, foretold } = implicitStep(Float64Array.of(3, 4), Float64Array.of(7), 0.5);
    expect(relativeError(displacement, [0.3, 0.4])).to.be.below(1e-14);
    expect(foretold).to.be.closeTo(7 + 0.5 * 5, 1e-12);
  });

  it('brings two pairs with orthogonal gradients to the same margin, if it is long', () => {
    const rows = Float64Array.of(1, 0, 0, 2);
    const margins = Float64Array.of(0, 5);
    const long = implicitStep(rows, margins, 1000);
    const [first, second] = moved(rows, margins, long.displacement);
    // Both at the height h where h² + ((h − 5)/2)² = 1000²; their difference is that of log q alone.
    expect(Math.abs(first - second)).to.be.below(2);
    expect(first).to.be.closeTo(895.4, 2);
    // In front, where only the first pulls, the step is that of descent.
    const short = implicitStep(rows, margins, 1e-3).displacement;
    const q = softmaxOf(margins);
    const along = [q[0], 2 * q[1]].map((value) => (1e-3 * value) / Math.hypot(q[0], 2 * q[1]));
    expect(relativeError(short, along)).to.be.below(1e-2);
  });

  it('has the length asked for, and foretells the smooth minimum of p + JΔ', () => {
    const stream = randomStream('implicit');
    const [pairs, parameters] = [12, 40];
    const rows = normals(stream, pairs * parameters);
    const margins = normals(stream, pairs).map((value) => 3 * value);
    for (const length of [1e-3, 0.1, 3]) {
      const { displacement, foretold } = implicitStep(rows, margins, length);
      expect(norm(displacement)).to.be.closeTo(length, 0.02 * length);
      const after = moved(rows, margins, displacement);
      expect(foretold).to.be.closeTo(-logSumExp(after.map((value) => -value)), 1e-10);
    }
  });

  it('is a combination of the gradients with the dual variables after it', () => {
    const stream = randomStream('implicit duals');
    const [pairs, parameters] = [8, 20];
    const rows = normals(stream, pairs * parameters);
    const margins = normals(stream, pairs);
    const { displacement } = implicitStep(rows, margins, 2);
    const q = softmaxOf(moved(rows, margins, displacement));
    const direction = Float64Array.from({ length: parameters }, (_, k) =>
      q.reduce((sum, weight, i) => sum + weight * rows[i * parameters + k], 0),
    );
    const scale = norm(displacement) / norm(direction);
    expect(
      relativeError(
        direction.map((value) => scale * value),
        displacement,
      ),
    ).to.be.below(1e-8);
  });

  it('raises the smooth minimum where an explicit step of the same length lowers it', () => {
    const rows = Float64Array.of(1, 0, -0.9, 1);
    const margins = Float64Array.of(100, 103);
    const { foretold } = implicitStep(rows, margins, 50);
    const q = softmaxOf(margins);
    const explicit = Float64Array.of(q[0] - 0.9 * q[1], q[1]);
    const step = explicit.map((value) => (50 * value) / norm(explicit));
    const reached = -logSumExp(moved(rows, margins, step).map((value) => -value));
    const before = -logSumExp(margins.map((value) => -value));
    expect(reached).to.be.below(before - 30);
    expect(foretold).to.be.above(before + 20);
  });
});
