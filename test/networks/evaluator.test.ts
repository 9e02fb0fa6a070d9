import { expect } from 'chai';
import { installNativeLinearAlgebra } from '../../src/native/install.js';
import {
  deep,
  describeDegree,
  evaluator,
  linearModel,
  relu,
  squaredRelu,
} from '../../src/networks/index.js';
import { useNativeLinearAlgebra } from '../../src/numerics/linear-algebra.js';
import { dot } from '../../src/numerics/vectors.js';
import { randomStream } from '../../src/numerics/random.js';
import { countAllocations } from '../helpers/allocations.js';
import {
  gradientByDifferences,
  jacobianByDifferences,
  relativeError,
} from '../helpers/finite-differences.js';
import { normals, smallCases, type SmallCase } from '../helpers/small-networks.js';

/** A ramp has a width of its own, and scales only with it. */
const hasScale = ({ title }: SmallCase) => !title.includes('ramped');

describe('evaluator', () => {
  for (const example of smallCases()) {
    describe(`on ${example.title}`, () => {
      const { network, engine, theta, examples } = example;
      const weights = normals(randomStream('weights'), examples * network.outputs);
      const pulled = (at: Float64Array) => {
        const into = new Float64Array(network.parameters);
        engine.outputs(at);
        engine.pullback(at, weights, into);
        return into;
      };

      it('has the jacobian that differences give', () => {
        const rows = examples * network.outputs;
        const jacobian = new Float64Array(rows * network.parameters);
        const expected = jacobianByDifferences((at) => engine.outputs(at), theta);
        engine.outputs(theta);
        engine.jacobian(theta, jacobian);
        expect(relativeError(jacobian, expected)).to.be.below(1e-9);
      });

      it('pulls weights back as their combination of the rows of the jacobian', () => {
        const rows = examples * network.outputs;
        const jacobian = new Float64Array(rows * network.parameters);
        engine.outputs(theta);
        engine.jacobian(theta, jacobian);
        const combined = new Float64Array(network.parameters);
        for (let r = 0; r < rows; r++) {
          for (let k = 0; k < combined.length; k++) {
            combined[k] += weights[r] * jacobian[r * combined.length + k];
          }
        }
        expect(relativeError(pulled(theta), combined)).to.be.below(1e-13);
      });

      it('has the symmetric curvature that differences of the pullback give', () => {
        const n = network.parameters;
        const curvature = new Float64Array(n * n);
        const expected = jacobianByDifferences(pulled, theta);
        engine.outputs(theta);
        engine.curvature(theta, weights, curvature);
        const transposed = curvature.map((_, p) => curvature[(p % n) * n + Math.floor(p / n)]);
        if (expected.every((value) => Math.abs(value) < 1e-10)) {
          expect(curvature.every((value) => value === 0)).to.be.true;
          return;
        }
        expect(relativeError(curvature, expected)).to.be.below(1e-9);
        expect(relativeError(transposed, curvature)).to.be.below(1e-13);
      });

      const { degree } = network;
      if (!hasScale(example) || !degree.homogeneous) return;

      it(`is homogeneous: ${describeDegree(degree)}`, () => {
        const outputs = engine.outputs(theta).slice();
        for (const c of [0.5, 3, 10]) {
          const scaled = engine.outputs(theta.map((value) => c * value));
          const expected = outputs.map((value) => c ** degree.degree * value);
          expect(relativeError(scaled, expected)).to.be.below(1e-13);
        }
      });

      it("satisfies Euler's identity ⟨θ, ∇Φ⟩ = LΦ", () => {
        const outputs = engine.outputs(theta).slice();
        const jacobian = new Float64Array(outputs.length * network.parameters);
        engine.jacobian(theta, jacobian);
        const inner = outputs.map((_, r) =>
          dot(theta, jacobian.subarray(r * theta.length, (r + 1) * theta.length)),
        );
        const expected = outputs.map((value) => degree.degree * value);
        expect(relativeError(inner, expected)).to.be.below(1e-12);
      });
    });
  }

  it('exposes the output of every layer and the gradient that reached it', () => {
    const { engine, theta, network, examples } = smallCases().find(({ title }) =>
      title.startsWith('three layers, squared-relu'),
    )!;
    const outputs = engine.outputs(theta);
    expect(engine.layerOutput(network.layers.length - 1)).to.equal(outputs);
    const weights = new Float64Array(examples).fill(1);
    engine.pullback(theta, weights, new Float64Array(network.parameters));
    expect([...engine.layerGradient(network.layers.length - 1)]).to.deep.equal([...weights]);
    const hidden = engine.layerOutput(3);
    const last = theta.subarray(network.offsets[4]);
    for (let i = 0; i < examples; i++) {
      const row = hidden.subarray(4 * i, 4 * i + 4);
      expect(outputs[i]).to.be.closeTo(dot(row, last), 1e-12 * Math.abs(outputs[i]));
      const gradient = engine.layerGradient(3).subarray(4 * i, 4 * i + 4);
      expect([...gradient]).to.deep.equal([...last]);
    }
  });

  it('returns one and the same buffer, and makes no array, however often it runs', () => {
    for (const { engine, theta, network, examples } of smallCases()) {
      const weights = new Float64Array(examples * network.outputs).fill(1);
      const into = new Float64Array(network.parameters);
      const curvature = new Float64Array(network.parameters ** 2);
      const jacobian = new Float64Array(weights.length * network.parameters);
      const first = engine.outputs(theta);
      engine.curvature(theta, weights, curvature);
      const made = countAllocations(() => {
        for (let repeat = 0; repeat < 50; repeat++) {
          if (engine.outputs(theta) !== first) throw new Error('another buffer');
          engine.pullback(theta, weights, into);
          engine.curvature(theta, weights, curvature);
          engine.jacobian(theta, jacobian);
        }
      });
      expect(made).to.equal(0);
    }
    const seen = countAllocations(() => new Float64Array(2).slice().subarray(1));
    expect(seen, 'what the count would see').to.equal(3);
  });

  it('gives the same numbers for a batch as for its examples one by one', () => {
    const network = smallCases()[1].network;
    const stream = randomStream('one by one');
    const inputs = normals(stream, 6 * network.inputs);
    const theta = normals(stream, network.parameters);
    const together = evaluator(network, inputs).outputs(theta);
    for (let i = 0; i < 6; i++) {
      const row = inputs.slice(i * network.inputs, (i + 1) * network.inputs);
      const alone = evaluator(network, row).outputs(theta);
      const expected = together.subarray(i * network.outputs, (i + 1) * network.outputs);
      expect(relativeError(alone, expected)).to.be.below(1e-14);
    }
  });

  describe('on a batch that is large enough for SIMD kernels', () => {
    for (const pointwise of [relu, squaredRelu]) {
      const network = deep([3, 21, 5, 1], pointwise);
      const stream = randomStream(`large ${pointwise.name}`);
      const inputs = normals(stream, 401 * network.inputs);
      const theta = normals(stream, network.parameters, 0.5);
      const weights = normals(stream, 401);
      const engine = evaluator(network, inputs);
      const into = new Float64Array(network.parameters);

      it(`has the gradient that the examples have one by one: ${pointwise.name}`, () => {
        engine.outputs(theta);
        engine.pullback(theta, weights, into);
        const sum = new Float64Array(network.parameters);
        const own = new Float64Array(network.parameters);
        for (let i = 0; i < 401; i++) {
          const alone = evaluator(network, inputs.slice(3 * i, 3 * i + 3));
          alone.outputs(theta);
          alone.pullback(theta, weights.subarray(i, i + 1), own);
          for (let k = 0; k < sum.length; k++) sum[k] += own[k];
        }
        expect(relativeError(into, sum)).to.be.below(1e-13);
      });

      it(`makes no array: ${pointwise.name}`, () => {
        // Products go through plain loops here: a library is handed views.
        useNativeLinearAlgebra(undefined);
        const made = countAllocations(() => {
          engine.outputs(theta);
          engine.pullback(theta, weights, into);
        });
        installNativeLinearAlgebra();
        expect(made).to.equal(0);
      });
    }

    it('has the gradient that differences give', () => {
      const network = deep([3, 21, 5, 1], squaredRelu);
      const stream = randomStream('large differences');
      const engine = evaluator(network, normals(stream, 401 * network.inputs));
      const theta = normals(stream, network.parameters, 0.3);
      const weights = normals(stream, 401, 0.05);
      const into = new Float64Array(network.parameters);
      // Some of 401 examples cross a kink within any step, so that the step is small.
      const value = (at: Float64Array) => dot(engine.outputs(at), weights);
      const expected = gradientByDifferences(value, theta, 1e-5);
      engine.outputs(theta);
      engine.pullback(theta, weights, into);
      expect(relativeError(into, expected)).to.be.below(1e-7);
    });
  });

  it('refuses inputs that are not a whole number of rows', () => {
    const network = linearModel(3);
    expect(() => evaluator(network, new Float64Array(7))).to.throw(
      "The network 'linear 3–1' takes rows of 3 numbers; got 7 numbers, which is not a whole number of rows.",
    );
    expect(() => evaluator(network, new Float64Array(0))).to.throw('got 0 numbers');
  });
});
