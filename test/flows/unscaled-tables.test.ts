import { expect } from 'chai';
import { followFlow, type GradientFlowOptions } from '../../src/flows/index.js';
import { exponentialLoss, logisticLoss, objective, type Loss } from '../../src/losses/index.js';
import { linearModel } from '../../src/networks/index.js';
import { randomStream } from '../../src/numerics/random.js';
import { angleBetween } from '../../src/numerics/vectors.js';
import { normals } from '../helpers/small-networks.js';
import { pointAtTarget } from '../helpers/reference-flow.js';

const basic: GradientFlowOptions = {
  tolerance: 1e-9,
  targets: [10, 100, 1e3, 1e4, 1e5],
  maxSteps: 3000,
};

/** Forty rows of a table with columns of the given mean and spread, and a constant. */
function table(columns: readonly (readonly [number, number])[], loss: Loss) {
  const stream = randomStream(`table ${columns.join()}`);
  const rows = Array.from({ length: 40 }, (_, i) => {
    const z = columns.map(() => stream.normal());
    // The first column leaves a gap between the labels.
    const side = i % 2 === 0 ? 1 : -1;
    z[0] = side * (1 + Math.abs(z[0]));
    return [...columns.map(([mean, spread], c) => mean + spread * z[c]), 1];
  });
  const labels = Float64Array.from(rows, (_, i) => (i % 2 === 0 ? 1 : -1));
  const network = linearModel(columns.length + 1);
  const at = objective(network, Float64Array.from(rows.flat()), labels, loss);
  const start = normals(randomStream('small start'), at.parameters);
  const largest = Math.max(...columns.map(([mean, spread]) => mean + spread));
  return { at, theta0: start.map((value) => value / largest) };
}

const unscaled = [[0, 1], [750, 300], [0, 50]] as const; // prettier-ignore

for (const loss of [exponentialLoss, logisticLoss]) {
  describe(`a table whose columns are not scaled, ${loss.name} loss`, () => {
    const { at, theta0 } = table(unscaled, loss);
    const result = followFlow(at, theta0, basic);

    it('is followed to α = 10⁵', () => {
      expect(result.status).to.equal('finished');
    });

    it('has the flow of the full implicit method', () => {
      const targets = [10, 100, 1e3];
      const full = followFlow(at, theta0, { ...basic, targets, method: 'full-implicit' });
      for (const target of targets) {
        const [point, expected] = [result, full].map((run) => pointAtTarget(run, target));
        expect(angleBetween(point.direction, expected.direction)).to.be.below(1e-7);
      }
    });

    it('aligns like 1/α', () => {
      const angles = [1e3, 1e4, 1e5].map((target) => pointAtTarget(result, target).alignmentAngle!);
      expect(angles[1] / angles[0]).to.be.closeTo(0.1, 5e-3);
      expect(angles[2] / angles[1]).to.be.closeTo(0.1, 5e-3);
    });
  });
}

describe('a table with a column of ten millions', () => {
  it('is followed to α = 10⁵, where its alignment is 1', () => {
    const { at, theta0 } = table([[0, 1e7], [0, 1e7]], exponentialLoss); // prettier-ignore
    const result = followFlow(at, theta0, basic);
    expect(result.status).to.equal('finished');
    for (const target of basic.targets) {
      expect(pointAtTarget(result, target).alignmentAngle).to.be.below(1 / target);
    }
  });
});
