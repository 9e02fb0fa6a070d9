import { expect } from 'chai';
import { decayFactor, deviationFrom } from '../../../src/flows/limits/decay.js';
import type { KktPoint, Surveyed } from '../../../src/flows/limits/kkt-point.js';
import type { FlowPoint } from '../../../src/flows/index.js';
import { normalized } from '../../../src/numerics/vectors.js';

/** w = e₀ under one constraint across it, with curvature of eigenvalues .5, −1 and −40 along it. */
const limit: Surveyed = {
  point: { direction: Float64Array.of(1, 0, 0, 0) } as KktPoint,
  space: {
    curvature: [Float64Array.of(7, 0, 0, 0.5), Float64Array.of(-1, 0, 0, -40)],
    rows: {
      blocks: [Int32Array.of(0, 1), Int32Array.of(2, 3)],
      n: 4,
      wide: Float64Array.of(2, 0, 0, 0),
      narrow: [],
    },
  },
};

const at = (...beside: number[]) =>
  ({ direction: normalized(Float64Array.of(1, ...beside)) }) as FlowPoint;

describe('the decay of a deviation from a limit', () => {
  const degree = 3;
  const rate = (lambda: number, alphaRatio: number) => alphaRatio ** (-(1 - lambda) / degree);

  it('is α^(−(1−λ)/L) for each part', () => {
    for (const alphaRatio of [10, 3, 100]) {
      const slow = decayFactor(limit, at(1e-3, 0, 0), alphaRatio, degree);
      expect(slow / rate(0.5, alphaRatio)).to.be.closeTo(1, 1e-6);
      const quick = decayFactor(limit, at(0, 1e-3, 0), alphaRatio, degree);
      expect(quick / rate(-1, alphaRatio)).to.be.closeTo(1, 1e-5);
    }
    expect(decayFactor(limit, at(0, 0, 1e-3), 10, degree)).to.be.closeTo(rate(-40, 10), 1e-6);
  });

  it('is in between for their sum, and nearer to the slowest in a longer time', () => {
    const start = at(1e-4, 2e-4, 0);
    for (const alphaRatio of [10, 100]) {
      const parts = [1 * rate(0.5, alphaRatio), 2 * rate(-1, alphaRatio)];
      const expected = Math.hypot(...parts) / Math.sqrt(5);
      expect(decayFactor(limit, start, alphaRatio, degree) / expected).to.be.closeTo(1, 1e-5);
    }
  });

  it('is not told from far away, nor where nothing deviates', () => {
    expect(decayFactor(limit, at(0.5, 0, 0), 10, degree)).to.deep.equal(NaN);
    expect(decayFactor(limit, at(0, 0, 0), 10, degree)).to.deep.equal(NaN);
  });

  it('has parts with the rates of the eigenvalues, and one across the constraints', () => {
    const tilted: Surveyed = {
      ...limit,
      // Across x₁ too: what is along it is no motion along the constraints.
      space: {
        ...limit.space,
        rows: { ...limit.space.rows, wide: Float64Array.of(2, 0, 0, 0, 1, 3, 0, 0) },
      },
    };
    const deviation = deviationFrom(tilted, at(1e-3, 2e-3, 3e-3), degree)!;
    [2 / degree, 41 / degree].reverse().forEach((rate, k) => {
      expect(deviation.rates[k]).to.be.closeTo(rate, 1e-9);
      expect(deviation.sizes[k]).to.be.closeTo([3e-3, 2e-3][k], 1e-7);
    });
    expect(deviation.across).to.be.closeTo(1e-3, 1e-7);
    expect(deviationFrom(limit, at(0.5, 0, 0), degree)).to.equal(undefined);
  });
});
