import { expect } from 'chai';
import { randomStream } from '../../src/numerics/random.js';
import { circles, xorBlobs } from '../../src/datasets/planar.js';

describe('xorBlobs', () => {
  it('puts four balanced blobs around (±1, ±1), labelled by the product of the signs', () => {
    const dataset = xorBlobs({ examplesPerBlob: 5, spread: 0 }, 1);
    expect([dataset.examples, dataset.dimension]).to.deep.equal([20, 3]);
    const seen = new Set<string>();
    for (let i = 0; i < 20; i++) {
      const [x1, x2, one] = dataset.inputs.subarray(3 * i, 3 * i + 3);
      expect(dataset.labels[i]).to.equal(x1 * x2);
      expect(one).to.equal(1);
      seen.add(`${x1},${x2}`);
    }
    expect(seen.size).to.equal(4);
  });

  it('has the spread that was asked for', () => {
    const dataset = xorBlobs({ examplesPerBlob: 500, spread: 0.2, constant: false }, 2);
    const squares = dataset.inputs.map((v) => (v - Math.sign(v)) ** 2);
    const deviation = Math.sqrt(squares.reduce((sum, v) => sum + v, 0) / squares.length);
    expect(deviation).to.be.closeTo(0.2, 0.01);
  });

  it('gives the same bytes for the same seed and others for another', () => {
    const options = { examplesPerBlob: 3, spread: 0.3 };
    expect(xorBlobs(options, 4)).to.deep.equal(xorBlobs(options, 4));
    expect(xorBlobs(options, randomStream(4)).inputs).to.deep.equal(xorBlobs(options, 4).inputs);
    expect(xorBlobs(options, 5).inputs).not.to.deep.equal(xorBlobs(options, 4).inputs);
  });

  it('refuses options out of range', () => {
    expect(() => xorBlobs({ examplesPerBlob: 0, spread: 0 }, 1)).to.throw(
      'xorBlobs: expected examplesPerBlob to be a whole number of at least 1, found 0.',
    );
    expect(() => xorBlobs({ examplesPerBlob: 1, spread: -1 }, 1)).to.throw(
      'xorBlobs: expected spread to be at least 0, found -1.',
    );
  });
});

describe('circles', () => {
  it('puts +1 on the inner ring and −1 on the outer one, half each', () => {
    const dataset = circles({ examples: 40, spread: 0, innerRadius: 0.4, outerRadius: 2 }, 1);
    for (let i = 0; i < 40; i++) {
      const radius = Math.hypot(dataset.inputs[3 * i], dataset.inputs[3 * i + 1]);
      expect(radius).to.be.closeTo(dataset.labels[i] > 0 ? 0.4 : 2, 1e-14);
    }
    expect(dataset.labels.reduce((sum, y) => sum + y, 0)).to.equal(0);
  });

  it('gives the same bytes for the same seed and others for another', () => {
    const options = { examples: 10, spread: 0.1 };
    expect(circles(options, 4)).to.deep.equal(circles(options, 4));
    expect(circles(options, 5).inputs).not.to.deep.equal(circles(options, 4).inputs);
  });

  it('leaves the constant out on request', () => {
    expect(circles({ examples: 2, spread: 0, constant: false }, 1).dimension).to.equal(2);
  });

  it('refuses options out of range', () => {
    expect(() => circles({ examples: 3, spread: 0 }, 1)).to.throw(
      'circles: expected an even number of examples, found 3.',
    );
    expect(() => circles({ examples: 2, spread: 0, innerRadius: 2 }, 1)).to.throw(
      'circles: expected 0 < innerRadius < outerRadius, found 2 and 1.',
    );
    expect(() => circles({ examples: 0, spread: 0 }, 1)).to.throw('expected examples');
    expect(() => circles({ examples: 2, spread: NaN }, 1)).to.throw('expected spread');
  });
});
