import { expect } from 'chai';
import { certifyLimit, followFlow, type FlowResult } from '../../../src/flows/index.js';
import { attemptStep } from '../../../src/flows/dual/dual-radau.js';
import { stepEndAt } from '../../../src/flows/dual/step-end.js';
import { advance, startRun } from '../../../src/flows/running-flow.js';
import { exponentialLoss, logisticLoss, objective, type Loss } from '../../../src/losses/index.js';
import {
  initialise,
  rampedRelu,
  relu,
  twoLayer,
  type Pointwise,
} from '../../../src/networks/index.js';
import { angleBetween, dot } from '../../../src/numerics/vectors.js';
import { randomStream } from '../../../src/numerics/random.js';
import { pointAtTarget, referenceFlow, reluRun } from '../../helpers/reference-flow.js';
import { bySmallSteps } from '../../helpers/small-steps.js';
import type { Problem } from '../../helpers/small-problems.js';

const reference = referenceFlow('relu');

function bind(pointwise: Pointwise, loss: Loss) {
  const { network, inputs, labels } = reference.objectiveWith(pointwise);
  return objective(network, inputs, labels, loss);
}

function expectRisingMargin({ trajectory }: FlowResult): void {
  const { alpha, logNorm } = trajectory;
  for (let k = 1; k < alpha.length; k++) {
    if (alpha[k - 1] < 0.5) continue;
    const kept = alpha[k] / alpha[k - 1] / Math.exp(2 * (logNorm[k] - logNorm[k - 1]));
    expect(1 - kept).to.be.below(1e-10);
  }
}

describe('the Clarke flow of a ReLU network', () => {
  for (const [loss, seeds] of [
    [exponentialLoss, [1, 2, 3, 4, 5]],
    [logisticLoss, [1]],
  ] as const) {
    for (const seed of seeds) {
      it(`goes to α = 10⁷ and to a KKT point: ${loss.name} loss, seed ${seed}`, function () {
        this.timeout(60_000);
        const at = bind(relu, loss);
        const theta0 = initialise(at.network, 'he', randomStream(seed), 0.3);
        const targets = [10, 1e5, 1e6, 1e7];
        const result = followFlow(at, theta0, { tolerance: 1e-9, targets, maxSteps: 3000 });
        expect(result.status).to.equal('finished');
        expectRisingMargin(result);
        const starts = targets.slice(1).map((target) => pointAtTarget(result, target));
        const { limit, angles } = certifyLimit(at, starts);
        expect(limit.converged).to.be.true;
        expect(limit.residual).to.be.below(1e-10);
        expect(angles[2]).to.be.below(angles[0]);
        for (const { multiplier } of limit.kinks) {
          if (!Number.isNaN(multiplier)) expect(multiplier).to.be.within(-1e-9, 1 + 1e-9);
        }
      });
    }
  }

  it('obeys the chain rule dα/dτ = β‖v‖², sliding or not', () => {
    const at = reference.objectiveWith(relu);
    const method = 'implicit' as const;
    const options = { tolerance: 1e-9, targets: [1e3], maxSteps: 3000, method };
    const flow = startRun(at, reference.theta0, options);
    const sliding: number[] = [];
    for (let step = 0; flow.run.nextTarget === 0; step++) {
      expect(advance(flow, options)).to.equal(undefined);
      if (step % 10 !== 0) continue;
      const { state } = flow.dual!;
      const { start, stages, step: from } = state.stepper;
      const rate = from.beta * dot(start.velocity, start.velocity);
      const h = (1e-5 * Math.max(1, Math.abs(state.alpha))) / rate;
      attemptStep(state.stepper, h);
      const rise = stepEndAt(state, stages[2]).alpha - stepEndAt(state, start).alpha;
      expect(rise / (rate * h)).to.be.closeTo(1, 1e-3);
      sliding.push(state.kinks.length);
    }
    expect(Math.min(...sliding)).to.be.below(4);
    expect(Math.max(...sliding)).to.be.above(10);
  });

  it('gives the same bytes again', () => {
    const { at, result } = reluRun();
    const targets = [10, 100];
    const options = { tolerance: 1e-9, maxSteps: 3000 };
    const [first, second] = [0, 1].map(() =>
      followFlow(at, reference.theta0, { ...options, targets }),
    );
    expect(second.trajectory).to.deep.equal(first.trajectory);
    expect(second.slides).to.deep.equal(first.slides);
    const expected = pointAtTarget(result, 100);
    expect(pointAtTarget(first, 100).direction).to.deep.equal(expected.direction);
  });
});

describe('what approaches the Clarke flow', () => {
  const at = reference.objectiveWith(relu);
  const options = { tolerance: 1e-10, maxSteps: 3000 };

  it('is descent by small steps, like the size of the steps', function () {
    this.timeout(60_000);
    const { direction, logNorm } = pointAtTarget(reluRun().result, 10);
    const theta = direction.map((value) => Math.exp(logNorm) * value);
    const sizes = [0.1, 0.03, 0.01, 0.003];
    const errors = sizes.map((c) => {
      const { last, exact, angle } = bySmallSteps(at, theta, c, {
        ...options,
        descentSteps: 30_000,
      });
      expect(last.logNorm).to.be.closeTo(exact.logNorm, 0.01 * c);
      expect(last.logTime).to.be.closeTo(exact.logTime, 2 * c);
      return angle;
    });
    expect(errors[0]).to.be.below(2e-3);
    const order = Math.log(errors[0] / errors[3]) / Math.log(sizes[0] / sizes[3]);
    expect(order, errors.join()).to.be.within(0.8, 1.4);
  });

  it('are ramps, like their width', function () {
    this.timeout(60_000);
    const exact = pointAtTarget(reluRun().result, 10).direction;
    const errors = [1e-5, 1e-6, 1e-7].map((width) => {
      const ramped = reference.objectiveWith(rampedRelu(width));
      const tolerance = width < 1e-6 ? 1e-10 : 1e-9;
      const ramp = { ...options, tolerance, targets: [10] };
      const { last } = followFlow(ramped, reference.theta0, ramp);
      return angleBetween(last.direction, exact);
    });
    expect(errors[0]).to.be.within(1e-6, 2e-5);
    expect(errors[0] / errors[1], errors.join()).to.be.within(7, 13);
    expect(errors[2]).to.be.below(5e-7);
  });
});

/** The points of a 3×3 grid with a constant, three of them on every line, each given `copies` times. */
function gridProblem(seed: number, copies: number, scale = 1): Problem & { ramped: Problem['at'] } {
  const stream = randomStream(`grid ${seed}`);
  const [a, b] = [0, 1].map(() => [stream.normal(), stream.normal(), 0.3 * stream.normal()]);
  const inputs: number[] = [];
  const labels: number[] = [];
  for (let p = 0; p < 9 * copies; p++) {
    const x = [(p % 3) - 1, (Math.floor(p / 3) % 3) - 1, 1];
    const score = (w: number[]) => Math.max(0, w[0] * x[0] + w[1] * x[1] + w[2]);
    inputs.push(...x.map((value) => scale * value));
    labels.push(score(a) - score(b) > 0.05 ? 1 : -1);
  }
  const make = (pointwise: Pointwise) =>
    objective(
      twoLayer(3, 8, pointwise),
      Float64Array.from(inputs),
      Float64Array.from(labels),
      exponentialLoss,
    );
  const at = make(relu);
  const theta0 = initialise(at.network, 'he', randomStream(seed), 0.5);
  return { at, theta0, ramped: make(rampedRelu(1e-7)) };
}

describe('the Clarke flow where kinks depend on each other', () => {
  for (const copies of [1, 2]) {
    for (const seed of [1, 2, 3, 4]) {
      it(`goes on to α = 10⁵ on a grid, every point ${copies}×, seed ${seed}`, () => {
        const { at, theta0 } = gridProblem(seed, copies);
        const targets = [100, 1e5];
        const result = followFlow(at, theta0, { tolerance: 1e-9, targets, maxSteps: 2000 });
        expect(result.status, result.message).to.equal('finished');
        expectRisingMargin(result);
      });
    }
  }

  it('is what ramps come near to, with every point given twice', function () {
    this.timeout(60_000);
    const { at, theta0, ramped } = gridProblem(2, 2);
    const options = { targets: [-1, 1, 10], maxSteps: 5000 };
    const exact = followFlow(at, theta0, { ...options, tolerance: 1e-9 });
    const near = followFlow(ramped, theta0, { ...options, tolerance: 1e-10 });
    for (const target of options.targets) {
      const [a, b] = [exact, near].map((result) => pointAtTarget(result, target));
      expect(angleBetween(a.direction, b.direction)).to.be.below(5e-6);
    }
    expect(exact.slides!.length).to.be.above(0);
  });

  it('does not mind the length of the inputs', () => {
    for (const scale of [1e-3, 1e5]) {
      const { at, theta0 } = gridProblem(1, 1, scale);
      const result = followFlow(at, theta0, { tolerance: 1e-9, targets: [1e4], maxSteps: 3000 });
      expect(result.status, result.message).to.equal('finished');
    }
  });
});
