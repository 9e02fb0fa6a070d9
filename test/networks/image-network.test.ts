import { expect } from 'chai';
import { imageNetwork, parts } from '../../src/networks/index.js';

const IMAGE = { channels: 2, height: 6, width: 5 };
const { convolution, concatenate, dense, flatten, maxPool, relu, residual } = parts;
const HEAD = [parts.globalAveragePool, dense(3)];

describe('an image network', () => {
  it('gives its parts shapes and places in the parameters', () => {
    const network = imageNetwork('small', IMAGE, [
      convolution(4, { stride: 2, bias: true }),
      relu,
      maxPool(),
      flatten,
      dense(3),
    ]);
    expect(network.nodes.map(({ shape }) => Object.values(shape).join('×'))).to.deep.equal([
      '2×6×5',
      '4×3×3',
      '4×3×3',
      '4×1×1',
      '4×1×1',
      '3×1×1',
    ]);
    expect(network.blocks.map(({ name, offset }) => [name, offset])).to.deep.equal([
      ['convolution 1', 0],
      ['convolution 1 bias', 72],
      ['dense 1', 76],
    ]);
    expect(network.parameters).to.equal(88);
    expect([network.inputs, network.outputs]).to.deep.equal([60, 3]);
  });

  it('adds one to the degree for every layer of weights', () => {
    const plain = imageNetwork('plain', IMAGE, [
      convolution(4),
      relu,
      maxPool(),
      convolution(4),
      flatten,
      dense(5),
      relu,
      dense(3),
    ]);
    expect(plain.degree).to.deep.equal({ homogeneous: true, degree: 4 });
  });

  it('keeps a degree through a sum or a concatenation whose sides agree, and no other', () => {
    const side = [convolution(2), relu];
    const of = (part: parts.Part) => imageNetwork('sides', IMAGE, [part, ...HEAD]).degree;
    expect(of(residual(side, [convolution(2)]))).to.deep.equal({ homogeneous: true, degree: 2 });
    expect(of(residual(side))).to.have.property(
      'reason',
      'a residual sum adds degree 1 and degree 0',
    );
    expect(of(concatenate(side))).to.have.property(
      'reason',
      'a concatenation joins degree 0 and degree 1',
    );
  });

  it('has no degree with batch norm, nor with a bias after the first layer', () => {
    const of = (...list: parts.Part[]) => imageNetwork('biased', IMAGE, [...list, ...HEAD]).degree;
    expect(of(convolution(2), parts.batchNorm()).homogeneous).to.equal(false);
    expect(of(convolution(2, { bias: true })).homogeneous).to.equal(true);
    expect(of(convolution(2), convolution(2, { bias: true })).homogeneous).to.equal(false);
  });

  it('says in a sentence what does not fit', () => {
    const make =
      (...list: parts.Part[]) =>
      () =>
        imageNetwork('odd', IMAGE, list);
    expect(make(convolution(2))).to.throw("'odd' ends with 2×6×5: end it with dense scores.");
    expect(make(dense(3))).to.throw(
      "dense 1 of 'odd' is given 2×6×5: put flatten or a global pool before it.",
    );
    expect(make(maxPool(7))).to.throw("max-pool of 'odd' does not fit into images of 2×6×5.");
    expect(make(convolution(0))).to.throw('filters is 0; expected a whole number of at least 1.');
    expect(make(residual([convolution(3)]))).to.throw('adds 3×6×5 to 2×6×5');
    expect(make(concatenate([maxPool()]))).to.throw('joins 2×6×5 and 2×3×2');
    expect(make(parts.batchNorm(0))).to.throw('ε is 0; expected a positive number.');
    expect(() => imageNetwork('odd', { ...IMAGE, width: 0 }, [])).to.throw('whole positive sizes');
  });
});
