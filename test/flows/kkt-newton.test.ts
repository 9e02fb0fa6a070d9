import { expect } from 'chai';
import { twoPoints } from '../../src/datasets/closed-form.js';
import { newtonOnSupport } from '../../src/flows/index.js';
import { exponentialLoss, objective } from '../../src/losses/index.js';
import { linearModel, relu, twoLayer } from '../../src/networks/index.js';
import { angleBetween } from '../../src/numerics/vectors.js';

describe('newtonOnSupport', () => {
  const { dataset, solution } = twoPoints([2, 1], [1, -2]);
  const at = objective(linearModel(2), dataset.inputs, dataset.labels, exponentialLoss);
  const guess = { direction: Float64Array.of(0.2, 1), multipliers: [1, 1], margin: 1 };

  it('finds the maximum-margin direction of a linear model', () => {
    const found = newtonOnSupport(at, 1, [0, 1], [], guess, 30);
    expect(found.converged).to.be.true;
    expect(angleBetween(found.direction, solution.parameters)).to.be.below(1e-15);
    expect(found.margin).to.be.closeTo(solution.margin, 1e-14);
    const total = solution.multipliers[0] + solution.multipliers[1];
    found.multipliers.forEach((value, i) => {
      expect(value).to.be.closeTo(solution.multipliers[i] / total, 1e-14);
    });
  });

  it('takes few iterations from near, as Newton does', () => {
    const near = solution.parameters.map((value, i) => value + (i === 0 ? 0.02 : -0.01));
    const start = { direction: near, multipliers: [0.5, 0.5], margin: solution.margin };
    expect(newtonOnSupport(at, 1, [0, 1], [], start, 30).iterations).to.be.at.most(6);
  });

  it('returns the best point it saw, unconverged, when it may not iterate', () => {
    const found = newtonOnSupport(at, 1, [0, 1], [], guess, 0);
    expect(found.converged).to.be.false;
    expect(angleBetween(found.direction, guess.direction)).to.be.below(1e-15);
  });

  it('converges where the solutions form a manifold', () => {
    // Two units with equal directions share one weight: only Σ a‖w‖ is determined.
    const twins = objective(
      twoLayer(2, 2, relu),
      Float64Array.of(3, 4),
      Float64Array.of(1),
      exponentialLoss,
    );
    const direction = Float64Array.of(0.5, 0.6, 0.3, 0.5, 0.7, 0.6);
    const found = newtonOnSupport(
      twins,
      2,
      [0],
      [],
      { direction, multipliers: [1], margin: 1 },
      50,
    );
    expect(found.converged).to.be.true;
    // One unit alone: a = ‖w‖, so Φ(x) = a²‖x‖ with 2a² = 1.
    expect(found.margin).to.be.closeTo(2.5, 1e-12);
    expect(twins.margins(found.direction)[0]).to.be.closeTo(2.5, 1e-12);
  });
});
