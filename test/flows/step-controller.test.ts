import { expect } from 'chai';
import type { GradientFlowOptions } from '../../src/flows/index.js';
import type { Meeting, Violation } from '../../src/flows/kinks/boundary.js';
import { acceptPoint, runFrom, stepGrowth, type Run } from '../../src/flows/run.js';
import { takeStep, type FoundStep, type StepMethod } from '../../src/flows/step-controller.js';
import { noCounts } from '../../src/flows/stepper.js';
import type { FlowPoint } from '../../src/flows/trajectory.js';

const options: GradientFlowOptions = { tolerance: 1e-6, targets: [100], maxSteps: 100 };

function pointAt(clock: number): FlowPoint {
  const direction = Float64Array.of(1);
  return {
    clock,
    logTime: clock,
    logNorm: 0,
    alpha: clock,
    smallestMargin: 1,
    pathLength: 0,
    direction,
  };
}

const start = (): Run => runFrom(pointAt(0), 0, 1, noCounts(), options);

/** What a made-up method was asked to do, in order. */
interface Diary {
  readonly tried: number[];
  readonly turned: (readonly Violation[])[];
  taken: FoundStep<number> | undefined;
}

const diary = (): Diary => ({ tried: [], turned: [], taken: undefined });

/** A method whose steps are good up to a size, with whatever else is asked for. */
function method(
  good: number,
  own: Partial<StepMethod<Diary, number>> = {},
): StepMethod<Diary, number> {
  return {
    cautious: false,
    nextFactor: stepGrowth,
    errorOrder: () => 1,
    isFinite: () => true,
    needsClock: () => true,
    attempt({ tried }, h) {
      tried.push(h);
      return h <= good ? 0.5 : h / good;
    },
    locate: (_run, _segment, _options, h) => h,
    accept(run, segment, _options, step) {
      segment.taken = step;
      acceptPoint(run, pointAt(run.point.clock + step.located), options);
    },
    ...own,
  };
}

describe('takeStep', () => {
  it('takes a good step at once, and lets the next one grow with what the error leaves', () => {
    const [run, segment] = [start(), diary()];
    expect(takeStep(method(1), run, segment, options)).to.equal(undefined);
    expect(segment.tried).to.deep.equal([1]);
    expect(run.point.clock).to.equal(1);
    expect(run.step).to.equal(0.9 / 0.5);
    expect(run.counts).to.include({ accepted: 1, rejected: 0 });
  });

  it('shortens a step by its error until it is good, and does not let the next one grow', () => {
    const [run, segment] = [start(), diary()];
    takeStep(method(0.5), run, segment, options);
    expect(segment.tried).to.deep.equal([1, 0.9 / 2]);
    expect(run.step).to.equal(0.9 / 2);
    expect(run.counts).to.include({ accepted: 1, rejected: 1 });
  });

  it('takes less than a third where there is no result, and tells the method', () => {
    const [run, segment] = [start(), diary()];
    const failed: number[] = [];
    const unsolved = method(1, {
      attempt: (_segment, h) => (h < 0.5 ? 0.5 : NaN),
      afterRejection: (_run, _segment, h) => failed.push(h),
    });
    takeStep(unsolved, run, segment, options);
    expect(failed).to.deep.equal([1]);
    expect(segment.taken?.tried).to.equal(0.3);
  });

  it('halves a good step that is too long all the same', () => {
    const [run, segment] = [start(), diary()];
    takeStep(method(1, { fits: ({ tried }) => tried.at(-1)! < 0.3 }), run, segment, options);
    expect(segment.tried).to.deep.equal([1, 0.5, 0.25]);
    expect(run.counts.rejected).to.equal(2);
  });

  it('halves a step that cannot end where it should; the next one grows unless the method is cautious', () => {
    for (const cautious of [false, true]) {
      const [run, segment] = [start(), diary()];
      const locate = (_run: Run, { tried }: Diary, _options: unknown, h: number) =>
        tried.length === 1 ? undefined : h;
      takeStep(method(1, { cautious, locate }), run, segment, options);
      expect(segment.tried).to.deep.equal([1, 0.5]);
      expect(run.step).to.equal(cautious ? 0.5 : (0.5 * 0.9) / 0.5);
    }
  });

  const met: Violation[] = [{ example: 0, unit: 0, slide: -1, amount: 0, matters: true }];
  const meets = (found: (segment: Diary) => Meeting | undefined) =>
    method(1, {
      boundaries: {
        meet: found,
        turn(_run, { turned }, boundaries) {
          turned.push(boundaries);
        },
      },
    });

  it('ends a step at a boundary, which says how long the next one is to be', () => {
    const [run, segment] = [start(), diary()];
    takeStep(
      meets(() => ({ h: 0.25, next: 0.75, met })),
      run,
      segment,
      options,
    );
    expect(segment.taken).to.deep.include({ tried: 1, size: 0.25, located: 0.25 });
    expect(segment.taken?.meeting?.met).to.equal(met);
    expect(run.step).to.equal(0.75);
  });

  it('turns at a boundary on which it lies, tries a shorter step the second time, and a quarter of one whose end is not found', () => {
    const [run, segment] = [start(), diary()];
    const found = [0, 0, NaN].map((h) => ({ h, next: 1, met }));
    takeStep(
      meets(() => found.shift()),
      run,
      segment,
      options,
    );
    expect(segment.turned).to.deep.equal([met, met]);
    expect(segment.tried).to.deep.equal([1, 1, 0.25, 0.0625]);
    expect(run.counts.rejected).to.equal(0);
  });

  it('gives up where boundaries do not let the clock move, where no step is short enough, and where nothing is finite', () => {
    const stuck = takeStep(
      meets(() => ({ h: 0, next: 1, met })),
      start(),
      diary(),
      options,
    );
    expect(stuck?.status).to.equal('step-underflow');
    const never = takeStep(method(0), start(), diary(), options);
    expect(never?.status).to.equal('step-underflow');
    const endless = takeStep(method(1, { isFinite: () => false }), start(), diary(), options);
    expect(endless?.status).to.equal('not-finite');
  });
});
