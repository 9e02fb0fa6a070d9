import { expect } from 'chai';
import { exponentialLoss, objective } from '../../src/losses/index.js';
import { clarkeRates, snapshotAt } from '../../src/metrics/index.js';
import { relu, twoLayer } from '../../src/networks/index.js';

describe('the chain rule on kinks', () => {
  // One unit a σ(w·x) with w = (0, 1) on the kink of x = (1, 0), and a second example (0, 1).
  const risk = objective(
    twoLayer(2, 1, relu),
    Float64Array.of(1, 0, 0, 1),
    Float64Array.of(1, 1),
    exponentialLoss,
  );
  const at = snapshotAt(risk, Float64Array.of(0, 1, 1));
  const kinks = [{ example: 0, unit: 0, slope: 0.5 }];

  it('is met by a velocity along the kink, and by none across it', () => {
    const [along] = clarkeRates(at, kinks, Float64Array.of(0, 1, 1));
    expect(along.example).to.equal(0);
    expect(along.spread).to.equal(0);
    // Elements differ by a multiple of ∇z = (1, 0, 0), whose cosine with (1, 0, 1) is 1/√2.
    const [across] = clarkeRates(at, kinks, Float64Array.of(1, 0, 1));
    expect(across.spread).to.be.closeTo(Math.SQRT1_2, 1e-15);
  });

  it('gives the growth of a margin in log ‖θ‖, the degree along θ itself', () => {
    const close = snapshotAt(risk, Float64Array.of(1e-300, 1, 1));
    const [{ rate }] = clarkeRates(close, [{ example: 1, unit: 0, slope: 1 }], close.direction);
    expect(rate).to.be.closeTo(2, 1e-12);
  });

  it('has nothing to say of no kinks', () => {
    expect(clarkeRates(at, [], at.direction)).to.deep.equal([]);
  });
});
