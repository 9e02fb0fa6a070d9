import { expect } from 'chai';
import fc from 'fast-check';
import { followFlow, type FlowPoint, type FlowResult } from '../../src/flows/index.js';
import { lossNamed, objective, type Objective } from '../../src/losses/index.js';
import { initialise, relu, squaredRelu, twoLayer } from '../../src/networks/index.js';
import { randomStream } from '../../src/numerics/random.js';
import { smoothedMargin, snapshot } from '../../src/metrics/index.js';
import { always } from '../helpers/always.js';
import { normals } from '../helpers/small-networks.js';

/** What a small problem is drawn from. */
interface Drawn {
  readonly seed: number;
  readonly examples: number;
  readonly width: number;
  readonly smooth: boolean;
  readonly loss: 'exponential' | 'logistic';
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  examples: fc.integer({ min: 2, max: 7 }),
  width: fc.integer({ min: 3, max: 8 }),
  smooth: fc.boolean(),
  loss: fc.constantFrom('exponential' as const, 'logistic' as const),
});

const DIMENSION = 3;
const RUNS = 12;
const TARGETS = [1, 30, 1000];

interface Small {
  readonly at: Objective;
  readonly theta0: Float64Array;
  readonly inputs: Float64Array;
  readonly labels: Float64Array;
}

/** Few points with labels of both kinds, and a start that is not too small. */
function small({ seed, examples, width, smooth, loss }: Drawn, change: Partial<Small> = {}): Small {
  const inputs = change.inputs ?? normals(randomStream(seed).split('inputs'), examples * DIMENSION);
  const labels =
    change.labels ?? Float64Array.from({ length: examples }, (_, i) => (i % 2 === 0 ? 1 : -1));
  const network = twoLayer(DIMENSION, width, smooth ? squaredRelu : relu);
  return {
    inputs,
    labels,
    at: objective(network, inputs, labels, lossNamed(loss)),
    theta0: change.theta0 ?? initialise(network, 'he', randomStream(seed), 0.7),
  };
}

function follow({ at, theta0 }: Small): FlowResult {
  return followFlow(at, theta0, { tolerance: 1e-9, targets: TARGETS, maxSteps: 4000 });
}

/** The points at the targets that were reached. */
const reached = ({ marks }: FlowResult): FlowPoint[] =>
  marks.filter(({ name }) => name.startsWith('alpha ')).map(({ point }) => point);

describe('gradient flow of drawn problems', function () {
  this.timeout(120_000);

  it('lands on its targets, and its smoothed margin never falls once α > 0', () => {
    always(
      fc.property(drawn, (choice) => {
        const problem = small(choice);
        const result = follow(problem);
        reached(result).forEach(({ alpha }, k) => {
          expect(alpha / TARGETS[k]).to.be.closeTo(1, 1e-9);
        });
        const points = reached(result);
        const margins = points.map(({ direction, logNorm }) =>
          smoothedMargin(snapshot(problem.at, direction, logNorm)),
        );
        margins.slice(1).forEach((margin, k) => {
          expect(margin).to.be.at.least(margins[k] * (1 - 1e-9));
        });
      }),
      RUNS,
    );
  });

  it('sweeps a path at least as long as the angle between its ends', () => {
    always(
      fc.property(drawn, (choice) => {
        const { trajectory, last } = follow(small(choice));
        const { alpha, directions, parameters } = trajectory;
        const start = directions.subarray(0, parameters);
        const cosine = start.reduce((sum, value, i) => sum + value * last.direction[i], 0);
        expect(last.pathLength).to.be.at.least(Math.acos(Math.min(1, cosine)) - 1e-7);
        alpha.slice(1).forEach((value, k) => expect(value).to.be.at.least(alpha[k] - 1e-9));
      }),
      RUNS,
    );
  });

  it('does not care in which order the examples stand', () => {
    always(
      fc.property(drawn, (choice) => {
        const problem = small(choice);
        const order = Array.from(problem.labels, (_, i) => i).reverse();
        const row = (i: number) => problem.inputs.subarray(DIMENSION * i, DIMENSION * (i + 1));
        const turned = small(choice, {
          ...problem,
          inputs: Float64Array.from(order.flatMap((i) => Array.from(row(i)))),
          labels: Float64Array.from(order, (i) => problem.labels[i]),
        });
        expectAlike(reached(follow(problem)), reached(follow(turned)));
      }),
      RUNS,
    );
  });

  it('turns with its inputs: weights of the first layer that are turned alike stay so', () => {
    always(
      fc.property(drawn, fc.double({ min: 0, max: 6, noNaN: true }), (choice, angle) => {
        const problem = small(choice);
        const turn = (values: Float64Array, count: number) => {
          const [c, s] = [Math.cos(angle), Math.sin(angle)];
          const turned = values.slice();
          for (let k = 0; k < count; k++) {
            const [x, y] = [values[DIMENSION * k], values[DIMENSION * k + 1]];
            turned[DIMENSION * k] = c * x - s * y;
            turned[DIMENSION * k + 1] = s * x + c * y;
          }
          return turned;
        };
        const turned = small(choice, {
          ...problem,
          inputs: turn(problem.inputs, choice.examples),
          theta0: turn(problem.theta0, choice.width),
        });
        expectAlike(reached(follow(problem)), reached(follow(turned)));
      }),
      RUNS,
    );
  });
});

/** The same norms and margins at the same α; where a unit comes near a kink roundings grow. */
function expectAlike(one: readonly FlowPoint[], other: readonly FlowPoint[]): void {
  expect(other.length).to.equal(one.length);
  one.forEach(({ logNorm, smallestMargin }, k) => {
    expect(other[k].logNorm).to.be.closeTo(logNorm, 1e-6);
    expect(other[k].smallestMargin).to.be.closeTo(smallestMargin, 1e-6);
  });
}
