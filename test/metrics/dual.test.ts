import { expect } from 'chai';
import { exponentialLoss, logisticLoss, objective } from '../../src/losses/index.js';
import { followFlow } from '../../src/flows/index.js';
import {
  alignment,
  dualEntropy,
  dualPotential,
  smoothedMargin,
  snapshot,
  snapshotAt,
} from '../../src/metrics/index.js';
import { linearModel, relu, squaredRelu, twoLayer } from '../../src/networks/index.js';
import { norm } from '../../src/numerics/vectors.js';
import { randomStream } from '../../src/numerics/random.js';
import { normals } from '../numerics/matrices.js';

const x = Float64Array.of(1, 2, -1, 1, 2, 0.5, -1, -0.3);
const y = Float64Array.of(1, -1, 1, -1);

describe('the dual entropy and potential', () => {
  it('bind α, the margins and the cosine exactly for the exponential loss', () => {
    for (const activation of [squaredRelu, relu]) {
      const network = twoLayer(2, 6, activation);
      const risk = objective(network, x, y, exponentialLoss);
      const theta = normals(randomStream('dual').split(activation.name), network.parameters);
      const at = snapshotAt(risk, theta);
      const h = dualEntropy(at);
      const inner = at.dual.reduce((sum, q, i) => sum + q * at.pairMargins[i], 0);
      const scale = Math.exp(at.degree * at.logNorm);
      expect(inner * scale - h).to.be.closeTo(at.alpha, 1e-12 * scale);
      const identity = ((at.degree * (at.alpha + h)) / scale) ** 2 / 2;
      expect(dualPotential(at) * alignment(at) ** 2).to.be.closeTo(identity, 1e-12);
    }
  });

  it('are the closed form of two points', () => {
    // ±: margins 1 and 3 at w = 1, scale 1: q ∝ (1, e⁻²).
    const risk = objective(
      linearModel(1),
      Float64Array.of(1, 3),
      Float64Array.of(1, 1),
      exponentialLoss,
    );
    const at = snapshotAt(risk, Float64Array.of(1));
    const share = 1 / (1 + Math.exp(-2));
    const h = -share * Math.log(share) - (1 - share) * Math.log(1 - share);
    expect(dualEntropy(at)).to.be.closeTo(h, 1e-15);
    expect(dualPotential(at)).to.be.closeTo((share + 3 * (1 - share)) ** 2 / 2, 1e-15);
  });

  it('take the velocity of the run where the flow slides on kinks, and tend to ½(Lγ̃)²', () => {
    const risk = objective(twoLayer(2, 8, relu), x, y, logisticLoss);
    const theta = normals(randomStream('sliding dual').split(2), risk.parameters);
    const run = followFlow(risk, theta, { tolerance: 1e-8, targets: [1e4], maxSteps: 5000 });
    const { last } = run;
    const at = snapshot(risk, last.direction, last.logNorm);
    const ratio = dualPotential(at, last) / (at.degree * smoothedMargin(at)) ** 2;
    expect(2 * ratio).to.be.closeTo(1, 0.05);
    expect(norm(last.direction)).to.be.closeTo(1, 1e-12);
  });
});
