import { expect } from 'chai';
import {
  directionSystem,
  logTimeOf,
  stateIndices,
  renormalize,
  type DirectionSystem,
} from '../../../src/flows/index.js';
import { exponentialLoss, logisticLoss, objective, type Loss } from '../../../src/losses/index.js';
import {
  deepLinear,
  evaluator,
  linearModel,
  rampedRelu,
  squaredRelu,
  twoLayer,
  type Network,
} from '../../../src/networks/index.js';
import { randomStream } from '../../../src/numerics/random.js';
import { dot, normalized } from '../../../src/numerics/vectors.js';
import {
  derivative,
  gradientByDifferences,
  jacobianByDifferences,
  relativeError,
} from '../../helpers/finite-differences.js';
import { normals } from '../../helpers/small-networks.js';

interface Case {
  readonly title: string;
  readonly system: DirectionSystem;
  readonly risk: (theta: Float64Array) => number;
  readonly y: Float64Array;
}

function caseOf(title: string, network: Network, loss: Loss, classes = 2): Case {
  const stream = randomStream(title);
  const inputs = normals(stream, 5 * network.inputs);
  const labels = Float64Array.from({ length: 5 }, (_, i) =>
    classes === 2 ? 1 - 2 * (i % 2) : i % classes,
  );
  const system = directionSystem(objective(network, inputs, labels, loss, classes));
  const w = normalized(normals(stream, network.parameters));
  return {
    title: `${title}, ${loss.name} loss`,
    system,
    risk: plainRisk(network, inputs, labels, loss, classes),
    y: Float64Array.of(...w, 0.4, 0.7, -0.3),
  };
}

/** 𝓛(θ) as it is written down. */
function plainRisk(
  network: Network,
  inputs: Float64Array,
  labels: Float64Array,
  loss: Loss,
  classes: number,
) {
  const engine = evaluator(network, inputs);
  return (theta: Float64Array) => {
    const scores = engine.outputs(theta);
    let risk = 0;
    labels.forEach((label, i) => {
      let exponentials = 0;
      for (let j = 0; j < classes; j++) {
        if (classes > 2 && j !== label) {
          exponentials += Math.exp(scores[classes * i + j] - scores[classes * i + label]);
        }
      }
      if (classes === 2) exponentials = Math.exp(-label * scores[i]);
      risk += loss.name === 'logistic' ? Math.log1p(exponentials) : exponentials;
    });
    return risk;
  };
}

const cases = [exponentialLoss, logisticLoss].flatMap((loss) => [
  caseOf('a linear model', linearModel(3), loss),
  caseOf('squared ReLU', twoLayer(3, 4, squaredRelu), loss),
  caseOf('squared ReLU with three classes', twoLayer(3, 4, squaredRelu, { outputs: 3 }), loss, 3),
  caseOf('four linear layers', deepLinear([2, 2, 2, 2, 1]), loss),
]);

/** A wide ramp scales only on the unit sphere, so θ itself has no plain risk to compare with. */
const ramped = [exponentialLoss, logisticLoss].map((loss) =>
  caseOf('ReLU with wide ramps', twoLayer(3, 4, rampedRelu(0.5)), loss),
);

describe('directionSystem', () => {
  for (const { title, system, risk, y } of cases) {
    describe(`for ${title}`, () => {
      const n = system.objective.parameters;
      const at = stateIndices(n);
      const w = y.subarray(0, n);
      const rho = Math.exp(y[at.logNorm]);
      const { loss } = system.objective;
      const alpha = system.objective.alpha(w, rho ** system.degree);
      // dτ/dt, and θ′ in τ instead of t.
      const rate = rho ** (system.degree - 2) * Math.exp(loss.logSlope(alpha));
      const theta = w.map((value) => rho * value);
      const velocity = gradientByDifferences(risk, theta, 1e-4).map((value) => -value / rate);
      const slope = new Float64Array(system.size);
      system.field(y, slope);

      it('moves w by the part of −∇𝓛 across θ, and log ρ by the part along it', () => {
        const along = dot(velocity, w);
        const expected = velocity.map((value, i) => (value - along * w[i]) / rho);
        expect(relativeError(slope.subarray(0, n), expected)).to.be.below(1e-8);
        expect(relativeError([slope[at.logNorm]], [along / rho])).to.be.below(1e-8);
      });

      it('grows the path by the speed of w', () => {
        const speed = Math.sqrt(slope.subarray(0, n).reduce((sum, v) => sum + v * v, 0));
        expect(slope[at.pathLength]).to.be.closeTo(speed, 1e-14);
      });

      it('carries u = g − log(t + t₀), where g = log dt/dτ', () => {
        expect(system.logTimeRate(alpha, y[at.logNorm])).to.be.closeTo(-Math.log(rate), 1e-12);
        const ahead = (s: number) => y.map((value, i) => value + s * slope[i]);
        const rateAhead = (s: number) => {
          const next = ahead(s);
          const logNorm = next[at.logNorm];
          const direction = normalized(next.slice(0, n));
          const scale = Math.exp(system.degree * logNorm);
          return system.logTimeRate(system.objective.alpha(direction, scale), logNorm);
        };
        const expected = derivative(rateAhead, 0, 1e-4) - Math.exp(y[at.time]);
        expect(relativeError([slope[at.time]], [expected])).to.be.below(1e-7);
      });
    });
  }

  for (const { title, system, y } of [...cases, ...ramped]) {
    it(`has the Jacobian that differences give: ${title}`, () => {
      const jacobian = new Float64Array(system.size ** 2);
      const expected = jacobianByDifferences(
        (state) => {
          const slope = new Float64Array(system.size);
          system.field(state, slope);
          return slope;
        },
        y,
        1e-4,
      );
      system.jacobian(y, jacobian);
      expect(relativeError(jacobian, expected)).to.be.below(1e-8);
    });
  }

  it('refuses a network that has no degree, with the reason', () => {
    const network = twoLayer(2, 3, squaredRelu, { bias: true });
    const labels = Float64Array.of(1);
    const at = objective(network, Float64Array.of(1, 2), labels, exponentialLoss);
    expect(() => directionSystem(at)).to.throw(
      'The flow in direction and log-norm needs a homogeneous network, and this one is not: ' +
        "the bias of 'output' has degree 1 and is added to a term of degree 3.",
    );
  });
});

describe('logTimeOf', () => {
  it('takes the shift t₀ off the carried time', () => {
    // t + t₀ = e^{g − u} = 5, t₀ = 2.
    expect(logTimeOf(3, 3 - Math.log(5), Math.log(2))).to.be.closeTo(Math.log(3), 1e-14);
  });

  it('is −∞ at the start', () => {
    expect(logTimeOf(1.5, 0, 1.5)).to.equal(-Infinity);
    expect(logTimeOf(1.5, 1e-17, 1.5)).to.equal(-Infinity);
  });
});

describe('renormalize', () => {
  it('scales the direction alone', () => {
    const y = Float64Array.of(3, 4, 7, 8, 9);
    renormalize(y, 2);
    expect([...y]).to.deep.equal([0.6, 0.8, 7, 8, 9]);
  });
});
