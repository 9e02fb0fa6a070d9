import { expect } from 'chai';
import { followFlow, separation, type GradientFlowOptions } from '../../src/flows/index.js';
import { advance, startRun } from '../../src/flows/running-flow.js';
import { norm } from '../../src/numerics/vectors.js';
import { arcs, threeClasses } from '../helpers/small-problems.js';

const basic: GradientFlowOptions = { tolerance: 1e-8, targets: [10, 100], maxSteps: 2000 };

describe('landing', () => {
  const { at, theta0 } = threeClasses();
  const landedOn = (options: Partial<GradientFlowOptions>) =>
    followFlow(at, theta0, { ...basic, ...options }).marks.filter(
      ({ name }) => name !== 'implicit from here',
    );

  it('meets every target of α, positive or not', () => {
    const targets = [-5, -1, 0, 1e-3, 1, 99, 99.5, 1000];
    const marks = landedOn({ targets });
    expect(marks.map(({ name }) => name)).to.deep.equal(targets.map((t) => `alpha ${t}`));
    marks.forEach(({ point }, k) => {
      expect(point.alpha).to.be.closeTo(targets[k], 1e-9 * Math.max(1, Math.abs(targets[k])));
    });
  });

  it('meets targets that lie close together, in one step or in many', () => {
    const targets = [10, 10 + 1e-6, 10 + 2e-6, 11];
    landedOn({ targets }).forEach(({ point }, k) => {
      expect(point.alpha).to.be.closeTo(targets[k], 1e-9);
    });
  });

  it('meets events of any quantity, in the order in which they happen', () => {
    const events = [
      { name: 'far', value: ({ pathLength }: { pathLength: number }) => pathLength - 0.9 },
      { name: 'big', value: ({ logNorm }: { logNorm: number }) => logNorm - 1.7 },
      separation,
      { name: 'late', value: ({ logTime }: { logTime: number }) => logTime - 50 },
    ];
    const marks = landedOn({ events, targets: [1000] });
    expect(marks.map(({ name }) => name)).to.deep.equal([
      'separation',
      'big',
      'far',
      'late',
      'alpha 1000',
    ]);
    expect(marks[0].point.smallestMargin).to.be.closeTo(0, 1e-9);
    expect(marks[1].point.logNorm).to.be.closeTo(1.7, 1e-9);
    expect(marks[2].point.pathLength).to.be.closeTo(0.9, 1e-9);
    expect(marks[3].point.logTime).to.be.closeTo(50, 1e-9);
  });

  it('does not bend the curve', () => {
    const plain = followFlow(at, theta0, { ...basic, targets: [100] }).last;
    const targets = Array.from({ length: 60 }, (_, k) => 1.08 ** k);
    const often = followFlow(at, theta0, { ...basic, targets: [...targets, 100] }).last;
    often.direction.forEach((value, i) => {
      expect(value).to.be.closeTo(plain.direction[i], 1e-7);
    });
  });

  it('leaves no mark for what holds at the start', () => {
    const holds = { name: 'holds', value: () => 1 };
    const names = landedOn({ targets: [-1000, 10], events: [holds] }).map(({ name }) => name);
    expect(names).to.deep.equal(['alpha 10']);
  });

  it('marks an event once, and none whose value is never a number', () => {
    const twice = {
      name: 'twice',
      value: ({ alpha }: { alpha: number }) => 1 - (alpha - 3) ** 2,
    };
    const never = { name: 'never', value: () => NaN };
    const names = landedOn({ targets: [20], events: [twice, never] }).map(({ name }) => name);
    expect(names).to.deep.equal(['twice', 'alpha 20']);
  });

  it('comes nearer first where a shorter step than the one tried cannot be solved', () => {
    const options: GradientFlowOptions = { ...basic, targets: [10], method: 'explicit' };
    const flow = startRun(at, theta0, options);
    const { run, direct } = flow;
    const { stepper } = direct;
    // A method that refuses, of the steps it has not been asked to try first, those above 1e-3.
    direct.stepper = {
      ...stepper,
      attempt(y, slope, h) {
        const attempt = stepper.attempt(y, slope, h);
        return { ...attempt, solved: h === run.step || h < 1e-3 };
      },
    };
    for (let step = 0; step < 500 && run.nextTarget === 0; step++) {
      expect(advance(flow, options)).to.equal(undefined);
    }
    expect(run.marks.map(({ name }) => name)).to.deep.equal(['alpha 10']);
    expect(run.point.alpha).to.be.closeTo(10, 1e-8);
    expect(run.counts.rejected).to.be.above(0);
  });
});

describe('the change of method', () => {
  const { at, theta0 } = arcs();
  const marksOf = (method: GradientFlowOptions['method']) =>
    followFlow(at, theta0, { ...basic, targets: [1], method }).marks.map(({ name }) => name);

  it('is marked with `auto`, and does not happen with the other two', () => {
    expect(marksOf('auto')).to.deep.equal(['implicit from here', 'alpha 1']);
    expect(marksOf('explicit')).to.deep.equal(['alpha 1']);
    expect(marksOf('implicit')).to.deep.equal(['alpha 1']);
  });

  it('saves steps', () => {
    const stepsOf = (method: GradientFlowOptions['method']) =>
      followFlow(at, theta0, { ...basic, targets: [10], maxSteps: 9000, method }).counts.accepted;
    expect(stepsOf('auto')).to.be.below(stepsOf('explicit') / 2);
  });
});

describe('advance', () => {
  const { at, theta0 } = threeClasses();

  it('keeps the state itself on the unit sphere, at loose tolerances too', () => {
    const options = { ...basic, tolerance: 1e-3, targets: [1000] };
    const flow = startRun(at, theta0, options);
    while (flow.run.nextTarget === 0) {
      expect(advance(flow, options)).to.equal(undefined);
      expect(norm(flow.run.point.direction)).to.be.closeTo(1, 1e-15);
    }
  });

  it('rejects few steps, and lets the step grow by at most 8', () => {
    const flow = startRun(at, theta0, basic);
    const { run } = flow;
    let before = run.step;
    while (run.nextTarget < 2) {
      advance(flow, basic);
      expect(run.step / before).to.be.at.most(8);
      before = run.step;
    }
    expect(run.counts.rejected).to.be.below(0.1 * run.counts.accepted);
  });
});

describe('a step that is never good enough', () => {
  it('shrinks until the clock no longer moves, which ends the run', () => {
    const { at, theta0 } = threeClasses();
    const flow = startRun(at, theta0, basic);
    const { run } = flow;
    const { stepper } = flow.direct;
    flow.direct.stepper = {
      ...stepper,
      attempt: (...step) => ({ ...stepper.attempt(...step), error: 2 }),
    };
    const ending = advance(flow, basic);
    expect(ending?.status).to.equal('step-underflow');
    expect(ending?.message).to.match(/^No step can be taken beyond α = .*: the step size fell to /);
    expect(run.points.length).to.equal(1);
  });
});
