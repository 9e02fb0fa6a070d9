import { expect } from 'chai';
import { exponentialLoss, logisticLoss, objective } from '../../src/losses/index.js';
import { relu, twoLayer } from '../../src/networks/index.js';
import { enginePool } from '../../src/training/engines.js';
import { fullBatch } from '../../src/training/full-batch.js';
import { interruptionBy } from '../../src/training/interruption.js';
import { pooledStatistics } from '../../src/training/index.js';
import { startOf } from '../../src/training/problem.js';
import { relativeError } from '../helpers/finite-differences.js';
import { threeClassTraining } from '../helpers/small-trainings.js';

describe('a pass over the whole training set', () => {
  for (const loss of [exponentialLoss, logisticLoss]) {
    for (const chunk of [30, 10, 7, 1]) {
      it(`gives α and its gradient of the ${loss.name} loss in chunks of ${chunk}`, async () => {
        const problem = threeClassTraining({ loss, chunk });
        const { inputs, labels } = problem.train;
        const whole = objective(twoLayer(3, 8, relu, { outputs: 3 }), inputs, labels, loss, 3);
        const engines = enginePool(problem, chunk);
        const full = fullBatch(problem, engines, interruptionBy(undefined));
        for (const scale of [1, 30]) {
          const theta = startOf(problem).map((value) => scale * value);
          const gradient = new Float64Array(theta.length);
          const found = await full.differentiate(theta, gradient);
          const expected = whole.evaluate(theta, 1);
          expect(found!.alpha).to.be.closeTo(expected.alpha, 1e-13 * Math.abs(expected.alpha));
          expect(relativeError(gradient, expected.gradient)).to.be.below(1e-13);
          const measured = await full.measure(theta);
          expect(measured!.train).to.deep.equal(found);
          expect(found!.smallestMargin).to.equal(Math.min(...whole.margins(theta)));
        }
      });
    }
  }

  it('stops where it is asked to, and gives nothing', async () => {
    const problem = threeClassTraining();
    const full = fullBatch(problem, enginePool(problem, 30), interruptionBy({ aborted: true }));
    const theta = startOf(problem);
    expect(await full.differentiate(theta, theta.slice())).to.equal(undefined);
    expect(await full.measure(theta)).to.equal(undefined);
  });
});

describe('pooled statistics', () => {
  it('are the mean and the variance of all numbers together', () => {
    const numbers = [1e6 + 1, 1e6 + 2, 1e6 + 4, 1e6 + 8, 1e6 + 16];
    const mean = (list: number[]) => list.reduce((sum, x) => sum + x, 0) / list.length;
    const variance = (list: number[]) => mean(list.map((x) => (x - mean(list)) ** 2));
    const block = { name: '', rows: 1, columns: 1, offset: 0 };
    const shape = { channels: 1, height: 1, width: 1 };
    const node = { inputs: [0], shape, epsilon: 1e-5, scale: block, shift: block, statisticsAt: 0 };
    const pooled = pooledStatistics(2, [{ kind: 'batch-norm', ...node }]);
    for (const batch of [numbers.slice(0, 2), numbers.slice(2)]) {
      pooled.add(Float64Array.of(mean(batch), variance(batch)), batch.length);
    }
    const [m, v] = pooled.result();
    expect(m).to.be.closeTo(mean(numbers), 1e-9);
    expect(v / variance(numbers)).to.be.closeTo(1, 1e-9);
  });
});
