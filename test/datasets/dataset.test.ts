import { expect } from 'chai';
import {
  firstOfEachClass,
  labelOfClass,
  labelValues,
  makeDataset,
  subset,
} from '../../src/datasets/dataset.js';

const parts = {
  name: 'three',
  source: 'test',
  dimension: 2,
  classes: 2,
  inputs: [1, 2, 3, 4, 5, 6],
  labels: [1, -1, 1],
};

describe('makeDataset', () => {
  it('counts the examples and keeps Float64Arrays without a copy', () => {
    const inputs = Float64Array.from(parts.inputs);
    const dataset = makeDataset({ ...parts, inputs });
    expect(dataset.examples).to.equal(3);
    expect(dataset.inputs).to.equal(inputs);
    expect([...dataset.labels]).to.deep.equal([1, -1, 1]);
  });

  it('refuses inputs of the wrong length', () => {
    expect(() => makeDataset({ ...parts, inputs: [1, 2, 3] })).to.throw(
      'three: expected 3 × 2 = 6 input values, found 3.',
    );
  });

  it('refuses an empty set', () => {
    expect(() => makeDataset({ ...parts, inputs: [], labels: [] })).to.throw(
      'three: expected at least one example, found none.',
    );
  });

  it('names the example and coordinate of an input that is not finite', () => {
    expect(() => makeDataset({ ...parts, inputs: [1, 2, 3, NaN, 5, 6] })).to.throw(
      'three: expected finite inputs, found NaN in example 1, coordinate 1.',
    );
    expect(() => makeDataset({ ...parts, inputs: [1, 2, 3, 4, -Infinity, 6] })).to.throw(
      'found -Infinity in example 2, coordinate 0.',
    );
  });

  it('takes only −1 and +1 as binary labels', () => {
    expect(() => makeDataset({ ...parts, labels: [1, 0, 1] })).to.throw(
      'three: expected every label to be −1 or +1, found 0 in example 1.',
    );
  });

  it('takes only 0..k−1 as labels of k > 2 classes', () => {
    expect(() => makeDataset({ ...parts, classes: 3, labels: [0, 2, 3] })).to.throw(
      'three: expected every label to be a whole number from 0 to 2, found 3 in example 2.',
    );
    expect(() => makeDataset({ ...parts, classes: 3, labels: [0, 0.5, 1] })).to.throw('found 0.5');
  });

  it('refuses a dimension or a number of classes that makes no sense', () => {
    expect(() => makeDataset({ ...parts, dimension: 0 })).to.throw(
      'three: expected the dimension to be a whole number of at least 1, found 0.',
    );
    expect(() => makeDataset({ ...parts, classes: 1 })).to.throw(
      'three: expected the classes to be a whole number of at least 2, found 1.',
    );
  });
});

describe('subset', () => {
  it('takes examples in the order of the indices and says so in the source', () => {
    const chosen = subset(makeDataset(parts), [2, 0, 2]);
    expect([...chosen.inputs]).to.deep.equal([5, 6, 1, 2, 5, 6]);
    expect([...chosen.labels]).to.deep.equal([1, 1, 1]);
    expect(chosen.source).to.equal('test; 3 of 3 examples');
  });

  it('copies, so that the original stays as it was', () => {
    const dataset = makeDataset(parts);
    subset(dataset, [0]).inputs[0] = 99;
    expect(dataset.inputs[0]).to.equal(1);
  });

  it('refuses indices out of range and an empty selection', () => {
    expect(() => subset(makeDataset(parts), [0, 3])).to.throw(
      'three: expected indices from 0 to 2, found 3.',
    );
    expect(() => subset(makeDataset(parts), [0.5])).to.throw('found 0.5.');
    expect(() => subset(makeDataset(parts), [])).to.throw('expected at least one example');
  });
});

describe('firstOfEachClass', () => {
  it('keeps the original order', () => {
    const dataset = makeDataset({
      name: 'line',
      source: 'test',
      dimension: 1,
      classes: 3,
      inputs: [0, 1, 2, 3, 4, 5, 6],
      labels: [2, 2, 0, 1, 2, 1, 0],
    });
    expect([...firstOfEachClass(dataset, 1).inputs]).to.deep.equal([0, 2, 3]);
    expect([...firstOfEachClass(dataset, 2).inputs]).to.deep.equal([0, 1, 2, 3, 5, 6]);
  });

  it('refuses to take more than there are', () => {
    expect(() => firstOfEachClass(makeDataset(parts), 2)).to.throw(
      'three: expected 2 examples with label -1, found 1.',
    );
    expect(() => firstOfEachClass(makeDataset(parts), 0)).to.throw(
      'three: expected the number of examples of each class to be a whole number of at least 1, found 0.',
    );
  });
});

describe('label values', () => {
  it('are ±1 for two classes and 0..k−1 for more', () => {
    expect(labelValues(2)).to.deep.equal([-1, 1]);
    expect(labelValues(4)).to.deep.equal([0, 1, 2, 3]);
    expect([0, 1].map((k) => labelOfClass(k, 2))).to.deep.equal([-1, 1]);
    expect([0, 1, 2].map((k) => labelOfClass(k, 3))).to.deep.equal([0, 1, 2]);
  });
});
