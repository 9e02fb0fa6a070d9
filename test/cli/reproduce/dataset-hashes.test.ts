import { expect } from 'chai';
import { datasetHashes } from '../../../src/cli/reproduce/dataset-hashes.js';
import { makeDataset } from '../../../src/datasets/index.js';
import { datasetHash } from '../../../src/experiments/index.js';
import type { DatasetSummary } from '../../../src/records/index.js';

/** Data with a made-up hash. */
function points(name: string, first: number): DatasetSummary {
  const sha256 = String(first).repeat(64);
  return { name, source: 'made up', examples: 2, dimension: 1, classes: 2, sha256 };
}

describe('the hashes of data sets', () => {
  it('go by the name of the problem, training and test data apart', () => {
    const problem = { name: 'planar', data: points('a', 1), test: points('b', 3) };
    const record = { flows: [{ problem }, { problem }], other: { data: points('c', 4) } };
    expect(datasetHashes(record)).to.deep.equal({
      c: '4'.repeat(64),
      planar: '1'.repeat(64),
      'planar, test': '3'.repeat(64),
    });
  });

  it('go by the name of the data where there is no problem', () => {
    const record = { training: { data: points('a', 1), test: points('b', 3) } };
    expect(datasetHashes(record)).to.deep.equal({ a: '1'.repeat(64), b: '3'.repeat(64) });
  });

  it('are SHA-256 of the inputs and then the labels, as float64', async () => {
    const parts = { name: 'a', source: 'made up', dimension: 1, classes: 2 };
    const data = makeDataset({ ...parts, inputs: [1, 2], labels: [1, -1] });
    const sha256 = await datasetHash(data);
    // hashlib.sha256(struct.pack('<4d', 1, 2, 1, -1)) in Python.
    expect(sha256).to.equal('699c1035400d1804f3a778659ed30a6f50b00b9118cd88c31e5b4bcbad08a6cc');
    expect(datasetHashes({ ...points('a', 1), sha256 })).to.deep.equal({ a: sha256 });
  });

  it('tell two data sets of one name apart', () => {
    const hashes = datasetHashes([points('a', 1), points('a', 2), points('a', 1)]);
    expect(Object.keys(hashes)).to.deep.equal(['a', 'a (2)']);
    expect(hashes.a).not.to.equal(hashes['a (2)']);
  });

  it('are none for a record without data', () => {
    const record = { n: null, list: [1, 'two'], array: Float64Array.of(1), kind: 'unfinished' };
    expect(datasetHashes(record)).to.deep.equal({});
    expect(datasetHashes(undefined)).to.deep.equal({});
  });
});
