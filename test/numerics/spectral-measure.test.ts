import { expect } from 'chai';
import { randomStream } from '../../src/numerics/random.js';
import { spectralMeasure } from '../../src/numerics/spectral-measure.js';
import { dot, norm } from '../../src/numerics/vectors.js';
import { normals } from './matrices.js';

const stream = randomStream('spectral measure');

/** Multiplies by a diagonal matrix between two reflections along `across`. */
function reflected(diagonal: Float64Array, across: Float64Array) {
  const reflect = (v: Float64Array) => {
    const along = (2 * dot(across, v)) / dot(across, across);
    return v.map((value, i) => value - along * across[i]);
  };
  return {
    reflect,
    times: (v: Float64Array) => reflect(reflect(v).map((x, i) => x * diagonal[i])),
  };
}

describe('what a vector consists of in the eigenvectors of a matrix', () => {
  it('is known eigenvalues and parts, one for each eigenspace', () => {
    const diagonal = Float64Array.of(0.5, 0.5, -40, 3, 0, 7);
    const { reflect, times } = reflected(diagonal, normals(stream, 6));
    const parts = Float64Array.of(3, 4, 1e-3, 2, 1, 0);
    const { values, lengths } = spectralMeasure(times, reflect(parts));
    const expected = [
      [-40, 1e-3],
      [0, 1],
      [0.5, 5],
      [3, 2],
    ];
    // What is not in the vector may come out with a length of rounding.
    const found = [...values].flatMap((value, k) =>
      lengths[k] > 1e-9 ? [[value, lengths[k]]] : [],
    );
    expect(found).to.have.lengthOf(expected.length);
    found.forEach(([value, length], k) => {
      expect(value).to.be.closeTo(expected[k][0], 1e-9);
      expect(length).to.be.closeTo(expected[k][1], 1e-10);
    });
  });

  it('gives functions of a matrix with more eigenvalues than steps', () => {
    const diagonal = Float64Array.from({ length: 300 }, (_, i) => 1 - i / 100);
    const { reflect, times } = reflected(diagonal, normals(stream, 300));
    const parts = normals(stream, 300);
    const { values, lengths } = spectralMeasure(times, reflect(parts));
    expect(values.length).to.equal(48);
    expect(norm(lengths) / norm(parts)).to.be.closeTo(1, 1e-13);
    for (const time of [0.3, 2]) {
      const found = values.reduce((sum, x, k) => sum + lengths[k] ** 2 * Math.exp(time * x), 0);
      const sum = parts.reduce((s, c, i) => s + c * c * Math.exp(time * diagonal[i]), 0);
      expect(found / sum).to.be.closeTo(1, 1e-12);
    }
  });

  it('is nothing for a vector of zeros, and one value for an eigenvector', () => {
    expect(spectralMeasure((v) => v, new Float64Array(3)).values).to.have.lengthOf(0);
    const { values, lengths } = spectralMeasure((v) => v.map((x) => 2 * x), Float64Array.of(3, 4));
    expect([...values]).to.deep.equal([2]);
    expect(lengths[0]).to.be.closeTo(5, 1e-14);
  });
});
