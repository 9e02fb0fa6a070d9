import { expect } from 'chai';
import { exponentialLoss, objective } from '../../src/losses/index.js';
import {
  evaluator,
  evaluatorOf,
  imageEngine,
  imageEvaluator,
  type Evaluator,
} from '../../src/networks/index.js';
import {
  gradientByDifferences,
  jacobianByDifferences,
  relativeError,
} from '../helpers/finite-differences.js';
import { imageCases, type ImageCase } from '../helpers/image-networks.js';

const chosen = ['batch norm', 'max pools', 'projected shortcuts', 'concatenations read again'];
const cases = imageCases().filter(({ title }) => chosen.includes(title));

function jacobianErrorOf(engine: Evaluator, { network, examples, theta }: ImageCase): number {
  const jacobian = new Float64Array(examples * network.outputs * network.parameters);
  const expected = jacobianByDifferences((at) => engine.outputs(at), theta, 1e-5);
  engine.outputs(theta);
  engine.jacobian(theta, jacobian);
  return relativeError(jacobian, expected);
}

describe('the evaluator of an image network', () => {
  for (const example of cases) {
    it(`has the jacobian that differences give on ${example.title}`, () => {
      const engine = evaluator(example.network, example.inputs);
      expect(jacobianErrorOf(engine, example)).to.be.below(1e-7);
    });
  }

  it('has the jacobian that differences give with frozen statistics', () => {
    const { network, theta, inputs, examples } = cases.find(({ title }) => title === 'batch norm')!;
    const engine = imageEngine(network, examples);
    engine.load(inputs);
    engine.outputs(theta);
    const frozen = imageEvaluator(network, inputs, engine.statistics());
    expect(frozen.outputs(theta)).to.deep.equal(engine.outputs(theta));
    expect(jacobianErrorOf(frozen, { title: '', network, theta, inputs, examples })).to.be.below(
      1e-7,
    );
  });

  it('serves an objective, as any engine does', () => {
    const { network, theta, inputs, examples } = cases[0];
    const labels = Float64Array.of(0, 1, 2);
    const risk = objective(network, inputs, labels, exponentialLoss, 3);
    const { gradient } = risk.evaluate(theta, 1);
    const expected = gradientByDifferences((at) => risk.alpha(at, 1), theta, 1e-5);
    expect(relativeError(gradient, expected)).to.be.below(1e-7);
    const engine = imageEngine(network, examples);
    engine.load(inputs);
    const served = objective(network, inputs, labels, exponentialLoss, 3, evaluatorOf(engine));
    expect(served.evaluate(theta, 1).gradient).to.deep.equal(gradient);
  });

  it('shows the outputs of nodes', () => {
    const { network, theta, inputs } = cases[0];
    const engine = evaluator(network, inputs);
    const scores = engine.outputs(theta);
    expect(engine.layerOutput(network.nodes.length - 1)).to.deep.equal(scores);
    expect(engine.layerOutput(0)).to.deep.equal(inputs);
  });

  it('says in a sentence what it cannot do', () => {
    const { network, theta, inputs, examples } = cases[0];
    const engine = evaluator(network, inputs);
    const named = `The image network '${network.name}'`;
    expect(() => engine.curvature(theta, theta, theta)).to.throw(
      `${named} has no second derivatives.`,
    );
    expect(() => engine.layerGradient(1)).to.throw(
      `${named} does not keep the gradients of its nodes.`,
    );
    expect(() => evaluatorOf(imageEngine(network, examples)).layerOutput(1)).to.throw(
      `${named} does not show the outputs of its nodes.`,
    );
    expect(() => evaluator(network, inputs.slice(1))).to.throw(
      `The network '${network.name}' takes images of ${network.inputs} numbers; ` +
        `got ${inputs.length - 1} numbers, which is not a whole number of images.`,
    );
  });
});
