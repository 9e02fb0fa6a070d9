import { expect } from 'chai';
import { dense } from '../../src/networks/index.js';

describe('dense', () => {
  it('computes W x + b from a row-major block followed by the bias', () => {
    const layer = dense(2, 3, { bias: true });
    const theta = Float64Array.of(99, 1, 2, 3, 4, 5, 6, 10, 20, 30);
    const y = new Float64Array(6);
    layer.forward(2, theta, 1, Float64Array.of(1, 1, 2, -1), y);
    expect([...y]).to.deep.equal([13, 27, 41, 10, 22, 34]);
  });

  it('names its blocks: the weights, then the bias', () => {
    const { blocks, parameters } = dense(2, 3, { bias: true, name: 'hidden' });
    expect(blocks).to.deep.equal([
      { name: 'hidden', rows: 3, columns: 2, offset: 0 },
      { name: 'hidden bias', rows: 3, columns: 1, offset: 6, initially: 0 },
    ]);
    expect(parameters).to.equal(9);
  });

  it('trains nothing when its weights are fixed', () => {
    const layer = dense(2, 1, { fixedWeights: Float64Array.of(3, 4) });
    const y = new Float64Array(1);
    layer.forward(1, new Float64Array(0), 0, Float64Array.of(1, 2), y);
    expect(y[0]).to.equal(11);
    expect(layer.parameters).to.equal(0);
    expect(layer.blocks).to.deep.equal([]);
  });

  it('refuses sizes that are not whole and positive', () => {
    for (const [inputs, outputs] of [
      [0, 1],
      [1, 0],
      [1.5, 2],
      [2, -1],
      [NaN, 1],
    ]) {
      expect(() => dense(inputs, outputs)).to.throw(
        `A dense layer needs whole positive sizes; got ${inputs} inputs and ${outputs} outputs.`,
      );
    }
  });

  it('refuses fixed weights of the wrong length', () => {
    expect(() => dense(2, 3, { fixedWeights: new Float64Array(5) })).to.throw(
      'Fixed weights of a 3×2 layer need 6 numbers; got 5.',
    );
  });

  it('refuses a trained bias beside fixed weights', () => {
    expect(() => dense(2, 1, { fixedWeights: new Float64Array(2), bias: true })).to.throw(
      'A dense layer with fixed weights cannot have a trained bias.',
    );
  });
});
