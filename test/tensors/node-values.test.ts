import { expect } from 'chai';
import { imageLayerKinds } from '../../src/networks/index.js';
import { tensorNodeKinds } from '../../src/tensors/node-values.js';

describe('the operations on tensors', () => {
  it('are there for every kind of node that a part of a description becomes, and for no other', () => {
    const known = [...imageLayerKinds.values()].map(({ node }) => node);
    expect([...tensorNodeKinds].sort()).to.deep.equal(known.sort());
  });
});
