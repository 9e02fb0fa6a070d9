import { expect } from 'chai';
import {
  deep,
  deepLinear,
  evaluator,
  linearModel,
  relu,
  squaredRelu,
  twoLayer,
} from '../../src/networks/index.js';

describe('twoLayer', () => {
  it('computes Σ aⱼ σ(wⱼ·x)', () => {
    const network = twoLayer(2, 2, squaredRelu);
    const theta = Float64Array.of(1, 2, -1, 1, 3, 5);
    const outputs = evaluator(network, Float64Array.of(1, 1, -2, 1)).outputs(theta);
    expect([...outputs]).to.deep.equal([3 * 9, 5 * 9]);
    expect(network.blocks.map(({ name }) => name)).to.deep.equal(['hidden', 'output']);
    expect(network.name).to.equal('two-layer squared-relu, width 2');
  });

  it('leaves out of its parameters the weights that are held fixed', () => {
    const fixedOutput = Float64Array.of(1, -1);
    const fixedHidden = Float64Array.of(1, 2, 3, 4);
    expect(twoLayer(2, 2, relu, { fixedOutput }).parameters).to.equal(4);
    expect(twoLayer(2, 2, relu, { fixedHidden }).parameters).to.equal(2);
  });

  it('refuses a bias beside fixed weights', () => {
    const fixedOutput = Float64Array.of(1, -1);
    expect(() => twoLayer(2, 2, relu, { fixedOutput, bias: true })).to.throw(
      'A dense layer with fixed weights cannot have a trained bias.',
    );
  });
});

describe('deep', () => {
  it('puts the activation between layers and not after the last', () => {
    const network = deep([2, 3, 4, 1], relu);
    expect(network.layers.map(({ kind }) => kind)).to.deep.equal([
      'dense',
      'relu',
      'dense',
      'relu',
      'dense',
    ]);
    expect(network.name).to.equal('3-layer relu 2–3–4–1');
  });

  it('needs an input and an output size', () => {
    expect(() => deep([3], relu)).to.throw(
      'A network needs at least an input and an output size; got [3].',
    );
  });
});

describe('deepLinear and linearModel', () => {
  it('multiply their matrices', () => {
    const theta = Float64Array.of(1, 2, 3, 4, 5, 6);
    const [output] = evaluator(deepLinear([2, 2, 1]), Float64Array.of(1, 1)).outputs(theta);
    expect(output).to.equal(5 * 3 + 6 * 7);
    const [score] = evaluator(linearModel(2), Float64Array.of(3, 4)).outputs(theta.slice(0, 2));
    expect(score).to.equal(11);
  });

  it('need an input and an output size', () => {
    expect(() => deepLinear([])).to.throw(
      'A network needs at least an input and an output size; got [].',
    );
  });
});
