import { expect } from 'chai';
import { linearSeparability } from '../../src/flows/index.js';
import { exampleNames } from '../../src/flows/resting-point.js';

/** Columns multiplied by numbers that are far apart, with one column given twice. */
function unscaled(rows: number[][]): Float64Array {
  return Float64Array.from(rows.flatMap(([x, y, z]) => [750 + 300 * x, 1e-6 * y, z, 2 * z]));
}

const square = [
  [1, 1, 1],
  [-1, -1, 1],
  [1, -1, 1],
  [-1, 1, 1],
];

describe('linearSeparability', () => {
  it('sees that some weights separate, in any units', () => {
    const { separable } = linearSeparability(unscaled(square), Float64Array.of(1, -1, 1, -1), 2);
    expect(separable).to.equal(true);
  });

  it('sees that none do, and which examples contradict each other', () => {
    const labels = Float64Array.of(1, 1, -1, -1);
    const found = linearSeparability(unscaled(square), labels, 2);
    expect(found.separable).to.equal(false);
    expect([...found.contradicting].sort()).to.deep.equal([0, 1, 2, 3]);
  });

  it('takes an input of zeros for a contradiction in itself', () => {
    const found = linearSeparability(Float64Array.of(1, 2, 0, 0), Float64Array.of(1, -1), 2);
    expect(found).to.deep.equal({ separable: false, contradicting: [1] });
  });

  it('looks at the pairs of several classes', () => {
    const three = [[0, 1, 1], [1, 0, 1], [-1, 0, 1]]; // prettier-ignore
    const inputs = unscaled(three);
    expect(linearSeparability(inputs, Float64Array.of(0, 1, 2), 3).separable).to.equal(true);
    const twice = unscaled([...three, three[0]]);
    const found = linearSeparability(twice, Float64Array.of(0, 1, 2, 1), 3);
    expect(found.separable).to.equal(false);
    expect([...found.contradicting].sort()).to.deep.equal([0, 6]);
  });

  it('says nothing where it is in doubt', () => {
    const nearly = Float64Array.of(1, 1, 1, 1 + 1e-13);
    expect(linearSeparability(nearly, Float64Array.of(1, -1), 2).separable).to.equal(undefined);
  });
});

describe('the names of examples', () => {
  it('count from 1, each once, and end after ten', () => {
    expect(exampleNames([3], 1)).to.equal('example 4 (counted from 1)');
    expect(exampleNames([5, 4, 0], 2)).to.equal('examples 1, 3 (counted from 1)');
    expect(exampleNames([...Array(12).keys()], 1)).to.contain('9, 10 and 2 more');
  });
});
