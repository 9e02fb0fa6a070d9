import { expect } from 'chai';
import { descend, pointAt, type StepRule } from '../../src/flows/index.js';
import { exponentialLoss, logisticLoss, objective } from '../../src/losses/index.js';
import { imageNetwork, linearModel, parts, relu, twoLayer } from '../../src/networks/index.js';
import { makeDataset } from '../../src/datasets/index.js';
import { norm } from '../../src/numerics/vectors.js';
import { train, type DescentPhase, type TrainingProblem } from '../../src/training/index.js';
import { startOf } from '../../src/training/problem.js';
import { relativeError } from '../helpers/finite-differences.js';
import { serialEngine } from '../helpers/serial-engine.js';
import { plane, threeClassTraining } from '../helpers/small-trainings.js';

const basic = { kind: 'descent', untilAlpha: 1e6, maxSteps: 40 } as const;

/** One weight and two opposite margins: the optimum is finite, and a long step overshoots it. */
function valley(): TrainingProblem {
  const network = imageNetwork('valley', { channels: 1, height: 1, width: 1 }, [parts.dense(1)]);
  const data = { name: 'valley', source: '', dimension: 1, classes: 2 };
  return {
    network,
    train: makeDataset({ ...data, inputs: [1, -2], labels: [1, 1] }),
    loss: exponentialLoss,
    engineFor: (examples) => serialEngine(network, linearModel(1), examples),
    seed: 1,
    theta0: Float64Array.of(1),
  };
}

describe('training by full-batch descent', () => {
  const rules: StepRule[] = [
    { kind: 'constant', step: 0.05 },
    { kind: 'loss-scaled', start: 0.01 },
    { kind: 'relative', c: 0.05, cap: 0.02 },
    {
      kind: 'own',
      name: 'twice as careful after each step that is undone',
      start: 0.2,
      plan: ({ remembered }) => ({ factor: remembered }),
      settle: ({ alpha, remembered }, moved) =>
        moved > alpha ? { keep: true, remembered } : { keep: false, remembered: remembered / 2 },
    },
  ];
  for (const rule of rules) {
    it(`takes the steps of \`descend\`: ${rule.kind}`, async () => {
      const problem = threeClassTraining();
      const { inputs, labels } = problem.train;
      const network = twoLayer(3, 8, relu, { outputs: 3 });
      const risk = objective(network, inputs, labels, logisticLoss, 3);
      const options = { rule, untilAlpha: 1e6, maxSteps: 60, saveFactor: 1.05 };
      const expected = descend(risk, startOf(problem), options);
      const { rows, theta } = await train(problem, [{ ...basic, rule, maxSteps: 60 }]);
      const { alpha, clock, pathLength } = expected.trajectory;
      expect(rows.map((row) => row.step)).to.deep.equal([...clock]);
      rows.forEach((row, k) => {
        expect(row.alpha).to.be.closeTo(alpha[k], 1e-12);
        expect(row.pathLength).to.be.closeTo(pathLength[k], 1e-12);
        if (k > 0) {
          expect(row.averagedAlignment).to.be.closeTo(expected.averagedAlignment[k], 1e-9);
        }
      });
      const { direction, logNorm } = pointAt(expected.trajectory, rows.length - 1);
      const scaled = direction.map((value) => Math.exp(logNorm) * value);
      expect(relativeError(theta, scaled)).to.be.below(1e-12);
    });
  }

  it('adds momentum to its displacements', async () => {
    const rule: StepRule = { kind: 'constant', step: 0.1 };
    const { theta } = await train(plane(), [{ ...basic, rule, maxSteps: 5, momentum: 0.8 }]);
    const risk = objective(
      linearModel(2),
      plane().train.inputs,
      Float64Array.of(1, 1, 1),
      exponentialLoss,
    );
    const at = Float64Array.of(-0.3, 0.2);
    const velocity = [0, 0];
    for (let step = 0; step < 5; step++) {
      const { alpha, gradient } = risk.evaluate(at, 1);
      for (const i of [0, 1]) {
        velocity[i] = 0.8 * velocity[i] + 0.1 * Math.exp(-alpha) * gradient[i];
        at[i] += velocity[i];
      }
    }
    expect(relativeError(theta, at)).to.be.below(1e-14);
  });

  it('steps no farther than the relative rule under momentum', async () => {
    const rule: StepRule = { kind: 'relative', c: 1e9, cap: 0.01 };
    const phase: DescentPhase = { ...basic, rule, maxSteps: 20, momentum: 0.9 };
    const { rows, thetaAt } = await train(plane({ theta0: Float64Array.of(1, 3) }), [phase], {
      saveFactor: 1 + 1e-15,
    });
    const steps = rows.flatMap((row, k) =>
      k > 0 && row.step === rows[k - 1].step + 1 ? [[thetaAt(k - 1)!, thetaAt(k)!]] : [],
    );
    expect(steps.length).to.be.above(5);
    for (const [before, after] of steps) {
      const moved = after.map((value, i) => value - before[i]);
      expect(norm(moved) / norm(before)).to.be.within(1e-4, 0.01 + 1e-12);
    }
  });

  it('undoes a step that raises the loss, shrinks the next, and forgets its momentum', async () => {
    const risk = (t: number) => Math.exp(-t) + Math.exp(2 * t);
    for (const momentum of [0, 0.5]) {
      const rule: StepRule = { kind: 'loss-scaled', start: 4 };
      const phase: DescentPhase = { ...basic, rule, maxSteps: 30, momentum };
      let [t, a, velocity, steps] = [1, 4, 0, 0];
      for (let step = 0; step < 30; step++) {
        velocity = momentum * velocity + (a / risk(t)) * (Math.exp(-t) - 2 * Math.exp(2 * t));
        if (risk(t + velocity) < risk(t)) {
          t += velocity;
          a *= 2 ** 0.2;
          steps++;
        } else {
          velocity = 0;
          a /= 2 ** 0.1;
        }
      }
      const { rows, theta } = await train(valley(), [phase]);
      const last = rows[rows.length - 1];
      expect(theta[0]).to.be.closeTo(t, 1e-10);
      expect(last.step).to.equal(steps);
      expect(steps).to.be.within(1, 25);
    }
  });

  it('goes on where the loss is below 1e-800, and reaches its α', async () => {
    const rule: StepRule = { kind: 'loss-scaled', start: 0.01 };
    const phase: DescentPhase = { ...basic, rule, untilAlpha: 2000, maxSteps: 5000 };
    const powers: number[] = [];
    const result = await train(threeClassTraining({ chunk: 7 }), [phase], {
      onProgress: ({ log10Risk }) => powers.push(log10Risk),
    });
    const last = result.rows[result.rows.length - 1];
    expect(result.status).to.equal('finished');
    expect(last.alpha).to.be.at.least(2000);
    expect(last.logRisk / Math.LN10).to.be.below(-800);
    expect(powers[powers.length - 1]).to.equal(last.logRisk / Math.LN10);
    expect([last.trainingError, last.testError]).to.deep.equal([0, 0]);
    expect(last.smallestMargin).to.be.at.least(2000);
  });

  it('ends once its steps are lost in rounding', async () => {
    const far = plane({ theta0: Float64Array.of(20, 60) });
    const rule: StepRule = { kind: 'constant', step: 1e-3 };
    const { status, message, rows } = await train(far, [{ ...basic, rule }]);
    expect(status).to.equal('step-underflow');
    expect(message).to.match(
      /^The step no longer changes the parameters: α = 40\.\d+ after 1 steps/,
    );
    expect(rows).to.have.length(2);
  });

  it('ends the run where the risk is not finite', async () => {
    const rule: StepRule = { kind: 'constant', step: 1e300 };
    const steep = plane({ theta0: Float64Array.of(-500, -400) });
    const { status, endings, message } = await train(steep, [
      { ...basic, rule },
      { ...basic, rule },
    ]);
    expect(status).to.equal('not-finite');
    expect(endings).to.have.length(1);
    expect(message).to.match(/^The risk is not finite: α = \S+ after \d+ steps, in phase 1\.$/);
  });
});
