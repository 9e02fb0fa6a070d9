import { expect } from 'chai';
import { followFlow, pointAt, separation, type FlowResult } from '../../src/flows/index.js';
import { logisticLoss, objective } from '../../src/losses/index.js';
import { linearModel } from '../../src/networks/index.js';
import { planarProblem } from '../../src/experiments/index.js';
import { angleBetween } from '../../src/numerics/vectors.js';
import { threeClasses } from '../helpers/small-problems.js';

const options = { tolerance: 1e-9, events: [separation], maxSteps: 5000 };
const { at: smooth, theta0 } = threeClasses();
const kinked = planarProblem('relu', 1);

/** The same end, but for what two runs may differ by. */
function expectSame(whole: FlowResult, second: FlowResult, angle: number): void {
  expect(second.status).to.equal('finished');
  expect(second.last.alpha).to.be.closeTo(whole.last.alpha, 1e-9 * whole.last.alpha);
  expect(angleBetween(second.last.direction, whole.last.direction)).to.be.below(angle);
  expect(second.last.logNorm).to.be.closeTo(whole.last.logNorm, angle);
  expect(second.last.logTime).to.be.closeTo(whole.last.logTime, 1e-5);
  expect(second.last.pathLength).to.be.closeTo(whole.last.pathLength, 1e-6);
}

describe('a flow that goes on from a point of another one', () => {
  for (const from of [0.5, 100]) {
    it(`comes to where the other one came, from α = ${from}`, () => {
      const whole = followFlow(smooth, theta0, { ...options, targets: [from, 1e4] });
      const first = followFlow(smooth, theta0, { ...options, targets: [from] });
      const second = followFlow(smooth, first.last, { ...options, targets: [1e4] });
      expectSame(whole, second, 1e-6);
      expect(pointAt(second.trajectory, 0).logTime).to.be.closeTo(first.last.logTime, 1e-9);
    });
  }

  it('stays on the kinks that it slides along', () => {
    const follow = (start: Parameters<typeof followFlow>[1], targets: number[]) =>
      followFlow(kinked.objective, start, { ...options, targets });
    const whole = follow(kinked.theta0, [1e3, 1e5]);
    const first = follow(kinked.theta0, [1e3]);
    expect(first.last.kinks).not.to.have.length(0);
    const second = follow(first.last, [1e5]);
    expectSame(whole, second, 1e-6);
    const places = ({ last }: FlowResult) =>
      last.kinks!.map(({ example, unit }) => `${example} ${unit}`).sort();
    expect(places(second)).to.deep.equal(places(whole));
    expect(second.counts.accepted).to.be.below(whole.counts.accepted);
  });

  it('loses nothing where the margins of the point are rounded, at α = 10¹²', () => {
    const whole = followFlow(smooth, theta0, { ...options, targets: [1e12, 1e14] });
    const second = followFlow(
      smooth,
      whole.marks.find(({ name }) => name === 'alpha 1000000000000')!.point,
      { ...options, targets: [1e14] },
    );
    expect(second.status).to.equal('finished');
    expect(angleBetween(second.last.direction, whole.last.direction)).to.be.below(1e-8);
    expect(second.counts.accepted).to.be.below(100);
  });

  for (const [name, at, start] of [
    ['a smooth network', smooth, theta0],
    ['one that slides along kinks', kinked.objective, kinked.theta0],
  ] as const) {
    it(`goes on at α = 10¹⁶, where margins no longer tell the dual variables: ${name}`, () => {
      const whole = followFlow(at, start, { ...options, targets: [1e16, 2e16] });
      const { point } = whole.marks.find(({ name: mark }) => mark === 'alpha 10000000000000000')!;
      const second = followFlow(at, point, { ...options, targets: [2e16] });
      expect(second.status).to.equal('finished');
      expect(angleBetween(second.last.direction, whole.last.direction)).to.be.below(1e-12);
      const { duals, kinks } = second.last;
      expect(duals!.pairs).to.deep.equal(whole.last.duals!.pairs);
      duals!.q.forEach((q, k) => expect(q).to.be.closeTo(whole.last.duals!.q[k], 1e-12));
      const places = (all: typeof kinks) => all?.map(({ example, unit }) => `${example} ${unit}`);
      expect(places(kinks)?.sort()).to.deep.equal(places(whole.last.kinks)?.sort());
    });
  }

  const refused: [string, object, RegExp][] = [
    ['of the wrong length', { direction: Float64Array.of(1), logNorm: 0 }, /parameters; The start's direction has 1\.$/],
    ['without a direction', { direction: new Float64Array(2), logNorm: 0 }, /^The start's direction needs finite numbers/],
    ['without a log-norm', { direction: Float64Array.of(1, 1), logNorm: NaN }, /^The start's log-norm is a finite number; got NaN\.$/],
  ]; // prettier-ignore
  for (const [title, start, expected] of refused) {
    it(`refuses a start ${title}`, () => {
      const problem = objective(
        linearModel(2),
        Float64Array.of(1, 0),
        Float64Array.of(1),
        logisticLoss,
      );
      const follow = () =>
        followFlow(problem, start as Parameters<typeof followFlow>[1], {
          ...options,
          targets: [1],
        });
      expect(follow).to.throw(expected);
    });
  }
});
