import { expect } from 'chai';
import { randomStream } from '../../src/numerics/random.js';
import { makeDataset } from '../../src/datasets/dataset.js';
import {
  appendConstant,
  applyCenterAndScale,
  centerAndScale,
  selectClasses,
} from '../../src/datasets/transforms.js';

const digits = makeDataset({
  name: 'digits',
  source: 'test',
  dimension: 1,
  classes: 4,
  inputs: [10, 11, 12, 13, 14],
  labels: [0, 1, 2, 3, 0],
});

describe('appendConstant', () => {
  it('adds a last coordinate that is 1', () => {
    const dataset = appendConstant(digits);
    expect(dataset.dimension).to.equal(2);
    expect([...dataset.inputs]).to.deep.equal([10, 1, 11, 1, 12, 1, 13, 1, 14, 1]);
    expect(dataset.source).to.equal('test; constant 1 appended');
  });
});

describe('selectClasses', () => {
  it('turns two classes into −1 and +1, in the order given', () => {
    const dataset = selectClasses(digits, [3, 0]);
    expect(dataset.classes).to.equal(2);
    expect([...dataset.inputs]).to.deep.equal([10, 13, 14]);
    expect([...dataset.labels]).to.deep.equal([1, -1, 1]);
    expect(dataset.source).to.equal('test; classes 3 as -1, 0 as 1');
  });

  it('merges several classes into superclasses', () => {
    const two = selectClasses(digits, [
      [0, 1],
      [2, 3],
    ]);
    expect([...two.labels]).to.deep.equal([-1, -1, 1, 1, -1]);
    const three = selectClasses(digits, [2, [0, 3], 1]);
    expect(three.classes).to.equal(3);
    expect([...three.labels]).to.deep.equal([1, 2, 0, 1, 1]);
    expect(three.source).to.equal('test; classes 2 as 0, 0+3 as 1, 1 as 2');
  });

  it('refuses one group, a class in two groups and a class that is not there', () => {
    expect(() => selectClasses(digits, [1])).to.throw(
      'digits: expected at least two groups of classes, found 1.',
    );
    expect(() => selectClasses(digits, [1, [2, 1]])).to.throw('digits: label 1 is in two groups.');
    expect(() => selectClasses(digits, [1, 7])).to.throw('digits: no example has label 7.');
  });
});

describe('centerAndScale', () => {
  const stream = randomStream(3);
  const examples = 50;
  const inputs = Float64Array.from({ length: 3 * examples }, (_, k) =>
    k % 3 === 2 ? 0.1 : 5 + (1 + (k % 3)) * stream.normal(),
  );
  const labels = Float64Array.from({ length: examples }, (_, i) => (i % 2 ? 1 : -1));
  const dataset = makeDataset({
    name: 'wide',
    source: 'test',
    dimension: 3,
    classes: 2,
    inputs,
    labels,
  });
  const moment = (values: Float64Array, j: number, power: number): number =>
    values.reduce((sum, v, k) => (k % 3 === j ? sum + v ** power / examples : sum), 0);

  it('gives each coordinate mean 0 and variance 1, and says so in the source', () => {
    const { dataset: scaled } = centerAndScale(dataset);
    for (const j of [0, 1]) {
      expect(moment(scaled.inputs, j, 1)).to.be.closeTo(0, 1e-13);
      expect(moment(scaled.inputs, j, 2)).to.be.closeTo(1, 1e-13);
    }
    expect(scaled.source).to.equal('test; coordinates centred and scaled to variance 1');
  });

  it('centres a coordinate that never changes and does not blow up its rounding', () => {
    const { dataset: scaled, scale } = centerAndScale(dataset);
    expect(scale[2]).to.equal(1);
    expect(Math.abs(scaled.inputs[2])).to.be.below(1e-15);
  });

  it('with one scale for all keeps the ratio of the spreads', () => {
    const { dataset: scaled, scale } = centerAndScale(dataset, 'overall');
    expect(scale[0]).to.equal(scale[1]);
    const total = [0, 1, 2].reduce((sum, j) => sum + moment(scaled.inputs, j, 2), 0);
    expect(total / 3).to.be.closeTo(1, 1e-13);
    expect(scaled.source).to.equal(
      'test; coordinates centred and divided by one standard deviation',
    );
  });

  it('puts other data in the same units', () => {
    const units = centerAndScale(dataset);
    const again = applyCenterAndScale(units, dataset);
    expect([...again.inputs]).to.deep.equal([...units.dataset.inputs]);
    expect(again.source).to.equal('test; in the units of wide');
    expect(() => applyCenterAndScale(units, digits)).to.throw(
      'digits: expected dimension 3, found 1.',
    );
  });

  describe('by channel', () => {
    const images = makeDataset({
      name: 'images',
      source: 'test',
      dimension: 8,
      classes: 2,
      inputs: [0, 1, 2, 3, 5, 5, 5, 5, 4, 5, 6, 7, 5, 5, 5, 5],
      labels: [1, -1],
      image: { channels: 2, height: 2, width: 2 },
    });

    it('gives the pixels of a channel one mean and one variance, and says so', () => {
      const { dataset: scaled, shift, scale } = centerAndScale(images, 'channel');
      expect([...shift]).to.deep.equal([3.5, 3.5, 3.5, 3.5, 5, 5, 5, 5]);
      const deviation = Math.sqrt(5.25);
      scale.forEach((value, k) => expect(value).to.be.closeTo(k < 4 ? deviation : 1, 1e-14));
      expect(scaled.inputs[0]).to.be.closeTo(-3.5 / deviation, 1e-14);
      expect(scaled.inputs[15]).to.equal(0);
      expect(scaled.source).to.equal('test; channels centred and scaled to variance 1');
      expect(scaled.image).to.deep.equal(images.image);
    });

    it('keeps the shape of images where pixels stay pixels, and drops it where they do not', () => {
      const units = centerAndScale(images, 'channel');
      expect(applyCenterAndScale(units, images).image).to.deep.equal(images.image);
      expect(selectClasses(images, [1, -1]).image).to.deep.equal(images.image);
      expect(appendConstant(images)).not.to.have.property('image');
    });

    it('refuses examples that are no images', () => {
      expect(() => centerAndScale(dataset, 'channel')).to.throw(
        'wide: expected images, whose channels can be scaled, found plain examples.',
      );
    });
  });
});
