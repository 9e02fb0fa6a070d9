import { expect } from 'chai';
import { exponentialLoss, objective, type Objective } from '../../src/losses/index.js';
import {
  evaluatorOf,
  hAlexNet,
  imageEngine,
  initialise,
  type BatchEngine,
} from '../../src/networks/index.js';
import { randomStream } from '../../src/numerics/random.js';
import { norm } from '../../src/numerics/vectors.js';
import { tensorEngine } from '../../src/tensors/index.js';
import { normals } from '../helpers/small-networks.js';
import { relativeDistance } from './distance.js';
import { withTensorFlow } from './tensor-flow.js';

const network = hAlexNet({
  image: { channels: 1, height: 8, width: 8 },
  classes: 3,
  convolutions: [
    { filters: 6, kernel: 3, pool: true },
    { filters: 8, kernel: 3, pool: true },
  ],
  hidden: [12],
});
const degree = 4;
const examples = 12;
const stream = randomStream(5);
const labels = Float64Array.from({ length: examples }, (_, i) => i % 3);
/** Noise around one image a class. */
const inputs = (() => {
  const centres = normals(stream.split('centres'), 3 * network.inputs);
  return normals(stream.split('noise'), examples * network.inputs, 0.3).map(
    (noise, p) => noise + centres[p % centres.length],
  );
})();

function riskOn(engine: BatchEngine): Objective {
  engine.load(inputs);
  return objective(network, inputs, labels, exponentialLoss, 3, evaluatorOf(engine));
}

/** θ ← θ + length·‖θ‖·v/‖v‖ for v = Σ q ∇p, `count` times; gives the last α. */
function walk(risk: Objective, theta: Float64Array, length: number, count: number): number {
  for (let step = 0; step < count; step++) {
    const { gradient } = risk.evaluate(theta, 1);
    const scale = (length * norm(theta)) / norm(gradient);
    for (let k = 0; k < theta.length; k++) theta[k] += scale * gradient[k];
  }
  return risk.alpha(theta, 1);
}

describe('descent on TensorFlow where the risk is e^(−1842), about 10^(−800)', () => {
  const tensorFlow = withTensorFlow();
  let start: Float64Array;

  before(() => {
    const risk = riskOn(imageEngine(network, examples));
    start = initialise(network, 'he', stream.split('start'));
    expect(walk(risk, start, 0.01, 300)).to.be.above(0);
    // The margins are homogeneous, and α is their smallest but for log(examples·pairs).
    for (let round = 0; round < 20; round++) {
      const factor = (1842 / risk.alpha(start, 1)) ** (1 / degree);
      start = start.map((value) => factor * value);
    }
    expect(risk.alpha(start, 1)).to.be.closeTo(1842, 1e-6);
  });

  it('goes on with dual variables in float64, and stays with the float64 engine', () => {
    const engine = tensorEngine(network, examples, tensorFlow());
    const [exact, single] = [start.slice(), start.slice()];
    // A step moves the margins by 0.2: much longer ones swing between examples, and no two roundings
    // swing alike.
    const alpha = walk(riskOn(imageEngine(network, examples)), exact, 3e-5, 100);
    expect(alpha).to.be.above(1860);
    expect(walk(riskOn(engine), single, 3e-5, 100) / alpha).to.be.closeTo(1, 1e-5);
    expect(relativeDistance(single, exact)).to.be.below(1e-5);
    const moved = (end: Float64Array) => end.map((value, k) => value - start[k]);
    expect(relativeDistance(moved(single), moved(exact))).to.be.below(1e-3);
    engine.dispose();
  });
});
