import { expect } from 'chai';
import { randomStream } from '../../src/numerics/random.js';
import { makeDataset, subset, type Dataset } from '../../src/datasets/dataset.js';
import { fashionMnistTiny } from '../../src/datasets/node/fashion-mnist.js';
import { liftFromSpan, projectIntoSpan, rotateIntoSpan } from '../../src/datasets/span.js';

function gram(rows: Float64Array, d: number): Float64Array {
  const n = rows.length / d;
  return Float64Array.from({ length: n * n }, (_, k) => {
    let sum = 0;
    for (let j = 0; j < d; j++) sum += rows[Math.floor(k / n) * d + j] * rows[(k % n) * d + j];
    return sum;
  });
}

/** Largest difference of two Gram matrices, as a fraction of the largest entry of the first. */
function gramError(a: Dataset, b: Dataset): number {
  const first = gram(a.inputs, a.dimension);
  const second = gram(b.inputs, b.dimension);
  return largest(first.map((v, k) => v - second[k])) / largest(first);
}

function largest(values: Float64Array): number {
  return values.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
}

function generic(n: number, d: number, entry: (i: number, j: number) => number): Dataset {
  const inputs = Float64Array.from({ length: n * d }, (_, k) => entry(Math.floor(k / d), k % d));
  const labels = Float64Array.from({ length: n }, (_, i) => (i % 2 ? 1 : -1));
  return makeDataset({ name: 'wide', source: 'test', dimension: d, classes: 2, inputs, labels });
}

function gaussian(n: number, d: number, seed: number): Dataset {
  const stream = randomStream(seed);
  return generic(n, d, () => stream.normal());
}

/** Largest entry of B Bᵀ − I. */
function orthogonalityError(basis: Float64Array, d: number): number {
  const products = gram(basis, d);
  const rank = basis.length / d;
  return largest(products.map((v, k) => v - (k % (rank + 1) === 0 ? 1 : 0)));
}

describe('rotateIntoSpan', () => {
  it('keeps the Gram matrix to 1e-12 with a basis orthonormal to 1e-12', () => {
    const wide = gaussian(30, 200, 1);
    const { dataset, basis, rank } = rotateIntoSpan(wide);
    expect(rank).to.equal(30);
    expect(dataset.dimension).to.equal(30);
    expect(gramError(wide, dataset)).to.be.below(1e-12);
    expect(orthogonalityError(basis, 200)).to.be.below(1e-12);
    expect([...dataset.labels]).to.deep.equal([...wide.labels]);
    expect(dataset.source).to.equal('test; rotated into the span of its 30 inputs');
  });

  it('keeps the Gram matrix of images', () => {
    const images = subset(
      fashionMnistTiny('train'),
      Array.from({ length: 60 }, (_, i) => i),
    );
    const { dataset, basis } = rotateIntoSpan(images);
    expect(dataset.dimension).to.be.at.most(60);
    expect(gramError(images, dataset)).to.be.below(1e-12);
    expect(orthogonalityError(basis, 784)).to.be.below(1e-12);
  });

  it('leaves out dependent inputs', () => {
    const base = gaussian(4, 50, 2);
    const dependent = subset(base, [0, 1, 0, 2, 3, 1]);
    dependent.inputs.forEach((value, k) => {
      if (k >= 250) dependent.inputs[k] = value - 3 * base.inputs[k - 250];
    });
    const { dataset, rank } = rotateIntoSpan(dependent);
    expect(rank).to.equal(4);
    expect(gramError(dependent, dataset)).to.be.below(1e-12);
  });

  it('stays orthonormal when inputs are nearly dependent', () => {
    const stream = randomStream(5);
    const close = generic(12, 40, (i, j) => 1 / (1 + j) + 1e-9 * i * stream.normal());
    const { dataset, basis } = rotateIntoSpan(close);
    expect(orthogonalityError(basis, 40)).to.be.below(1e-12);
    expect(gramError(close, dataset)).to.be.below(1e-12);
  });

  it('is a plain change of basis when there are more examples than dimensions', () => {
    const tall = gaussian(20, 3, 4);
    const { dataset, rank } = rotateIntoSpan(tall);
    expect(rank).to.equal(3);
    expect(gramError(tall, dataset)).to.be.below(1e-12);
  });

  it('refuses inputs that are all zero', () => {
    expect(() => rotateIntoSpan(generic(2, 3, () => 0))).to.throw(
      'wide: expected an input that is not zero.',
    );
  });
});

describe('liftFromSpan and projectIntoSpan', () => {
  const wide = gaussian(10, 60, 6);
  const rotation = rotateIntoSpan(wide);

  it('map the inputs there and back', () => {
    const back = liftFromSpan(rotation, rotation.dataset.inputs);
    expect(largest(back.map((v, k) => v - wide.inputs[k]))).to.be.below(1e-13);
  });

  it('give other data the same products with weights in the span', () => {
    const other = gaussian(7, 60, 7);
    const projected = projectIntoSpan(rotation, other);
    const stream = randomStream(8);
    const weights = Float64Array.from({ length: 10 }, () => stream.normal());
    const lifted = liftFromSpan(rotation, weights);
    for (let i = 0; i < 7; i++) {
      let small = 0;
      let large = 0;
      for (let k = 0; k < 10; k++) small += weights[k] * projected.inputs[10 * i + k];
      for (let j = 0; j < 60; j++) large += lifted[j] * other.inputs[60 * i + j];
      expect(small).to.be.closeTo(large, 1e-12);
    }
    expect(projected.source).to.equal('test; projected onto the span of wide');
  });

  it('refuse other dimensions', () => {
    expect(() => projectIntoSpan(rotation, gaussian(2, 5, 1))).to.throw(
      'wide: expected dimension 60, found 5.',
    );
    expect(() => liftFromSpan(rotation, new Float64Array(7))).to.throw(
      'liftFromSpan: expected a length that is a multiple of 10, found 7.',
    );
  });
});
