import { expect } from 'chai';
import { descend } from '../../src/flows/index.js';
import { exponentialLoss, objective, type Objective } from '../../src/losses/index.js';
import { measure, stepThreshold } from '../../src/metrics/index.js';
import { linearModel } from '../../src/networks/index.js';

/** Two examples (1, ±b), both positive: w = (1, 0), γ = 1, μ = (½, ½), ∇⊥p = ±b. */
function pair(b: number): Objective {
  const inputs = Float64Array.of(1, b, 1, -b);
  return objective(linearModel(2), inputs, Float64Array.of(1, 1), exponentialLoss);
}

const w = Float64Array.of(1, 0);
const half = Float64Array.of(0.5, 0.5);

describe('the threshold of step sizes', () => {
  it('is 2/b² for two examples (1, ±b)', () => {
    for (const b of [0.1, 0.5, 2]) {
      expect(stepThreshold(pair(b), w, half)).to.be.closeTo(2 / b ** 2, 1e-12 / b ** 2);
    }
  });

  it('counts L, γ and what of the gradients lies across w, for any degree and scale of the data', () => {
    // p = (1, ±b)·θ scaled by s: γ = s and ∇⊥p = ±s b, so that s cancels.
    const inputs = Float64Array.of(3, 1.5, 3, -1.5);
    const at = objective(linearModel(2), inputs, Float64Array.of(1, 1), exponentialLoss);
    expect(stepThreshold(at, w, half)).to.be.closeTo(8, 1e-12);
  });

  it('is in proportion to the margin, which along a run is a smaller one', () => {
    expect(stepThreshold(pair(0.5), w, half, 0.25)).to.be.closeTo(2, 1e-12);
  });

  it('leaves out margins without a weight, and is infinite where no gradient lies across w', () => {
    const inputs = Float64Array.of(1, 0.5, 1, -0.5, 9, 40);
    const at = objective(linearModel(2), inputs, Float64Array.of(1, 1, 1), exponentialLoss);
    expect(stepThreshold(at, w, Float64Array.of(0.5, 0.5, 0))).to.be.closeTo(8, 1e-12);
    expect(stepThreshold(pair(0), w, half)).to.equal(Infinity);
  });

  it('is where descent with steps C/α begins to swing, to one per cent', () => {
    // 2/b² = 0.02: where C* is small, swings are narrow enough for the first order.
    const at = pair(10);
    const theta0 = Float64Array.of(1e5, 1e-6);
    const cosine = (c: number) => {
      const rule = { kind: 'relative', c, cap: 1 } as const;
      const size = { untilAlpha: Infinity, maxSteps: 3000, saveFactor: 1e6 };
      const { trajectory } = descend(at, theta0, { rule, ...size });
      return measure(at, trajectory).alignment.at(-1)!;
    };
    expect(cosine(0.99 * 0.02)).to.be.above(1 - 1e-9);
    expect(cosine(1.01 * 0.02)).to.be.closeTo(1 / 1.01, 1e-3);
    expect(cosine(1.5 * 0.02)).to.be.closeTo(1 / 1.5, 0.05);
  });
});
