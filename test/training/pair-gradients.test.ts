import { expect } from 'chai';
import { marginMap } from '../../src/losses/index.js';
import { imageEngine, imageNetwork, initialise, parts } from '../../src/networks/index.js';
import { randomStream } from '../../src/numerics/random.js';
import { enginePool } from '../../src/training/engines.js';
import { interruptionBy } from '../../src/training/interruption.js';
import { pairGradients } from '../../src/training/pair-gradients.js';
import { jacobianByDifferences, relativeError } from '../helpers/finite-differences.js';
import { threeClassTraining } from '../helpers/small-trainings.js';

const image = { channels: 3, height: 1, width: 1 };
const network = imageNetwork('convolutional', image, [
  parts.convolution(5, { kernel: 1 }),
  parts.relu,
  parts.flatten,
  parts.dense(3),
]);
const problem = threeClassTraining({ network, engineFor: (n) => imageEngine(network, n) });
const theta = initialise(network, 'he', randomStream('pairs'));
const PAIRS = [0, 1, 6, 7, 20, 59];

const rowsOf = async (signal?: { aborted: boolean }) => {
  const engines = enginePool(problem, 30);
  return pairGradients(problem, engines, interruptionBy(signal), theta, PAIRS);
};

describe('gradients of single pairs', () => {
  const { inputs, labels, classes, examples } = problem.train;
  const map = marginMap(labels, classes);
  const engine = imageEngine(network, examples);
  engine.load(inputs);

  it('are the pullbacks of the whole batch', async () => {
    const rows = (await rowsOf())!;
    engine.outputs(theta);
    PAIRS.forEach((pair, r) => {
      const weights = new Float64Array(2 * examples);
      weights[pair] = 1;
      const scoreWeights = new Float64Array(3 * examples);
      map.transpose(weights, scoreWeights);
      const expected = new Float64Array(network.parameters);
      engine.pullback(theta, scoreWeights, expected);
      const own = rows.subarray(r * network.parameters, (r + 1) * network.parameters);
      expect(relativeError(own, expected), `pair ${pair}`).to.be.below(1e-13);
    });
  });

  it('are derivatives of margins', async () => {
    const margins = (at: Float64Array) => {
      const all = new Float64Array(2 * examples);
      map.margins(engine.outputs(at), all);
      return Float64Array.from(PAIRS, (pair) => all[pair]);
    };
    const expected = jacobianByDifferences(margins, theta, 1e-5);
    expect(relativeError((await rowsOf())!, expected)).to.be.below(1e-8);
  });

  it('are not there where the run is to stop', async () => {
    expect(await rowsOf({ aborted: true })).to.equal(undefined);
  });
});
