import { expect } from 'chai';
import { datasetHashes } from '../../../src/cli/reproduce/dataset-hashes.js';
import { makeDataset, type Dataset } from '../../../src/datasets/index.js';

function points(name: string, first: number): Dataset {
  const inputs = [first, 2];
  return makeDataset({
    name,
    source: 'made up',
    dimension: 1,
    classes: 2,
    inputs,
    labels: [1, -1],
  });
}

describe('the hashes of data sets', () => {
  it('go by the name of the problem, training and test data apart', () => {
    const problem = { name: 'planar', data: points('a', 1), test: points('b', 3) };
    const record = { flows: [{ problem }, { problem }], other: { data: points('c', 4) } };
    const hashes = datasetHashes(record);
    expect(Object.keys(hashes)).to.deep.equal(['c', 'planar', 'planar, test']);
  });

  it('are SHA-256 of the inputs and then the labels, as float64', () => {
    // hashlib.sha256(struct.pack('<4d', 1, 2, 1, -1)) in Python.
    expect(datasetHashes(points('a', 1))).to.deep.equal({
      a: '699c1035400d1804f3a778659ed30a6f50b00b9118cd88c31e5b4bcbad08a6cc',
    });
  });

  it('tell two data sets of one name apart', () => {
    const hashes = datasetHashes([points('a', 1), points('a', 2), points('a', 1)]);
    expect(Object.keys(hashes)).to.deep.equal(['a', 'a (2)']);
    expect(hashes.a).not.to.equal(hashes['a (2)']);
  });

  it('are none for a record without data, even one that leads back to itself', () => {
    const record: Record<string, unknown> = { n: null, f: () => 1, array: Float64Array.of(1) };
    record.self = record;
    expect(datasetHashes(record)).to.deep.equal({});
  });
});
