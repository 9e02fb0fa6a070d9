import { expect } from 'chai';
import {
  descend,
  followFlow,
  pointAt,
  pointsOf,
  type DescentOptions,
  type DescentResult,
  type StepRule,
} from '../../../src/flows/index.js';
import { exponentialLoss, objective } from '../../../src/losses/index.js';
import { linearModel, relu, squaredRelu, twoLayer } from '../../../src/networks/index.js';
import { angleBetween, norm } from '../../../src/numerics/vectors.js';
import { relativeError } from '../../helpers/finite-differences.js';
import { threeClasses } from '../../helpers/small-problems.js';

/** Three points in the plane with label 1, a linear model and the exponential loss. */
const inputs = Float64Array.of(1, 2, -1, 1, 2, 0.5);
const plane = objective(linearModel(2), inputs, Float64Array.of(1, 1, 1), exponentialLoss);
const start = Float64Array.of(-0.3, 0.2);

/** 𝓛 and −∇𝓛 of that problem, written down. */
function plain([a, b]: Float64Array): { risk: number; descent: Float64Array } {
  const descent = new Float64Array(2);
  let risk = 0;
  for (let i = 0; i < inputs.length; i += 2) {
    const loss = Math.exp(-(a * inputs[i] + b * inputs[i + 1]));
    risk += loss;
    descent[0] += loss * inputs[i];
    descent[1] += loss * inputs[i + 1];
  }
  return { risk, descent };
}

const basic = { untilAlpha: 1e6, maxSteps: 50, saveFactor: 1.05 };
const every = { ...basic, saveFactor: 1 + 1e-12 };

function thetaOf(result: DescentResult, row: number): Float64Array {
  const { direction, logNorm } = pointAt(result.trajectory, row);
  return direction.map((value) => Math.exp(logNorm) * value);
}

describe('descend with a constant step', () => {
  const rule: StepRule = { kind: 'constant', step: 0.05 };

  it('is θ ← θ − η∇𝓛', () => {
    const result = descend(plane, start, { ...basic, rule });
    const theta = start.slice();
    for (let step = 0; step < 50; step++) {
      const { descent } = plain(theta);
      for (let i = 0; i < 2; i++) theta[i] += 0.05 * descent[i];
    }
    const reached = thetaOf(result, result.trajectory.alpha.length - 1);
    expect(relativeError(reached, theta)).to.be.below(1e-13);
    expect(result.last.alpha).to.be.closeTo(-Math.log(plain(theta).risk), 1e-13);
    expect(result.last.logTime).to.be.closeTo(Math.log(50 * 0.05), 1e-12);
    expect([result.status, result.counts.accepted]).to.deep.equal(['max-steps', 50]);
  });

  it('ends with `step-underflow` once the steps are lost in rounding', () => {
    const one = objective(linearModel(1), Float64Array.of(1), Float64Array.of(1), exponentialLoss);
    const long: StepRule = { kind: 'constant', step: 100 };
    const result = descend(one, Float64Array.of(0.5), { ...basic, rule: long });
    expect(result.status).to.equal('step-underflow');
    expect(result.message).to.match(
      /^The step no longer changes the parameters: α = .* after \d+ /,
    );
    expect(result.last.alpha).to.be.above(36);
  });

  it('ends so, too, where every unit is off', () => {
    const dead = objective(
      twoLayer(1, 1, relu),
      Float64Array.of(1),
      Float64Array.of(1),
      exponentialLoss,
    );
    for (const dying of [rule, { kind: 'relative', c: 0.1, cap: 0.1 } as const]) {
      const result = descend(dead, Float64Array.of(-1, 1), { ...basic, rule: dying });
      expect(result.status).to.equal('step-underflow');
    }
  });
});

describe('descend with a step scaled by the loss', () => {
  it('is θ − (a/𝓛)∇𝓛, and a grows by 2^{1/5} after each step that lowers the loss', () => {
    const rule: StepRule = { kind: 'loss-scaled', start: 0.01 };
    const result = descend(plane, start, { ...basic, maxSteps: 20, rule });
    const theta = start.slice();
    let a = 0.01;
    for (let step = 0; step < 20; step++, a *= 2 ** 0.2) {
      const { risk, descent } = plain(theta);
      for (let i = 0; i < 2; i++) theta[i] += (a / risk) * descent[i];
    }
    const reached = thetaOf(result, result.trajectory.alpha.length - 1);
    expect(relativeError(reached, theta)).to.be.below(1e-12);
    expect([result.counts.accepted, result.counts.rejected]).to.deep.equal([20, 0]);
  });

  it('undoes a step that raises the loss, and shrinks a by 2^{1/10}', () => {
    // One weight and two opposite margins: the optimum is finite, and a long step overshoots it.
    const at = objective(
      linearModel(1),
      Float64Array.of(1, -2),
      Float64Array.of(1, 1),
      exponentialLoss,
    );
    const rule: StepRule = { kind: 'loss-scaled', start: 4 };
    const alphas: number[] = [];
    const options = {
      ...basic,
      rule,
      onStep: (_steps: number, alpha: number) => alphas.push(alpha),
    };
    const result = descend(at, Float64Array.of(1), { ...options, maxSteps: 30 });
    const risk = (t: number) => Math.exp(-t) + Math.exp(2 * t);
    let [t, a, undone] = [1, 4, 0];
    for (let step = 0; step < 30; step++) {
      const next = t + (a / risk(t)) * (Math.exp(-t) - 2 * Math.exp(2 * t));
      if (risk(next) < risk(t)) {
        t = next;
        a *= 2 ** 0.2;
      } else {
        undone++;
        a /= 2 ** 0.1;
      }
      expect(alphas[step]).to.be.closeTo(-Math.log(risk(t)), 1e-12);
    }
    expect(undone).to.be.within(5, 29);
    expect(result.counts.rejected).to.equal(undone);
  });

  it('passes α = 1000, where the risk is e^{−1000}', () => {
    const { at, theta0 } = threeClasses();
    const rule: StepRule = { kind: 'loss-scaled', start: 0.01 };
    const result = descend(at, theta0, { ...basic, rule, untilAlpha: 1000, maxSteps: 5000 });
    expect(result.status).to.equal('finished');
    expect(result.last.alpha).to.be.within(1000, 3000);
    expect(result.last.smallestMargin).to.be.above(0.05);
    expect(result.marks.map(({ name }) => name)).to.deep.equal(['separation']);
  });
});

describe('descend with a step of relative length', () => {
  const { at, theta0 } = threeClasses();
  const rule: StepRule = { kind: 'relative', c: 0.05, cap: 0.02 };
  const result = descend(at, theta0, { ...every, rule, untilAlpha: 10, maxSteps: 2000 });
  const rows = result.trajectory.alpha.length;

  it('moves by min(cap, c/α) of the norm', () => {
    let unbounded = 0;
    for (let row = 1; row < rows; row++) {
      const before = thetaOf(result, row - 1);
      const moved = thetaOf(result, row).map((value, i) => value - before[i]);
      const { alpha } = pointAt(result.trajectory, row - 1);
      const { clock } = pointAt(result.trajectory, row);
      if (clock - pointAt(result.trajectory, row - 1).clock !== 1) continue;
      const share = alpha > 0 ? Math.min(0.02, 0.05 / alpha) : 0.02;
      expect(norm(moved) / norm(before) / share).to.be.closeTo(1, 1e-10);
      if (share < 0.02) unbounded++;
    }
    expect(unbounded).to.be.above(20);
  });

  it('adds the angle of every step to the path', () => {
    const late = pointsOf(result.trajectory).filter(({ alpha }) => alpha > 0.5);
    late.slice(1).forEach((point, k) => {
      expect(point.clock).to.equal(late[k].clock + 1);
      const angle = angleBetween(late[k].direction, point.direction);
      expect(point.pathLength - late[k].pathLength).to.be.closeTo(angle, 1e-13);
    });
  });

  it('compares the mean of the steps with θ', () => {
    for (let row = 1; row < rows; row++) {
      const theta = thetaOf(result, row);
      const before = thetaOf(result, row - 1);
      const moved = theta.map((value, i) => value - before[i]);
      const cosine = Math.cos(angleBetween(moved, theta));
      expect(result.averagedAlignment[row]).to.be.closeTo(cosine, 1e-9);
    }
    expect(result.averagedAlignment[0]).to.be.NaN;
  });

  it('meets the gradient flow as c → 0, at first order', () => {
    const angles = [0.04, 0.02, 0.01].map((c) => {
      const small: StepRule = { kind: 'relative', c, cap: c };
      const options = { ...basic, rule: small, untilAlpha: 10, maxSteps: 5000 };
      const { last } = descend(at, theta0, options);
      const flow = followFlow(at, theta0, {
        tolerance: 1e-9,
        targets: [last.alpha],
        maxSteps: 1000,
      });
      return angleBetween(last.direction, flow.last.direction);
    });
    expect(angles[2]).to.be.below(0.01);
    expect(Math.log2(angles[0] / angles[1])).to.be.within(0.8, 1.2);
    expect(Math.log2(angles[1] / angles[2])).to.be.within(0.85, 1.15);
  });
});

describe('descend', () => {
  const rule: StepRule = { kind: 'relative', c: 0.05, cap: 0.05 };
  const { at, theta0 } = threeClasses();
  const options: DescentOptions = { ...basic, rule, untilAlpha: 20, maxSteps: 5000 };

  it('saves the start, the end and every growth of α by the factor', () => {
    const { trajectory, last, status } = descend(at, theta0, options);
    expect(status).to.equal('finished');
    const alphas = [...trajectory.alpha];
    expect(alphas[alphas.length - 1]).to.equal(last.alpha);
    expect(last.alpha).to.be.at.least(20);
    alphas.slice(1, -1).forEach((alpha, k) => {
      if (alphas[k] > 0) expect(alpha).to.be.at.least(1.05 * alphas[k]);
    });
    expect(trajectory.clock[0]).to.equal(0);
  });

  it('leaves θ₀ alone and gives the same numbers again', () => {
    const copy = theta0.slice();
    const first = descend(at, theta0, options);
    expect(theta0).to.deep.equal(copy);
    expect(descend(at, theta0, options).trajectory).to.deep.equal(first.trajectory);
  });

  it('can be interrupted', () => {
    const signal = { aborted: false };
    const onStep = (steps: number) => {
      signal.aborted = steps === 3;
    };
    const { status, counts, message } = descend(at, theta0, { ...options, signal, onStep });
    expect([status, counts.accepted]).to.deep.equal(['interrupted', 3]);
    expect(message).to.match(/^The run was interrupted: α = .* after 3 steps\.$/);
  });

  it('ends with `not-finite` where the data are not', () => {
    const broken = objective(
      linearModel(1),
      Float64Array.of(NaN),
      Float64Array.of(1),
      exponentialLoss,
    );
    const { status, message } = descend(broken, Float64Array.of(1), options);
    expect(status).to.equal('not-finite');
    expect(message).to.equal('The risk is not finite: α = NaN after 0 steps.');
  });

  it('measures a network without a degree as it is', () => {
    const network = twoLayer(2, 3, squaredRelu, { bias: true });
    const biased = objective(network, inputs, Float64Array.of(1, -1, 1), exponentialLoss);
    const theta = Float64Array.from({ length: 13 }, (_, i) => Math.sin(3 * i + 1));
    const { last } = descend(biased, theta, { ...options, maxSteps: 5 });
    const length = Math.exp(last.logNorm);
    const margins = biased.margins(last.direction.map((value) => length * value));
    expect(last.smallestMargin).to.be.closeTo(Math.min(...margins), 1e-12);
  });

  const refused: [Partial<DescentOptions>, string][] = [
    [{ rule: { kind: 'constant', step: 0 } }, "A 'constant' step needs positive sizes; got 0."],
    [
      { rule: { kind: 'relative', c: 0.1, cap: NaN } },
      "A 'relative' step needs positive sizes; got 0.1, NaN.",
    ],
    [
      { rule: { kind: 'loss-scaled', start: Infinity } },
      "A 'loss-scaled' step needs positive sizes; got Infinity.",
    ],
    [{ maxSteps: 0 }, 'maxSteps is at least 1; got 0.'],
    [{ saveFactor: 1 }, 'saveFactor is larger than 1; got 1.'],
  ];
  for (const [part, message] of refused) {
    it(`refuses options in a sentence: ${message}`, () => {
      expect(() => descend(at, theta0, { ...options, ...part })).to.throw(message);
    });
  }

  it('refuses a start that does not fit', () => {
    expect(() => descend(at, new Float64Array(2), options)).to.throw(
      'has 30 parameters; θ₀ has 2.',
    );
    expect(() => descend(at, new Float64Array(30), options)).to.throw(
      'θ₀ needs finite numbers that are not all zero.',
    );
  });
});
