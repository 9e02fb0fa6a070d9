import { expect } from 'chai';
import { imageNodeKinds } from '../../src/networks/index.js';
import { tensorNodeKinds } from '../../src/tensors/node-values.js';

describe('the operations on tensors', () => {
  it('are there for every kind of node but the input, and for no other', () => {
    const known = [...imageNodeKinds.keys()].filter((kind) => kind !== 'input');
    expect([...tensorNodeKinds].sort()).to.deep.equal(known.sort());
  });
});
