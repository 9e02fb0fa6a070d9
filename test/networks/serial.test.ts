import { expect } from 'chai';
import { activation, dense, relu, serial } from '../../src/networks/index.js';

describe('serial', () => {
  it('lays the blocks of its layers out one after the other', () => {
    const network = serial('net', [
      dense(3, 4, { name: 'first', bias: true }),
      activation(4, relu),
      dense(4, 2, { name: 'second' }),
    ]);
    expect(network.parameters).to.equal(24);
    expect(network.offsets).to.deep.equal([0, 16, 16]);
    expect(network.blocks.map(({ name, offset }) => [name, offset])).to.deep.equal([
      ['first', 0],
      ['first bias', 12],
      ['second', 16],
    ]);
    expect([network.inputs, network.outputs]).to.deep.equal([3, 2]);
  });

  it('refuses neighbours whose sizes do not agree', () => {
    expect(() => serial('net', [dense(3, 4), activation(5, relu)])).to.throw(
      "Layer 2 of 'net' (relu) takes 5 numbers, but layer 1 (dense) gives 4.",
    );
  });

  it('refuses to be empty', () => {
    expect(() => serial('net', [])).to.throw("The network 'net' has no layers.");
  });
});
