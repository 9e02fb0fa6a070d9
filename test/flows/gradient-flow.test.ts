import { expect } from 'chai';
import {
  flowSteps,
  followFlow,
  followFlowAsync,
  pointAt,
  separation,
  type FlowPoint,
  type FlowResult,
  type GradientFlowOptions,
} from '../../src/flows/index.js';
import { exponentialLoss, logisticLoss, objective } from '../../src/losses/index.js';
import {
  activation,
  dense,
  identity,
  linearModel,
  serial,
  squaredRelu,
  twoLayer,
} from '../../src/networks/index.js';
import { logAddExp } from '../../src/numerics/logarithms.js';
import { angleBetween } from '../../src/numerics/vectors.js';
import { pointAtTarget, referenceFlow, squaredReluRun } from '../helpers/reference-flow.js';
import { arcs, threeClasses } from '../helpers/small-problems.js';

const basic: GradientFlowOptions = { tolerance: 1e-8, targets: [10, 100], maxSteps: 2000 };

function bytesOf({ trajectory }: FlowResult): Uint8Array {
  const columns = [
    trajectory.clock,
    trajectory.logTime,
    trajectory.logNorm,
    trajectory.alpha,
    trajectory.pathLength,
    trajectory.directions,
  ];
  return Uint8Array.from(columns.flatMap((column) => [...new Uint8Array(column.buffer)]));
}

describe('followFlow', () => {
  const { at, theta0 } = threeClasses();
  const result = followFlow(at, theta0, basic);

  it('starts at θ₀ and saves every accepted step', () => {
    const { trajectory, counts } = result;
    const start = pointAt(trajectory, 0);
    expect(angleBetween(start.direction, theta0)).to.be.below(1e-15);
    expect([start.clock, start.pathLength, start.logTime]).to.deep.equal([0, 0, -Infinity]);
    expect(trajectory.alpha.length).to.equal(counts.accepted + 1);
    expect(pointAt(trajectory, counts.accepted)).to.deep.equal(result.last);
  });

  it('has a clock, a time, an α and a path length that only grow', () => {
    const { clock, logTime, alpha, pathLength } = result.trajectory;
    for (const column of [clock, logTime, alpha, pathLength]) {
      for (let k = 1; k < column.length; k++) expect(column[k]).to.be.above(column[k - 1]);
    }
  });

  it('stays on the unit sphere', () => {
    for (let k = 0; k < result.trajectory.alpha.length; k++) {
      expect(Math.hypot(...pointAt(result.trajectory, k).direction)).to.be.closeTo(1, 1e-14);
    }
  });

  it('gives the same bytes again, and at once or in turns', async () => {
    const bytes = bytesOf(result);
    expect(bytesOf(followFlow(at, theta0, basic))).to.deep.equal(bytes);
    expect(bytesOf(await followFlowAsync(at, theta0, basic))).to.deep.equal(bytes);
    const again = threeClasses();
    expect(bytesOf(followFlow(again.at, again.theta0, basic))).to.deep.equal(bytes);
  });

  it('leaves θ₀ alone', () => {
    expect(theta0).to.deep.equal(threeClasses().theta0);
  });

  it('is as accurate as its tolerance, whatever the method', () => {
    const options = { ...basic, targets: [100] };
    const exact = followFlow(at, theta0, { ...options, tolerance: 1e-11 }).last;
    for (const method of ['auto', 'explicit', 'implicit'] as const) {
      for (const tolerance of [1e-5, 1e-7, 1e-9]) {
        const { last } = followFlow(at, theta0, { ...options, tolerance, method });
        expect(angleBetween(last.direction, exact.direction)).to.be.below(100 * tolerance);
        expect(last.pathLength).to.be.closeTo(exact.pathLength, 1000 * tolerance);
      }
    }
  });

  it('meets the same directions with the logistic loss late, where the losses agree', () => {
    const theta = theta0.map((value) => 4 * value);
    const options = { ...basic, targets: [1000], tolerance: 1e-9 };
    const exponential = followFlow(at, theta, options).trajectory;
    const start = pointAt(
      exponential,
      exponential.alpha.findIndex((alpha) => alpha > 40),
    );
    const length = Math.exp(start.logNorm);
    const later = start.direction.map((value) => length * value);
    const { last } = followFlow(threeClasses(logisticLoss).at, later, options);
    const expected = pointAt(exponential, exponential.alpha.length - 1);
    expect(angleBetween(last.direction, expected.direction)).to.be.below(1e-7);
  });

  it('ends where another flow may go on: a restart equals the straight-through run', () => {
    const reference = referenceFlow('squared-relu');
    const problem = reference.objectiveWith(squaredRelu);
    const options = { tolerance: 1e-10, maxSteps: 5000 };
    const straight = followFlow(problem, reference.theta0, { ...options, targets: [1000] }).last;
    const half = followFlow(problem, reference.theta0, { ...options, targets: [100] }).last;
    const length = Math.exp(half.logNorm);
    const theta = half.direction.map((value) => length * value);
    const rest = followFlow(problem, theta, { ...options, targets: [1000] }).last;
    expect(angleBetween(rest.direction, straight.direction)).to.be.below(1e-8);
    expect(rest.logNorm).to.be.closeTo(straight.logNorm, 1e-9);
    expect(half.pathLength + rest.pathLength).to.be.closeTo(straight.pathLength, 1e-7);
    expect(logAddExp(half.logTime, rest.logTime)).to.be.closeTo(straight.logTime, 1e-6);
  });

  it('turns implicit when the equations turn stiff, and then takes few steps', () => {
    const { result: long } = squaredReluRun();
    const marked = long.marks.find(({ name }) => name === 'implicit from here')!;
    const steps = long.trajectory.clock.filter((clock) => clock > marked.point.clock).length;
    expect(marked.point.alpha).to.be.below(1000);
    expect(steps).to.be.below(500);
  });
});

describe('the end of a flow', () => {
  const { at, theta0 } = arcs();

  it('is `finished` at the last target', () => {
    const { status, message, last } = followFlow(at, theta0, { ...basic, targets: [2, 3] });
    expect(status).to.equal('finished');
    expect(message).to.equal('The run reached its last target, α = 3.00000.');
    expect(last.alpha).to.be.closeTo(3, 1e-9);
  });

  it('is at the start where every target has been met there', () => {
    const { status, counts, marks } = followFlow(at, theta0, { ...basic, targets: [-50, -40] });
    expect([status, counts.accepted, marks.length]).to.deep.equal(['finished', 0, 0]);
  });

  it('is `event` at a stopping event', () => {
    const stop = { ...separation, stop: true };
    const { status, message, last } = followFlow(at, theta0, { ...basic, events: [stop] });
    expect(status).to.equal('event');
    expect(message).to.match(/^The run ended at its event 'separation', α = -0\.944\d+\.$/);
    expect(last.smallestMargin).to.be.closeTo(0, 1e-9);
  });

  it('is `max-steps` when the steps are used up', () => {
    const { status, message, counts } = followFlow(at, theta0, { ...basic, maxSteps: 7 });
    expect(status).to.equal('max-steps');
    expect(message).to.match(
      /^The run used up its 7 steps at α = .*; allow more steps, or a larger/,
    );
    expect(counts.accepted).to.equal(7);
  });

  it('is `interrupted` by the signal', () => {
    const signal = { aborted: false };
    const onStep = (_point: FlowPoint, { accepted }: { accepted: number }) => {
      if (accepted === 5) signal.aborted = true;
    };
    const { status, message, counts } = followFlow(at, theta0, { ...basic, signal, onStep });
    expect([status, counts.accepted]).to.deep.equal(['interrupted', 5]);
    expect(message).to.match(/^The run was interrupted at α = /);
  });

  it('is `not-finite` where the data are not', () => {
    const inputs = Float64Array.of(1, NaN);
    const broken = objective(linearModel(2), inputs, Float64Array.of(1), exponentialLoss);
    for (const method of ['auto', 'explicit', 'implicit', 'full-implicit'] as const) {
      const { status, message } = followFlow(broken, Float64Array.of(1, 1), { ...basic, method });
      expect(status).to.equal('not-finite');
      expect(message).to.equal('The velocity is not finite at α = NaN.');
    }
  });

  it('comes where a start leads to rest, there or where nothing changes any more', () => {
    // All output weights are negative, so that the one example, labelled +1, switches its units off.
    const network = twoLayer(2, 2, squaredRelu);
    const problem = objective(network, Float64Array.of(1, 2), Float64Array.of(1), exponentialLoss);
    const start = Float64Array.of(0.5, 0.4, 0.2, 0.3, -1, -0.7);
    const late = { ...basic, method: 'implicit' } as const;
    expect(followFlow(problem, start, late).status).to.equal('stalled');
    const result = followFlow(problem, start, { ...late, goOnAtRest: true });
    expect(result.status).to.equal('step-underflow');
    expect(result.message).to.match(
      /^Nothing changes any more at α = .*0\.00000: the clock has outgrown all numbers\.$/,
    );
    expect(result.last.alpha).to.be.closeTo(0, 1e-6);
  });

  it('claims no target beyond a wall where the network stops being finite', () => {
    const wall = { ...identity, name: 'wall', value: (z: number) => (z < 0.9 ? z : NaN) };
    const network = serial('wall', [dense(2, 1), activation(1, wall)]);
    const inputs = Float64Array.of(1, 0);
    const problem = objective(network, inputs, Float64Array.of(1), exponentialLoss);
    for (const method of ['explicit', 'implicit'] as const) {
      const result = followFlow(problem, Float64Array.of(0, 1), { ...basic, method });
      expect(result.status).to.be.oneOf(['step-underflow', 'not-finite']);
      expect(result.marks).to.deep.equal([]);
      expect(result.last.direction[0]).to.be.closeTo(0.9, 1e-6);
    }
  });
});

describe('flowSteps', () => {
  it('yields the start and every accepted point, and returns the result', () => {
    const { at, theta0 } = threeClasses();
    const seen: number[] = [];
    const steps = flowSteps(at, theta0, basic);
    for (;;) {
      const step = steps.next();
      if (step.done) {
        expect(seen).to.deep.equal([...step.value.trajectory.alpha]);
        return;
      }
      seen.push(step.value.alpha);
    }
  });
});

describe('the options of a flow', () => {
  const { at, theta0 } = threeClasses();
  const refused: [string, Partial<GradientFlowOptions>, string][] = [
    ['a tolerance of 0', { tolerance: 0 }, 'The tolerance lies between 0 and 1; got 0.'],
    ['a tolerance of NaN', { tolerance: NaN }, 'The tolerance lies between 0 and 1; got NaN.'],
    [
      'no target',
      { targets: [] },
      'The targets of α are increasing finite numbers, at least one; got [].',
    ],
    [
      'targets that do not increase',
      { targets: [1, 3, 3] },
      'The targets of α are increasing finite numbers, at least one; got [1, 3, 3].',
    ],
    ['an infinite target', { targets: [1, Infinity] }, 'got [1, Infinity].'],
    ['no steps', { maxSteps: 0 }, 'maxSteps is at least 1; got 0.'],
    [
      'two events of one name',
      { events: [separation, separation] },
      "Two events are called 'separation'.",
    ],
  ];
  for (const [title, options, message] of refused) {
    it(`refuse ${title}`, () => {
      expect(() => followFlow(at, theta0, { ...basic, ...options })).to.throw(message);
    });
  }

  it('refuse a start that does not fit', () => {
    const name = at.network.name;
    expect(() => followFlow(at, new Float64Array(3), basic)).to.throw(
      `'${name}' has 30 parameters; θ₀ has 3.`,
    );
    const message = 'θ₀ needs finite numbers that are not all zero.';
    expect(() => followFlow(at, new Float64Array(30), basic)).to.throw(message);
    expect(() => followFlow(at, new Float64Array(30).fill(NaN), basic)).to.throw(message);
  });

  it('refuse a network without a degree', () => {
    const network = serial('biased', [
      dense(2, 2),
      activation(2, squaredRelu),
      dense(2, 1, { bias: true, name: 'output' }),
    ]);
    const biased = objective(network, Float64Array.of(1, 2), Float64Array.of(1), exponentialLoss);
    expect(() => followFlow(biased, new Float64Array(7).fill(1), basic)).to.throw(
      'The flow in direction and log-norm needs a homogeneous network, and this one is not: ',
    );
  });
});

describe('pointAtTarget of the long reference run', () => {
  it('lands on targets up to 10⁷, each to nine digits', () => {
    const { result } = squaredReluRun();
    for (const target of [10, 100, 1e3, 1e4, 1e5, 1e6, 1e7]) {
      expect(pointAtTarget(result, target).alpha / target).to.be.closeTo(1, 1e-9);
    }
  });
});

describe('what a trajectory keeps', () => {
  const { at, theta0 } = arcs();
  const options = { tolerance: 1e-7, targets: [3, 10], maxSteps: 5000 };

  it('is every step, or the start, the targets and the end, at the same points', () => {
    const steps = followFlow(at, theta0, options);
    const marks = followFlow(at, theta0, { ...options, keep: 'marks' });
    expect(steps.trajectory.alpha.length).to.equal(steps.counts.accepted + 1);
    expect(marks.trajectory.alpha.length).to.be.below(6);
    expect(marks.trajectory.alpha[0]).to.equal(steps.trajectory.alpha[0]);
    expect(marks.trajectory.alpha.at(-1)).to.equal(steps.trajectory.alpha.at(-1));
    expect([...marks.last.direction]).to.deep.equal([...steps.last.direction]);
  });

  it('ends with the last point, marked or not', () => {
    const { trajectory, last } = followFlow(at, theta0, { ...options, keep: 'marks', maxSteps: 3 });
    expect(trajectory.alpha.at(-1)).to.equal(last.alpha);
  });
});
