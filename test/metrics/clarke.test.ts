import { expect } from 'chai';
import { exponentialLoss, logisticLoss, objective } from '../../src/losses/index.js';
import {
  alignmentAngle,
  kinksNear,
  shortestSlopes,
  snapshotAt,
  withSlopes,
} from '../../src/metrics/index.js';
import { squaredRelu, twoLayer } from '../../src/networks/index.js';
import { mirroredKinks } from './closed-form-objectives.js';

describe('the gradient with other slopes on kinks', () => {
  for (const { at, theta, kinks, slope } of [mirroredKinks(), mirroredKinks(logisticLoss)]) {
    const sliding = (value: number) => kinks.map((kink) => ({ ...kink, slope: value }));
    const seenWith = (value: number) => withSlopes(snapshotAt(at, theta), sliding(value));

    describe(`${at.loss.name} loss`, () => {
      it('is parallel to θ with the right slopes', () => {
        expect(alignmentAngle(seenWith(slope))).to.be.below(1e-15);
      });

      it('is an angle away with the slope of one side', () => {
        // cos = w₁·x₁/(‖w₁‖‖x₁‖) = 4/5 with slope 0; with slope 1 the gradient is x₁ − x₂.
        expect(alignmentAngle(seenWith(0))).to.be.closeTo(Math.acos(4 / 5), 1e-15);
        expect(alignmentAngle(seenWith(1))).to.be.closeTo(Math.acos(2 / Math.sqrt(5)), 1e-15);
      });

      it('is the shortest one with the right slopes', () => {
        const length = (value: number) => Math.hypot(...seenWith(value).gradient);
        for (const other of [0, 0.3, slope - 0.01, slope + 0.01, 1]) {
          expect(length(other)).to.be.above(length(slope));
        }
      });

      it('has slopes of the shortest one that are found from the point alone', () => {
        const shot = snapshotAt(at, theta);
        expect(kinksNear(shot, 1e-9)).to.have.deep.members([...kinks]);
        const found = shortestSlopes(shot, kinks);
        found.forEach((kink, k) => {
          expect(kink).to.include(kinks[k]);
          expect(kink.slope).to.be.closeTo(slope, 1e-13);
        });
      });

      it('does not depend on the side that rounding chooses', () => {
        const other = theta.map((value, i) => (i % 2 === 0 ? value * (1 + 1e-15) : value));
        const shot = snapshotAt(at, other);
        expect(alignmentAngle(shot)).to.be.closeTo(Math.acos(2 / Math.sqrt(5)), 1e-14);
        expect(alignmentAngle(withSlopes(shot, sliding(slope)))).to.be.below(1e-14);
      });
    });
  }

  it('has the slope of one side where no slope between them is shortest', () => {
    const { at, theta, kinks } = mirroredKinks();
    // With most of the weight on the first example the second one can do little against it, and
    // the first one, on the kink of the second unit, more than is wanted.
    const dual = Float64Array.of(0.9, 0.1);
    const plain = snapshotAt(at, theta);
    const gradient = new Float64Array(4);
    at.pullback(plain.direction, dual, gradient);
    const shot = { ...plain, dual, gradient };
    const [first, second] = shortestSlopes(shot, kinks);
    expect(first.slope).to.equal(1);
    expect(second.slope).to.be.closeTo((0.1 * 0.6) / 0.9, 1e-13);
  });

  it('leaves kinks alone of an example that pulls no more', () => {
    const { at, theta, kinks } = mirroredKinks();
    const of = (example: number) => kinks.filter((kink) => kink.example === example);
    for (const gone of [1e-200, 1e-320, 0]) {
      const shot = { ...snapshotAt(at, theta), dual: Float64Array.of(1, gone) };
      expect(shortestSlopes(shot, of(1))).to.deep.equal([]);
      expect(shortestSlopes(shot, kinks).map(({ example }) => example)).to.deep.equal([0]);
    }
  });

  it('is the snapshot itself without kinks', () => {
    const { at, theta } = mirroredKinks();
    const shot = snapshotAt(at, theta);
    expect(withSlopes(shot, [])).to.equal(shot);
    const away = snapshotAt(at, Float64Array.of(2, 0.5, 2, -0.5));
    expect(kinksNear(away, 1e-9)).to.deep.equal([]);
    expect(shortestSlopes(away, [])).to.deep.equal([]);
  });

  it('has no kinks where the second layer has none, and a sentence for who names some', () => {
    const inputs = Float64Array.of(1, 0, 0, 1);
    const labels = Float64Array.of(1, 1);
    const at = objective(twoLayer(2, 1, squaredRelu), inputs, labels, exponentialLoss);
    const shot = snapshotAt(at, Float64Array.of(1, 0, 1));
    expect(kinksNear(shot, 1e-9)).to.deep.equal([]);
    const kink = { example: 1, unit: 0, slope: 0.5 };
    const words =
      "A Clarke multiplier needs kinks behind the first layer, and 'two-layer squared-relu, width 1' has none there.";
    expect(() => withSlopes(shot, [kink])).to.throw(words);
    expect(() => shortestSlopes(shot, [kink])).to.throw(words);
  });
});
