import { expect } from 'chai';
import { descend, followFlow, pointAt } from '../../src/flows/index.js';
import { exponentialLoss, objective } from '../../src/losses/index.js';
import { squaredRelu, twoLayer } from '../../src/networks/index.js';
import {
  alignment,
  alignmentAngle,
  classificationError,
  evenRows,
  marginQuantiles,
  measure,
  normalizedMargin,
  smoothedMargin,
  snapshot,
} from '../../src/metrics/index.js';
import { randomStream } from '../../src/numerics/random.js';
import { normals } from '../helpers/small-networks.js';
import { arcs } from '../helpers/small-problems.js';
import { alphasPerDecade, madeUpTrajectory } from './made-up-trajectory.js';

describe('measurements along a flow', () => {
  const { at: problem, theta0 } = arcs();
  const run = followFlow(problem, theta0, { tolerance: 1e-7, targets: [100], maxSteps: 2000 });
  const { trajectory } = run;

  it('are the single snapshots, row by row', () => {
    const all = measure(problem, trajectory);
    expect(all.rows.length).to.equal(trajectory.alpha.length);
    for (const k of all.rows) {
      const point = pointAt(trajectory, k);
      const at = snapshot(problem, point.direction, point.logNorm);
      expect(all.alpha[k]).to.equal(point.alpha);
      expect(all.alpha[k]).to.be.closeTo(at.alpha, 1e-12 * Math.abs(at.alpha));
      expect(all.logRisk[k]).to.equal(at.logRisk);
      expect(all.logTime[k]).to.equal(point.logTime);
      expect(all.logNorm[k]).to.equal(point.logNorm);
      expect(all.normalizedMargin[k]).to.equal(normalizedMargin(at));
      expect(all.smoothedMargin[k]).to.equal(smoothedMargin(at));
      // Where the run knew its velocity, its own angle counts: equal to within its tolerance.
      expect(all.alignment[k]).to.be.closeTo(alignment(at), 1e-7);
      expect(all.alignmentAngle[k]).to.be.closeTo(alignmentAngle(at), 1e-7);
      expect(all.trainingError[k]).to.equal(classificationError(at));
      expect(all.quantiles[k]).to.deep.equal(marginQuantiles(at, all.fractions));
    }
  });

  it('agree with what the run itself knows', () => {
    const all = measure(problem, trajectory);
    all.normalizedMargin.forEach((margin, k) => {
      expect(margin).to.be.closeTo(trajectory.smallestMargin[k], 1e-13);
      expect(all.quantiles[k][0]).to.equal(margin);
      expect(all.trainingError[k] > 0).to.equal(!(margin > 0));
    });
    expect(all.trainingError[0]).to.be.above(0);
    expect(all.trainingError[all.rows.length - 1]).to.equal(0);
  });

  it('can be had for a few rows', () => {
    const rows = [5, 2];
    const some = measure(problem, trajectory, rows);
    const all = measure(problem, trajectory);
    expect(some.rows).to.deep.equal(rows);
    expect([...some.smoothedMargin]).to.deep.equal(rows.map((k) => all.smoothedMargin[k]));
    expect(some.quantiles).to.deep.equal(rows.map((k) => all.quantiles[k]));
  });

  it('show a smoothed margin that grows, as the theorem says', () => {
    const { alpha, smoothedMargin: margins } = measure(problem, trajectory);
    for (let k = 1; k < margins.length; k++) {
      if (alpha[k - 1] > 0) expect(margins[k]).to.be.above(margins[k - 1]);
    }
  });
});

describe('measurements along descent', () => {
  it('exist for a network without a degree', () => {
    const { at } = arcs();
    const network = twoLayer(3, 6, squaredRelu, { bias: true });
    const open = objective(network, at.inputs, at.labels, exponentialLoss);
    const theta0 = normals(randomStream('descent without a degree'), open.parameters, 0.5);
    const { trajectory } = descend(open, theta0, {
      rule: { kind: 'relative', c: 0.05, cap: 0.02 },
      untilAlpha: 20,
      maxSteps: 20_000,
      saveFactor: 1.2,
    });
    const all = measure(open, trajectory);
    const last = all.rows.length - 1;
    expect(all.alpha[last]).to.be.at.least(20);
    all.smoothedMargin.forEach((margin, k) => expect(margin).to.be.closeTo(all.alpha[k], 1e-12));
    expect(all.normalizedMargin[last]).to.be.closeTo(trajectory.smallestMargin[last], 1e-10);
    expect(all.trainingError[last]).to.equal(0);
  });
});

describe('even rows', () => {
  const path = (alphas: readonly number[]) => madeUpTrajectory(alphas, () => [1, 0]);

  it('are evenly spaced in log α', () => {
    const alphas = alphasPerDecade(0, 4, 10);
    expect(evenRows(path(alphas), 5)).to.deep.equal([0, 10, 20, 30, 40]);
    const uneven = [...alphasPerDecade(0, 1, 50), 100, 1000];
    expect(evenRows(path(uneven), 4)).to.deep.equal([0, 50, 51, 52]);
    const afterAGap = [1, ...alphasPerDecade(3, 4, 50)];
    expect(evenRows(path(afterAGap), 5)).to.deep.equal([0, 1, 51]);
  });

  it('begin with the first row, end with the last, and are at most as many as asked for', () => {
    const cases = [
      alphasPerDecade(-5, 5, 13),
      [-4, -3, -1, 0, 0.5, 3],
      [1, 2, 3, 3, 3],
      [1, 5, 2, 8, 3],
      [-3, -2, -1],
      [2, 2, 2, 2, 2, 2],
      [7],
    ];
    for (const alphas of cases) {
      for (const count of [2, 3, 4, 10, 1000]) {
        const rows = evenRows(path(alphas), count);
        expect(rows[0]).to.equal(0);
        expect(rows[rows.length - 1]).to.equal(alphas.length - 1);
        expect(rows.length).to.be.at.most(count);
        expect(rows).to.deep.equal([...new Set(rows)].sort((a, b) => a - b));
      }
    }
  });

  it('are none where the run has none', () => {
    expect(evenRows(path([]), 10)).to.deep.equal([]);
  });
});
