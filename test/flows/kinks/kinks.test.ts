import { expect } from 'chai';
import { kinksAt } from '../../../src/flows/index.js';
import { exponentialLoss, objective } from '../../../src/losses/index.js';
import {
  activation,
  deepLinear,
  dense,
  rampedRelu,
  relu,
  serial,
  squaredRelu,
  twoLayer,
  type Network,
} from '../../../src/networks/index.js';
import { dot } from '../../../src/numerics/vectors.js';
import {
  pointAtTarget,
  RAMP_WIDTH,
  referenceFlow,
  rampedReluRun,
} from '../../helpers/reference-flow.js';

const inputs = Float64Array.of(1, 2, 2, -1);
const labels = Float64Array.of(1, -1);
const problemOf = (network: Network) => objective(network, inputs, labels, exponentialLoss);
// Unit 0 is orthogonal to example 0, unit 1 nearly to example 1.
const hidden = [2, -1, 1, 2 + 1e-4];

describe('kinksAt', () => {
  const w = Float64Array.of(...hidden, 1, 1);

  for (const pointwise of [relu, rampedRelu(1e-3)]) {
    it(`finds the examples on a unit's kink: ${pointwise.name}`, () => {
      const at = problemOf(twoLayer(2, 2, pointwise));
      const kinks = kinksAt(at, w, 1e-3);
      expect(kinks.map(({ example, unit }) => [example, unit])).to.deep.equal([
        [0, 0],
        [1, 1],
      ]);
      expect([...kinks[0].gradient]).to.deep.equal([1, 2, 0, 0, 0, 0]);
      expect([...kinks[1].gradient]).to.deep.equal([0, 0, 2, -1, 0, 0]);
      expect(kinksAt(at, w, 1e-5).length).to.equal(1);
    });
  }

  it('counts the bias of the first layer', () => {
    const network = serial('biased', [
      dense(2, 2, { bias: true }),
      activation(2, relu),
      dense(2, 1),
    ]);
    const theta = Float64Array.of(1, 1, 1, 1, -3, 5, 1, 1);
    const kinks = kinksAt(problemOf(network), theta, 1e-6);
    expect(kinks.map(({ example, unit }) => [example, unit])).to.deep.equal([[0, 0]]);
    expect([...kinks[0].gradient]).to.deep.equal([1, 2, 0, 0, 1, 0, 0, 0]);
    expect(dot(kinks[0].gradient, theta)).to.equal(0);
  });

  it('finds none where the first layer is fixed or nothing has a kink', () => {
    const fixed = twoLayer(2, 2, relu, { fixedHidden: Float64Array.from(hidden) });
    expect(kinksAt(problemOf(fixed), Float64Array.of(1, 1), 1e-3)).to.deep.equal([]);
    expect(kinksAt(problemOf(twoLayer(2, 2, squaredRelu)), w, 1e-3)).to.deep.equal([]);
    expect(kinksAt(problemOf(deepLinear([2, 2, 1])), w, 1e-3)).to.deep.equal([]);
  });

  it('finds those of the reference flow, with its slopes on them', function () {
    this.timeout(60_000);
    const { at, result } = rampedReluRun();
    const row = referenceFlow('relu').rows.find(({ target }) => target === 1e4)!;
    const { direction } = pointAtTarget(result, row.target);
    const ramp = rampedRelu(RAMP_WIDTH);
    const found = new Map(
      kinksAt(at, direction, RAMP_WIDTH).map(({ example, unit, gradient }) => [
        `${example} ${unit}`,
        ramp.slope(dot(gradient, direction)),
      ]),
    );
    // Unit 4 vanishes, and with it the meaning of its kinks.
    const expected = row.kinks!.filter(([, unit]) => unit !== 4);
    expect(expected.length).to.be.at.least(16);
    for (const [example, unit, slope] of expected) {
      expect(found.get(`${example} ${unit}`)).to.be.closeTo(slope, 1e-5);
    }
  });
});
