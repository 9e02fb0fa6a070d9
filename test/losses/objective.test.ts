import { expect } from 'chai';
import {
  exponentialLoss,
  logisticLoss,
  objective,
  requireSerialObjective,
  type Loss,
  type Objective,
} from '../../src/losses/index.js';
import {
  imageEvaluator,
  imageNetwork,
  linearModel,
  parts,
  squaredRelu,
  twoLayer,
} from '../../src/networks/index.js';
import { randomStream } from '../../src/numerics/random.js';
import { dot } from '../../src/numerics/vectors.js';
import {
  gradientByDifferences,
  jacobianByDifferences,
  relativeError,
} from '../helpers/finite-differences.js';
import { normals } from '../helpers/small-networks.js';

/** Six examples in the plane with a squared-ReLU network of width 4. */
function problem(loss: Loss, classes: number) {
  const stream = randomStream(`objective ${classes}`);
  const inputs = normals(stream, 12);
  const labels = Float64Array.from({ length: 6 }, (_, i) =>
    classes === 2 ? 1 - 2 * (i % 2) : i % classes,
  );
  const outputs = classes === 2 ? 1 : classes;
  const network = twoLayer(2, 4, squaredRelu, { outputs });
  const w = normals(stream, network.parameters, 0.7);
  return { at: objective(network, inputs, labels, loss, classes), w };
}

for (const loss of [exponentialLoss, logisticLoss]) {
  for (const classes of [2, 3]) {
    describe(`the ${loss.name} objective with ${classes} classes`, () => {
      const { at, w } = problem(loss, classes);
      const n = at.parameters;
      const scale = 2.5;
      const gradientOf = (x: Float64Array, s = scale) => at.evaluate(x, s).gradient.slice();
      const dualMargins = (x: Float64Array, s = scale) => {
        const { q, margins } = at.evaluate(x, s);
        return dot(q, margins);
      };

      it('has the gradient that differences of α give', () => {
        const expected = gradientByDifferences((x) => at.alpha(x, scale), w, 3e-4);
        const gradient = gradientOf(w).map((value) => scale * value);
        expect(relativeError(gradient, expected)).to.be.below(1e-9);
      });

      it('splits θ into w and a scale', () => {
        const c = 1.7;
        const whole = at.evaluate(
          w.map((value) => c * value),
          1,
        );
        const { alpha } = whole;
        const q = whole.q.slice();
        const split = at.evaluate(w, c ** 3);
        expect(split.alpha).to.be.closeTo(alpha, 1e-12);
        expect(relativeError(split.q, q)).to.be.below(1e-12);
      });

      it('has the second derivatives that differences give', () => {
        const second = {
          byParameters: new Float64Array(n * n),
          byLogScale: new Float64Array(n),
          dualMargins: new Float64Array(n),
        };
        at.evaluate(w, scale);
        const byScale = at.secondOrder(
          w,
          scale,
          second.byParameters,
          second.byLogScale,
          second.dualMargins,
        );
        const log = Float64Array.of(Math.log(scale));
        const expected = {
          byParameters: jacobianByDifferences((x) => gradientOf(x), w, 3e-4),
          byLogScale: jacobianByDifferences((s) => gradientOf(w, Math.exp(s[0])), log),
          dualMargins: gradientByDifferences((x) => dualMargins(x), w, 3e-4),
          byScale: gradientByDifferences((s) => dualMargins(w, Math.exp(s[0])), log),
        };
        expect(relativeError(second.byParameters, expected.byParameters)).to.be.below(1e-9);
        expect(relativeError(second.byLogScale, expected.byLogScale)).to.be.below(1e-9);
        expect(relativeError(second.dualMargins, expected.dualMargins)).to.be.below(1e-9);
        expect(relativeError([byScale], expected.byScale)).to.be.below(1e-9);
      });

      it('keeps them where most dual variables have vanished', () => {
        const late = 40;
        const byParameters = new Float64Array(n * n);
        at.evaluate(w, late);
        at.secondOrder(w, late, byParameters, new Float64Array(n), new Float64Array(n));
        const expected = jacobianByDifferences((x) => gradientOf(x, late), w, 1e-4);
        expect(relativeError(byParameters, expected)).to.be.below(1e-6);
      });

      it('has the margin jacobian and curvature that differences give', () => {
        const margins = jacobianByDifferences((x) => at.margins(x), w);
        expect(relativeError(at.marginJacobian(w), margins)).to.be.below(1e-10);
        const weights = normals(randomStream('weights'), at.examples * at.pairs);
        const pulled = (x: Float64Array) => {
          const into = new Float64Array(n);
          at.pullback(x, weights, into);
          return into;
        };
        const curvature = new Float64Array(n * n);
        at.curvature(w, weights, curvature);
        const expected = jacobianByDifferences(pulled, w);
        expect(relativeError(curvature, expected)).to.be.below(1e-9);
      });

      it('gives α without the gradient as with it', () => {
        expect(at.alpha(w, scale)).to.equal(at.evaluate(w, scale).alpha);
        const { alpha, margins, q } = at.evaluate(w, scale);
        const expected = [alpha, ...margins, ...q];
        at.dual(
          w.map((value) => value + 0.1),
          scale,
        );
        const found = at.dual(w, scale);
        expect([found.alpha, ...found.margins, ...found.q]).to.deep.equal(expected);
      });
    });
  }
}

describe('objective', () => {
  const inputs = Float64Array.of(1, 2, 3, 4);
  const labels = Float64Array.of(1, -1);

  it('of a chain of layers says so, also to the compiler', () => {
    const at = objective(linearModel(2), inputs, labels, exponentialLoss);
    expect(at.network.layers).to.have.length(1);
    const plain: Objective = at;
    expect(requireSerialObjective(plain, 'A test')).to.equal(at);
  });

  it('of another network is refused where single layers are asked for', () => {
    const { dense } = parts;
    const network = imageNetwork('flat', { channels: 2, height: 1, width: 1 }, [dense(1)]);
    const engine = imageEvaluator(network, inputs);
    const at: Objective = objective(network, inputs, labels, exponentialLoss, 2, engine);
    expect(() => requireSerialObjective(at, 'A test')).to.throw(
      "A test needs a chain of layers, and 'flat' is none.",
    );
  });

  it('refuses labels that do not match the inputs', () => {
    const labels = Float64Array.of(1, -1, 1);
    expect(() => objective(linearModel(2), inputs, labels, exponentialLoss)).to.throw(
      'There are 2 inputs but 3 labels.',
    );
  });

  it('refuses a network whose outputs do not match the classes', () => {
    const three = Float64Array.of(0, 2);
    expect(() => objective(linearModel(2), inputs, three, logisticLoss, 3)).to.throw(
      "3 classes need a network with 3 outputs; 'linear 2–1' has 1.",
    );
    const two = Float64Array.of(1, -1);
    expect(() => objective(linearModel(2, 2), inputs, two, logisticLoss)).to.throw(
      "2 classes need a network with 1 output; 'linear 2–2' has 2.",
    );
  });

  it('refuses inputs that are not whole rows', () => {
    const labels = Float64Array.of(1);
    expect(() => objective(linearModel(3), inputs, labels, exponentialLoss)).to.throw(
      "The network 'linear 3–1' takes rows of 3 numbers; got 4 numbers",
    );
  });
});
