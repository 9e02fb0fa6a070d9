import { expect } from 'chai';
import { norm } from '../../src/numerics/vectors.js';
import { timesVector, transposeTimesVector } from './matrices.js';

/**
 * Expects the conditions that single out the minimum of ‖A·x − b‖ over x ≥ 0: x ≥ 0, no column with
 * a positive cosine to the residual, and none with a cosine other than zero where x is positive. The
 * gradients are measured against ‖aⱼ‖·‖b‖.
 */
export function expectOptimal(
  rows: number,
  columns: number,
  a: Float64Array,
  b: Float64Array,
  x: Float64Array,
  tolerance: number,
): void {
  const fitted = timesVector(rows, columns, a, x);
  const residual = b.map((value, i) => value - fitted[i]);
  const gradient = transposeTimesVector(rows, columns, a, residual);
  const size = norm(b) || 1;
  for (let j = 0; j < columns; j++) {
    const column = Float64Array.from({ length: rows }, (_, i) => a[i * columns + j]);
    const slope = gradient[j] / (norm(column) * size || 1);
    expect(x[j]).to.be.at.least(0);
    expect(slope, `column ${j}`).to.be.at.most(tolerance);
    if (x[j] > 0) expect(slope, `column ${j} of the support`).to.be.at.least(-tolerance);
  }
}
