import { expect } from 'chai';
import { exampleMargins, marginMap } from '../../src/losses/index.js';
import { randomStream } from '../../src/numerics/random.js';
import { dot } from '../../src/numerics/vectors.js';
import { normals } from '../helpers/small-networks.js';

describe('marginMap', () => {
  it('multiplies the score of a binary problem by its label', () => {
    const map = marginMap(Float64Array.of(1, -1, -1), 2);
    const margins = new Float64Array(3);
    map.margins(Float64Array.of(2, 3, -4), margins);
    expect([...margins]).to.deep.equal([2, -3, 4]);
    expect([map.examples, map.pairs]).to.deep.equal([3, 1]);
  });

  it('takes s_y − s_j in increasing j with more classes', () => {
    const map = marginMap(Float64Array.of(1, 2), 3);
    const margins = new Float64Array(4);
    map.margins(Float64Array.of(1, 5, 2, 10, 20, 40), margins);
    expect([...margins]).to.deep.equal([4, 3, 30, 20]);
    expect([map.examples, map.pairs]).to.deep.equal([2, 2]);
  });

  for (const classes of [2, 3, 5]) {
    it(`has as transpose its adjoint, with ${classes} classes`, () => {
      const labels = classes === 2 ? [1, -1, 1, -1] : [0, classes - 1, 1, 0];
      const map = marginMap(Float64Array.from(labels), classes);
      const stream = randomStream(classes);
      const scores = normals(stream, 4 * (classes === 2 ? 1 : classes));
      const weights = normals(stream, 4 * map.pairs);
      const margins = new Float64Array(weights.length);
      const back = new Float64Array(scores.length).fill(NaN);
      map.margins(scores, margins);
      map.transpose(weights, back);
      expect(dot(scores, back)).to.be.closeTo(dot(margins, weights), 1e-13);
    });
  }

  it('refuses labels that are not of the problem', () => {
    expect(() => marginMap(Float64Array.of(1, 0), 2)).to.throw(
      'Label 2 of 2 is 0; expected +1 or -1.',
    );
    for (const label of [3, -1, 0.5, NaN]) {
      expect(() => marginMap(Float64Array.of(label, 0), 3)).to.throw(
        `Label 1 of 2 is ${label}; expected a whole number from 0 to 2.`,
      );
    }
  });
});

describe('exampleMargins', () => {
  it('is the smallest margin of each example', () => {
    const margins = Float64Array.of(3, 1, 4, 1.5, -5, 9);
    expect([...exampleMargins(margins, 2)]).to.deep.equal([1, 1.5, -5]);
    expect([...exampleMargins(margins, 3)]).to.deep.equal([1, -5]);
  });

  it('is a copy of the margins of a binary problem', () => {
    const margins = Float64Array.of(3, 1);
    const copy = exampleMargins(margins, 1);
    expect(copy).to.deep.equal(margins);
    expect(copy).not.to.equal(margins);
  });
});
