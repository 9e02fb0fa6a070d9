import { expect } from 'chai';
import { reluReference, slopeError } from '../../../src/cli/bench/relu-problem.js';
import { planarProblem } from '../../../src/experiments/index.js';
import { followFlow, type FlowResult } from '../../../src/flows/index.js';
import { advance, startRun } from '../../../src/flows/running-flow.js';
import {
  exponentialLoss,
  logisticLoss,
  objective,
  requireSerialObjective,
} from '../../../src/losses/index.js';
import {
  deep,
  initialise,
  leakyRelu,
  rampedRelu,
  relu,
  twoLayer,
  type Pointwise,
} from '../../../src/networks/index.js';
import { randomStream } from '../../../src/numerics/random.js';
import { angleBetween, dot } from '../../../src/numerics/vectors.js';
import type { Problem } from '../../helpers/small-problems.js';
import { pointAtTarget } from '../../helpers/reference-flow.js';

const common = { tolerance: 1e-9, maxSteps: 5000 };

/** Points of the plane in three classes, or in two, and a deep network. */
function planeOf(classes: number, pointwise: Pointwise, widths: readonly number[]): Problem {
  const stream = randomStream(`plane ${classes}`);
  const inputs: number[] = [];
  const labels: number[] = [];
  for (let i = 0; i < 15; i++) {
    const kind = i % classes;
    const angle = (2 * Math.PI * kind) / classes;
    inputs.push(
      Math.cos(angle) + 0.4 * stream.normal(),
      Math.sin(angle) + 0.4 * stream.normal(),
      1,
    );
    labels.push(classes === 2 ? 2 * kind - 1 : kind);
  }
  const network =
    widths.length === 1
      ? twoLayer(3, widths[0], pointwise, { outputs: classes === 2 ? 1 : classes })
      : deep([3, ...widths, classes === 2 ? 1 : classes], pointwise);
  const loss = classes === 2 ? exponentialLoss : logisticLoss;
  const at = objective(
    network,
    Float64Array.from(inputs),
    Float64Array.from(labels),
    loss,
    classes,
  );
  return { at, theta0: initialise(network, 'he', randomStream(`start ${classes}`), 1) };
}

const kinksOf = (result: FlowResult, target: number) =>
  pointAtTarget(result, target)
    .kinks!.map(({ example, unit, slope }) => [example, unit, slope] as const)
    .sort(([a, i], [b, j]) => a - b || i - j);

describe('the explicit method on kinks', () => {
  const planar = planarProblem('relu', 3);
  const cases: [string, Problem][] = [
    [
      'two classes',
      { at: requireSerialObjective(planar.objective, 'A test'), theta0: planar.theta0 },
    ],
    ['three classes and the logistic loss', planeOf(3, relu, [6])],
    ['leaky units', planeOf(2, leakyRelu(0.1), [6])],
    ['two layers of kinks', planeOf(2, relu, [5, 5])],
  ];
  for (const [title, { at, theta0 }] of cases) {
    it(`comes where the implicit one comes, on the same kinks: ${title}`, function () {
      this.timeout(60_000);
      const targets = [-1, 1, 10, 2000];
      const follow = (method: 'auto' | 'implicit') =>
        followFlow(at, theta0, { ...common, targets, method });
      const [auto, implicit] = [follow('auto'), follow('implicit')];
      expect([auto.status, implicit.status]).to.deep.equal(['finished', 'finished']);
      expect(auto.marks.some(({ name }) => name === 'implicit from here')).to.be.true;
      for (const target of targets) {
        const [a, b] = [auto, implicit].map((result) =>
          result.marks.find(({ name }) => name === `alpha ${target}`),
        );
        expect(a === undefined).to.equal(b === undefined);
        if (!a || !b) continue;
        expect(angleBetween(a.point.direction, b.point.direction)).to.be.below(1e-7);
        expect(a.point.logNorm).to.be.closeTo(b.point.logNorm, 1e-7);
        expect(a.point.logTime).to.be.closeTo(b.point.logTime, 1e-5);
        expect(a.point.pathLength).to.be.closeTo(b.point.pathLength, 1e-6);
        expect(a.point.alignmentAngle!).to.be.closeTo(b.point.alignmentAngle!, 1e-5);
        const [own, other] = [auto, implicit].map((result) => kinksOf(result, target));
        expect(own.map(([example, unit]) => [example, unit])).to.deep.equal(
          other.map(([example, unit]) => [example, unit]),
        );
        own.forEach(([, , slope], k) => expect(slope).to.be.closeTo(other[k][2], 1e-4));
      }
      const places = ({ slides }: FlowResult) =>
        slides!.map(({ example, unit }) => `${example} ${unit}`).sort();
      expect(places(auto)).to.deep.equal(places(implicit));
      expect(places(auto)).not.to.have.length(0);
    });
  }

  it('tells of the same stretches on kinks before and after the change of method', () => {
    const { objective: at, theta0 } = planar;
    const result = followFlow(at, theta0, { ...common, targets: [1e4] });
    const change = result.marks.find(({ name }) => name === 'implicit from here')!.point;
    expect(change.kinks).not.to.have.length(0);
    const name = ({ example, unit }: { example: number; unit: number }) => `${example} ${unit}`;
    const during = result.slides!.filter(
      ({ fromAlpha, toAlpha = Infinity }) => fromAlpha <= change.alpha && change.alpha < toAlpha,
    );
    expect(during.map(name).sort()).to.deep.equal(change.kinks!.map(name).sort());
    const open = result.slides!.filter(({ toAlpha }) => toAlpha === undefined);
    expect(open.map(name).sort()).to.deep.equal(result.last.kinks!.map(name).sort());
  });

  it('gives the same bytes again', () => {
    const { at, theta0 } = planeOf(2, relu, [5, 5]);
    const [first, second] = [0, 1].map(() => followFlow(at, theta0, { ...common, targets: [100] }));
    expect(second).to.deep.equal(first);
  });
});

describe('the Clarke flow of a network with several layers of kinks', () => {
  const problem = planeOf(2, relu, [5, 5]);
  const targets = [1, 10];
  const exact = followFlow(problem.at, problem.theta0, { ...common, targets });

  it('is what ramps come near to, like their width', function () {
    this.timeout(120_000);
    for (const [width, most] of [
      [1e-4, 1e-2],
      [1e-6, 1e-4],
    ]) {
      const { at, theta0 } = planeOf(2, rampedRelu(width), [5, 5]);
      const ramped = followFlow(at, theta0, { ...common, targets });
      for (const target of targets) {
        const [a, b] = [exact, ramped].map((result) => pointAtTarget(result, target).direction);
        expect(angleBetween(a, b)).to.be.below(most);
      }
    }
  });

  it('slides on kinks of both layers, on which the sliding examples stay', () => {
    const result = followFlow(problem.at, problem.theta0, { ...common, targets: [10, 1e5] });
    expect(result.status).to.equal('finished');
    const layers = new Set(result.slides!.map(({ unit }) => (unit < 5 ? 0 : 1)));
    expect([...layers].sort()).to.deep.equal([0, 1]);
    for (const { point } of result.marks) {
      problem.at.margins(point.direction);
      for (const { example, unit, slope } of point.kinks!) {
        const z = problem.at.evaluator.layerOutput(unit < 5 ? 0 : 2);
        expect(Math.abs(z[example * 5 + (unit % 5)])).to.be.below(1e-9);
        expect(slope).to.be.within(-1e-6, 1 + 1e-6);
      }
    }
  });

  it('never loses smoothed margin', () => {
    const { trajectory } = followFlow(problem.at, problem.theta0, { ...common, targets: [1e5] });
    const { alpha, logNorm } = trajectory;
    for (let k = 1; k < alpha.length; k++) {
      if (alpha[k - 1] < 0.5) continue;
      const kept = alpha[k] / alpha[k - 1] / Math.exp(3 * (logNorm[k] - logNorm[k - 1]));
      expect(1 - kept).to.be.below(1e-8);
    }
  });

  it('obeys the chain rule dα/dτ = β‖v‖² before the change of method', () => {
    const options = { ...common, targets: [5] };
    const flow = startRun(problem.at, problem.theta0, options);
    const { system } = flow.kinked!.piecewise;
    for (let step = 0; !flow.dual && flow.run.nextTarget === 0; step++) {
      expect(advance(flow, options)).to.equal(undefined);
      if (step % 20 !== 0) continue;
      const { y, slope } = flow.kinked!;
      const n = problem.at.parameters;
      const h = 1e-5 / Math.max(1, Math.hypot(...slope.subarray(0, n + 1)));
      const alphaAt = (t: number) =>
        problem.at.alpha(
          y.slice(0, n).map((value, i) => value + t * slope[i]),
          Math.exp(system.degree * (y[n] + t * slope[n])),
        );
      const beta = Math.exp(system.degree * y[n]);
      const speed = slope[n] ** 2 + dot(slope.subarray(0, n), slope.subarray(0, n));
      expect((alphaAt(h) - alphaAt(0)) / h / (beta * speed)).to.be.closeTo(1, 2e-2);
    }
  });
});

describe('the slopes on kinks that the explicit method meets', function () {
  this.timeout(60_000);
  const { start } = reluReference();
  // At a loose tolerance, against a run that is much stricter.
  const cases = [
    ['exponential', 2, 20, 5e-5],
    ['logistic', 2, 10, 3e-4],
  ] as const;
  for (const [loss, k, target, most] of cases) {
    it(`are as good as the direction lets them be: ${loss} loss, start ${k}`, () => {
      const { objective: at, theta0 } = start(loss, k);
      const pointOf = (tolerance: number) => {
        const result = followFlow(at, theta0, { tolerance, targets: [target], maxSteps: 5000 });
        return pointAtTarget(result, target);
      };
      const exact = pointOf(1e-11);
      const slopes = exact.kinks!.map(
        ({ example, unit, slope }) => [example, unit, slope] as const,
      );
      expect(slopes.length).to.be.above(0);
      const row = { direction: [...exact.direction], kinks: slopes };
      expect(slopeError([pointOf(3e-7)], [row])).to.be.below(most);
    });
  }
});
