import { expect } from 'chai';
import { followFlow } from '../../src/flows/index.js';
import { objective } from '../../src/losses/index.js';
import { measure } from '../../src/metrics/index.js';
import { linearModel } from '../../src/networks/index.js';
import { gaussian, polynomial } from '../helpers/own-losses.js';

const inputs = Float64Array.of(1, 0.2, 0.3, 1);
const theta0 = Float64Array.of(2, 2);

/** ℓ, |ℓ′| and ℓ⁻¹ as they are written down. */
const WRITTEN = {
  gaussian: {
    risk: (p: number) => Math.exp(-(p ** 2)),
    slope: (p: number) => 2 * p * Math.exp(-(p ** 2)),
    inverse: (risk: number) => Math.sqrt(-Math.log(risk)),
  },
  polynomial: {
    risk: (p: number) => 1 / p,
    slope: (p: number) => p ** -2,
    inverse: (risk: number) => 1 / risk,
  },
};

describe('metrics along a run with a loss of one’s own', () => {
  for (const loss of [gaussian, polynomial]) {
    it(`are what its risk and its gradient give: ${loss.name}`, () => {
      const at = objective(linearModel(2), inputs, Float64Array.of(1, 1), loss);
      const { trajectory } = followFlow(at, theta0, {
        tolerance: 1e-8,
        targets: [5],
        maxSteps: 4000,
        method: 'explicit',
      });
      const columns = measure(at, trajectory);
      const { risk, slope, inverse } = WRITTEN[loss.name as keyof typeof WRITTEN];
      columns.rows.forEach((row, k) => {
        const length = Math.exp(trajectory.logNorm[row]);
        const [w0, w1] = trajectory.directions.subarray(2 * row, 2 * row + 2);
        const p = [0, 1].map((i) => length * (inputs[2 * i] * w0 + inputs[2 * i + 1] * w1));
        const total = risk(p[0]) + risk(p[1]);
        expect(columns.logRisk[k]).to.be.closeTo(Math.log(total), 1e-9);
        expect(columns.alpha[k]).to.be.closeTo(inverse(total), 1e-9);
        expect(columns.smoothedMargin[k]).to.be.closeTo(inverse(total) / length, 1e-9);
        expect(columns.normalizedMargin[k]).to.be.closeTo(Math.min(...p) / length, 1e-12);
        const pull = [0, 1].map((j) => slope(p[0]) * inputs[j] + slope(p[1]) * inputs[2 + j]);
        const cosine = (w0 * pull[0] + w1 * pull[1]) / Math.hypot(...pull);
        expect(columns.alignment[k]).to.be.closeTo(cosine, 1e-9);
      });
      expect(columns.trainingError.every((error) => error === 0)).to.be.true;
    });
  }
});
