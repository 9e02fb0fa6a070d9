import { expect } from 'chai';
import { addHadamardOfGrams, addRowProducts } from '../../src/networks/dense-rows.js';
import { dot } from '../../src/numerics/vectors.js';
import { randomStream } from '../../src/numerics/random.js';
import { relativeError } from '../helpers/finite-differences.js';
import { normals } from '../helpers/small-networks.js';

/** inputs, outputs, batch: on both sides of the sizes at which the sums change their form. */
const shapes = [
  [3, 5, 4],
  [1, 1, 1],
  [7, 1, 30],
  [40, 12, 20],
  [200, 60, 45],
  [1, 64, 90],
] as const;

for (const [inputs, outputs, batch] of shapes) {
  describe(`rows of a dense layer, ${inputs} → ${outputs}, for ${batch} examples`, () => {
    const stream = randomStream(`rows ${inputs} ${outputs} ${batch}`);
    const x = normals(stream, batch * inputs);
    // Units that are off have a gradient of zero.
    const gy = normals(stream, batch * outputs).map((value) => (value > 1 ? 0 : value));
    const rowOf = (i: number) => {
      const row: number[] = [];
      for (let j = 0; j < outputs; j++) {
        for (let k = 0; k < inputs; k++) row.push(gy[i * outputs + j] * x[i * inputs + k]);
      }
      return Float64Array.from(row);
    };
    const rows = Array.from({ length: batch }, (_, i) => rowOf(i));

    it('multiply a direction as the explicit rows do, and add to what is there', () => {
      const before = normals(stream, batch);
      const parameters = normals(stream, 2 + inputs * outputs);
      const into = before.slice();
      addRowProducts(inputs, outputs, batch, x, gy, parameters, 2, into);
      const expected = rows.map((row, i) => before[i] + dot(row, parameters.subarray(2)));
      expect(relativeError(into, expected)).to.be.below(1e-13);
    });

    it('have the Gram matrix of the explicit rows, added to what is there', () => {
      const before = normals(stream, batch * batch);
      const into = before.slice();
      addHadamardOfGrams(inputs, outputs, batch, x, gy, into);
      const expected = before.map(
        (value, p) => value + dot(rows[Math.floor(p / batch)], rows[p % batch]),
      );
      expect(relativeError(into, expected)).to.be.below(1e-13);
    });

    it('have, for a bias, the Gram matrix of the gradients alone', () => {
      const into = new Float64Array(batch * batch);
      addHadamardOfGrams(0, outputs, batch, x, gy, into);
      const part = (i: number) => gy.subarray(i * outputs, (i + 1) * outputs);
      const expected = into.map((_, p) => dot(part(Math.floor(p / batch)), part(p % batch)));
      expect(relativeError(into, expected)).to.be.below(1e-13);
    });
  });
}
