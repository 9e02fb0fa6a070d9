import { expect } from 'chai';
import { followFlow } from '../../../src/flows/index.js';
import {
  kinkModesAt,
  kinkRows,
  slopeIndexOf,
  refreshSlopes,
} from '../../../src/flows/kinks/kink-modes.js';
import { kinkedActivations } from '../../../src/flows/kinks/kinked-activations.js';
import { rebuild } from '../../../src/flows/dual/dual-state.js';
import { exponentialLoss, objective } from '../../../src/losses/index.js';
import {
  activation,
  deep,
  dense,
  leakyRelu,
  linearModel,
  relu,
  serial,
  squaredRelu,
  twoLayer,
  type SerialNetwork,
} from '../../../src/networks/index.js';
import { angleBetween } from '../../../src/numerics/vectors.js';
import { randomStream } from '../../../src/numerics/random.js';
import { stateOf } from '../../helpers/dual-steps.js';
import { firstLayerBias, normals } from '../../helpers/small-networks.js';

const stream = randomStream('kink modes');
const fixedHidden = normals(stream, 36);
const inputs = normals(stream, 18);
const labels = Float64Array.of(1, -1, 1, -1, 1, -1);
const bind = (network: SerialNetwork) => objective(network, inputs, labels, exponentialLoss);

describe('kinkModesAt', () => {
  it('takes the slope of every example and unit from the sign of its preactivation', () => {
    for (const [pointwise, low] of [
      [relu, 0],
      [leakyRelu(0.3), 0.3],
    ] as const) {
      const at = bind(firstLayerBias(pointwise));
      const w = normals(randomStream('w'), at.parameters);
      const modes = kinkModesAt(at, w)!;
      expect([modes.low, modes.high, modes.units]).to.deep.equal([low, 1, 5]);
      at.margins(w);
      const expected = at.evaluator.layerOutput(0).map((z) => (z > 0 ? 1 : low));
      expect([...modes.slopes]).to.deep.equal([...expected]);
      expect([modes.sliding, modes.intervals]).to.deep.equal([[], []]);
    }
  });

  it('finds none for smooth networks, and none behind a fixed layer, which never move', () => {
    for (const network of [
      linearModel(3),
      twoLayer(3, 4, squaredRelu),
      twoLayer(3, 12, relu, { fixedHidden }),
    ]) {
      expect(kinkedActivations(network)).to.deep.equal([]);
      expect(kinkModesAt(bind(network), new Float64Array(network.parameters).fill(1))).to.equal(
        undefined,
      );
    }
    expect(kinkedActivations(twoLayer(3, 4, relu))).to.deep.equal([
      { index: 1, units: 4, low: 0, high: 1 },
    ]);
  });

  it('knows the kinks of every layer, its units counted through', () => {
    const at = bind(deep([3, 4, 5, 1], leakyRelu(0.2)));
    const w = normals(randomStream('deep'), at.parameters);
    const modes = kinkModesAt(at, w)!;
    expect(modes.units).to.equal(9);
    expect(modes.layers.map(({ index, first, units }) => [index, first, units])).to.deep.equal([
      [1, 0, 4],
      [3, 4, 5],
    ]);
    at.margins(w);
    modes.layers.forEach(({ index, slopes }) => {
      const expected = at.evaluator.layerOutput(index - 1).map((z) => (z > 0 ? 1 : 0.2));
      expect([...slopes]).to.deep.equal([...expected]);
    });
    expect(modes.slopes[slopeIndexOf(modes, { example: 2, unit: 3 })]).to.equal(
      modes.layers[0].slopes[11],
    );
    expect(modes.slopes[slopeIndexOf(modes, { example: 2, unit: 6 })]).to.equal(
      modes.layers[1].slopes[12],
    );
  });

  it('throws a sentence for kinks that differ in their slopes', () => {
    const network = serial('two kinds', [
      dense(3, 4),
      activation(4, relu),
      dense(4, 4),
      activation(4, leakyRelu(0.2)),
      dense(4, 1),
    ]);
    const theta0 = normals(randomStream('kinds'), network.parameters);
    const options = { tolerance: 1e-8, targets: [10], maxSteps: 10 };
    const message =
      'The flow of a network with kinks is followed where each layer of them comes after a trained dense one ' +
      "and all have the same slopes; 'two kinds' has others. Use ramps (rampedRelu) instead.";
    expect(() => followFlow(bind(network), theta0, options)).to.throw(message);
  });
});

describe('refreshSlopes', () => {
  it('takes the slopes of the given examples from their signs, and leaves the others', () => {
    const at = bind(firstLayerBias(relu));
    const [w, moved] = [1, 2].map((seed) => normals(randomStream(seed), at.parameters));
    const modes = kinkModesAt(at, w)!;
    const before = modes.slopes.slice();
    const { slopes: after } = kinkModesAt(at, moved)!;
    refreshSlopes(modes, at, moved, [1, 4]);
    modes.slopes.forEach((slope, p) => {
      const example = Math.floor(p / 5);
      expect(slope).to.equal(example === 1 || example === 4 ? after[p] : before[p]);
    });
    expect([...modes.slopes]).not.to.deep.equal([...before]);
  });

  it('is what an example that becomes active again meets', () => {
    const at = bind(twoLayer(3, 6, relu));
    const theta = normals(randomStream('again'), at.parameters, 3);
    const state = stateOf(at, theta, 1e-9);
    const { direction } = state.stepper.start;
    const all = state.pairs;
    expect(all).to.include(2);
    // Away from the active ones, its slopes are not kept up.
    const { lambda } = state;
    state.pairs = all.filter((pair) => pair !== 2);
    state.lambda = lambda.filter((_, r) => all[r] !== 2);
    rebuild(state, direction.slice());
    const kept = state.modes!.slopes.slice();
    state.modes!.slopes.fill(0.5, 12, 18);
    state.pairs = all;
    state.lambda = lambda;
    rebuild(state, direction.slice());
    expect([...state.modes!.slopes]).to.deep.equal([...kept]);
  });
});

describe('the flow behind a fixed ReLU layer', () => {
  it('is that of a linear model in the features', () => {
    const at = bind(twoLayer(3, 12, relu, { fixedHidden }));
    at.margins(new Float64Array(12).fill(1));
    const features = at.evaluator.layerOutput(1).slice();
    const linear = objective(linearModel(12), features, labels, exponentialLoss);
    const theta0 = normals(randomStream('fixed'), 12);
    const options = { tolerance: 1e-9, targets: [1000], maxSteps: 3000 };
    const { last, slides } = followFlow(at, theta0, options);
    const expected = followFlow(linear, theta0, options).last;
    expect(angleBetween(last.direction, expected.direction)).to.be.below(1e-8);
    expect(slides).to.deep.equal([]);
  });
});

describe('kinkRows', () => {
  it('finds the first row of each example, and leaves out examples without one', () => {
    const sliding = [
      { example: 4, unit: 1 },
      { example: 2, unit: 0 },
      { example: 7, unit: 3 },
    ];
    expect(kinkRows(sliding, [2, 2, 4, 4, 5])).to.deep.equal([
      { example: 4, row: 2, unit: 1, layer: 0, place: 1 },
      { example: 2, row: 0, unit: 0, layer: 0, place: 0 },
    ]);
  });
});
