import { expect } from 'chai';
import {
  certifyLimit,
  followFlow,
  separation,
  type FlowPoint,
  type FlowResult,
  type GradientFlowOptions,
} from '../../../src/flows/index.js';
import { exponentialLoss, logisticLoss, objective, type Loss } from '../../../src/losses/index.js';
import {
  deepLinear,
  initialise,
  linearModel,
  squaredRelu,
  twoLayer,
  type SerialNetwork,
} from '../../../src/networks/index.js';
import { randomStream } from '../../../src/numerics/random.js';
import { angleBetween } from '../../../src/numerics/vectors.js';
import { firstLayerBias, normals } from '../../helpers/small-networks.js';
import { arcs, threeClasses, type Problem } from '../../helpers/small-problems.js';
import { pointAtTarget, referenceFlow } from '../../helpers/reference-flow.js';

const basic: GradientFlowOptions = {
  tolerance: 1e-9,
  targets: [1, 10, 100, 1e3, 1e4],
  maxSteps: 3000,
};

function problem(
  network: SerialNetwork,
  inputs: ArrayLike<number>,
  labels: readonly number[],
  loss: Loss,
  seed: number,
  scale = 1,
): Problem {
  const at = objective(network, Float64Array.from(inputs), Float64Array.from(labels), loss);
  return { at, theta0: initialise(network, 'he', randomStream(seed), scale) };
}

const nearby = normals(randomStream('nearby'), 12).map((value, i) =>
  i % 2 === 0 ? value + 3 : value,
);
const ones = [1, 1, 1, 1, 1, 1];
const corners = [1, 1, 1, -1, -1, 1, 1, -1, 1, -1, 1, 1];
const cornerLabels = [1, 1, -1, -1];
const twice = [...corners.slice(0, 6), ...corners.slice(0, 9), ...corners.slice(9)];
const twiceLabels = [1, 1, 1, 1, -1, -1];

const problems: [string, (loss: Loss) => Problem][] = [
  ['eight points on arcs', arcs],
  ['three classes', threeClasses],
  ['two linear layers', (loss) => problem(deepLinear([2, 3, 1]), nearby, ones, loss, 1)],
  ['three linear layers', (loss) => problem(deepLinear([2, 3, 3, 1]), nearby, ones, loss, 2)],
  ['a linear model', (loss) => problem(linearModel(2), nearby, ones, loss, 3)],
  [
    'the corners of a square',
    (loss) => problem(twoLayer(3, 8, squaredRelu), corners, cornerLabels, loss, 3),
  ],
  [
    'examples given twice',
    (loss) => problem(twoLayer(3, 8, squaredRelu), twice, twiceLabels, loss, 3),
  ],
  [
    'more examples than parameters',
    (loss) =>
      problem(linearModel(2), [...nearby, ...nearby.slice(0, 6)], [...ones, 1, 1, 1], loss, 5),
  ],
  ['one example', (loss) => problem(twoLayer(3, 4, squaredRelu), [1, 2, 1], [1], loss, 11)],
  [
    'a bias in the first layer',
    (loss) =>
      problem(
        firstLayerBias(squaredRelu),
        normals(randomStream('biased'), 18),
        [1, -1, 1, -1, 1, -1],
        loss,
        5,
      ),
  ],
];

function expectSame(actual: FlowPoint, expected: FlowPoint): void {
  expect(angleBetween(actual.direction, expected.direction)).to.be.below(2e-6);
  expect(actual.logNorm).to.be.closeTo(expected.logNorm, 2e-7);
  expect(actual.logTime).to.be.closeTo(expected.logTime, 1e-5);
  // The length of a path has a corner where its direction turns back.
  expect(actual.pathLength).to.be.closeTo(expected.pathLength, 1e-5);
}

for (const loss of [exponentialLoss, logisticLoss]) {
  describe(`the flow in dual variables, ${loss.name} loss`, () => {
    for (const [title, make] of problems) {
      it(`is that of the full implicit method: ${title}`, () => {
        const { at, theta0 } = make(loss);
        const full = followFlow(at, theta0, { ...basic, method: 'full-implicit' });
        expect(full.status).to.equal('finished');
        for (const method of ['auto', 'implicit'] as const) {
          const result = followFlow(at, theta0, { ...basic, method });
          expect(result.status).to.equal('finished');
          for (const target of basic.targets) {
            if (result.trajectory.alpha[0] > target) continue;
            expectSame(pointAtTarget(result, target), pointAtTarget(full, target));
          }
        }
      });
    }
  });
}

function bytesOf({ trajectory }: FlowResult): string {
  const { clock, logTime, logNorm, alpha, pathLength, directions, alignmentAngle } = trajectory;
  return [clock, logTime, logNorm, alpha, pathLength, directions, alignmentAngle]
    .map((column) => Buffer.from(column.buffer).toString('base64'))
    .join();
}

describe('the implicit method from the start', () => {
  const { at, theta0 } = threeClasses(logisticLoss);
  const implicit: GradientFlowOptions = { ...basic, method: 'implicit' };

  it('gives the same bytes again', () => {
    const bytes = bytesOf(followFlow(at, theta0, implicit));
    expect(bytesOf(followFlow(at, theta0, implicit))).to.equal(bytes);
    const again = threeClasses(logisticLoss);
    expect(bytesOf(followFlow(again.at, again.theta0, implicit))).to.equal(bytes);
  });

  it('is as accurate as its tolerance', () => {
    const exact = followFlow(at, theta0, { ...implicit, tolerance: 1e-11 }).last;
    for (const tolerance of [1e-5, 1e-7, 1e-9]) {
      const { last } = followFlow(at, theta0, { ...implicit, tolerance });
      expect(angleBetween(last.direction, exact.direction)).to.be.below(100 * tolerance);
      expect(last.pathLength).to.be.closeTo(exact.pathLength, 1000 * tolerance);
    }
  });

  it('meets events, and stops at those that ask for it', () => {
    const events = [
      separation,
      { name: 'big', value: ({ logNorm }: FlowPoint) => logNorm - 1.7 },
      { name: 'late', value: ({ logTime }: FlowPoint) => logTime - 50, stop: true },
    ];
    const result = followFlow(at, theta0, { ...implicit, events });
    expect(result.status).to.equal('event');
    const names = result.marks.map(({ name }) => name).filter((name) => !name.startsWith('alpha'));
    expect(names).to.deep.equal(['separation', 'big', 'late']);
    const at0 = (name: string) => result.marks.find((mark) => mark.name === name)!.point;
    expect(at0('separation').smallestMargin).to.be.closeTo(0, 1e-9);
    expect(at0('big').logNorm).to.be.closeTo(1.7, 1e-9);
    expect(result.last.logTime).to.be.closeTo(50, 1e-9);
  });

  it('ends where it is told to: by a number of steps, or by a signal', () => {
    const short = followFlow(at, theta0, { ...implicit, maxSteps: 7 });
    expect([short.status, short.counts.accepted]).to.deep.equal(['max-steps', 7]);
    const signal = { aborted: false };
    const seen: number[] = [];
    const result = followFlow(at, theta0, {
      ...implicit,
      signal,
      onStep(point, { accepted }) {
        seen.push(point.alpha);
        signal.aborted = accepted === 5;
      },
    });
    expect(result.status).to.equal('interrupted');
    expect(seen).to.deep.equal([...result.trajectory.alpha.subarray(1)]);
    expect(seen.length).to.equal(5);
  });

  it('meets targets that lie close together, and lands on each', () => {
    const targets = [10, 10 + 1e-6, 10 + 2e-6, 11, 5e3, 5001];
    const { marks } = followFlow(at, theta0, { ...implicit, targets });
    const met = marks.filter(({ name }) => name.startsWith('alpha'));
    expect(met.length).to.equal(targets.length);
    met.forEach(({ point }, k) => {
      expect(point.alpha / targets[k]).to.be.closeTo(1, 1e-9);
    });
  });

  it('tells the dual variables that it carries, of the pairs that take part', () => {
    const points = followFlow(at, theta0, implicit).marks.map(({ point }) => point);
    for (const { direction, logNorm, alpha, duals, alignmentAngle } of points) {
      const { pairs, q } = duals!;
      expect(q.length).to.equal(pairs.length);
      const weights = new Float64Array(at.examples * at.pairs);
      pairs.forEach((pair, r) => (weights[pair] = q[r]));
      const velocity = new Float64Array(at.parameters);
      at.pullback(direction, weights, velocity);
      expect(angleBetween(direction, velocity)).to.be.closeTo(alignmentAngle!, 1e-8);
      const exact = at.dual(direction, Math.exp(3 * logNorm)).q;
      if (alpha < 200) weights.forEach((weight, i) => expect(weight).to.be.closeTo(exact[i], 1e-5));
    }
    const { pairs, q } = points[points.length - 1].duals!;
    expect(pairs.length).to.be.below(at.examples * at.pairs);
    expect(q.reduce((a, b) => a + b)).to.be.closeTo(1, 1e-12);
  });

  it('goes on from where an explicit run was, in its clock and its time', () => {
    const auto = followFlow(at, theta0, basic);
    const { clock, logTime, pathLength, alpha } = auto.trajectory;
    expect(auto.marks.some(({ name }) => name === 'implicit from here')).to.be.true;
    for (const column of [clock, logTime, pathLength, alpha]) {
      for (let k = 1; k < column.length; k++) expect(column[k]).to.be.above(column[k - 1]);
    }
  });
});

describe('the squared-ReLU reference flow to α = 10¹²', () => {
  const { theta0, objectiveWith } = referenceFlow('squared-relu');
  const at = objectiveWith(squaredRelu);
  const targets = Array.from({ length: 12 }, (_, k) => 10 ** (k + 1));
  const spent: number[] = [];
  const run = followFlow(at, theta0, {
    tolerance: 1e-9,
    targets,
    maxSteps: 5000,
    onStep(point, { evaluations }) {
      while (spent.length < targets.length && point.alpha >= targets[spent.length] * (1 - 1e-8)) {
        spent.push(evaluations);
      }
    },
  });

  it('reaches it, landing on every decade', () => {
    expect(run.status).to.equal('finished');
    for (const target of targets) {
      expect(pointAtTarget(run, target).alpha / target).to.be.closeTo(1, 1e-9);
    }
  });

  it('takes about as many evaluations for a late decade as for an early one', () => {
    const decades = spent.slice(1).map((count, k) => count - spent[k]);
    // The decades from 10³ on.
    const late = decades.slice(2);
    const fewest = Math.max(late[0], late[1]);
    for (const count of late) expect(count).to.be.at.most(4 * fewest);
  });

  it('never loses smoothed margin, and turns less in every decade', () => {
    const { alpha, logNorm } = run.trajectory;
    for (let k = 1; k < alpha.length; k++) {
      if (alpha[k - 1] <= 0) continue;
      const kept = alpha[k] / alpha[k - 1] / Math.exp(3 * (logNorm[k] - logNorm[k - 1]));
      expect(1 - kept).to.be.below(1e-10);
    }
    const lengths = targets.map((target) => pointAtTarget(run, target).pathLength);
    for (let k = 3; k < lengths.length; k++) {
      expect(lengths[k] - lengths[k - 1]).to.be.below(lengths[k - 1] - lengths[k - 2]);
    }
  });

  it('has a limit that its last three decades agree on, and comes nearer to it in each', () => {
    const starts = targets.slice(-3).map((target) => pointAtTarget(run, target));
    const certificate = certifyLimit(at, starts);
    expect(certificate.limit.converged).to.be.true;
    expect(certificate.limit.residual).to.be.below(1e-12);
    for (const angle of certificate.agreement) expect(angle).to.be.below(1e-12);
    // Like 1 / log α at first, and like a power of α at last: a factor of about 2 in each decade.
    const angles = targets.map((target) =>
      angleBetween(pointAtTarget(run, target).direction, certificate.limit.direction),
    );
    for (let k = 4; k < angles.length; k++)
      expect(angles[k] / angles[k - 1]).to.be.within(0.4, 0.6);
  });
});
