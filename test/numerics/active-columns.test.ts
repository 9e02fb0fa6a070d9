import { expect } from 'chai';
import {
  activate,
  activeColumns,
  deactivate,
  remainder,
  remainingNorm,
  solveActive,
} from '../../src/numerics/active-columns.js';
import { minimumNormSolution } from '../../src/numerics/least-squares.js';
import { randomStream } from '../../src/numerics/random.js';
import { norm } from '../../src/numerics/vectors.js';
import { normals, relativeDifference, timesVector } from './matrices.js';

describe('least squares on active columns', () => {
  const [rows, columns] = [12, 7];
  const stream = randomStream('active');
  const transposed = normals(stream, rows * columns);
  const target = normals(stream, rows);

  /** The same by another method, for the chosen columns. */
  function reference(chosen: readonly number[]): {
    solution: Float64Array;
    residual: Float64Array;
  } {
    const n = chosen.length;
    const a = Float64Array.from(
      { length: rows * n },
      (_, p) => transposed[chosen[p % n] * rows + Math.floor(p / n)],
    );
    const solution = minimumNormSolution(rows, n, a, target, 1e-14);
    const residual = timesVector(rows, n, a, solution).map((value, i) => target[i] - value);
    return { solution, residual };
  }

  it('fits as well as another method after columns came', () => {
    const state = activeColumns(rows, columns, transposed, target);
    [4, 0, 6].forEach((j) => activate(state, j));
    const { solution, residual } = reference([4, 0, 6]);
    expect(relativeDifference(solveActive(state), solution)).to.be.below(1e-13);
    expect(remainingNorm(state)).to.be.closeTo(norm(residual), 1e-14);
  });

  it('fits as well after columns went from the middle and came again', () => {
    const state = activeColumns(rows, columns, transposed, target);
    [4, 0, 6, 2, 5].forEach((j) => activate(state, j));
    deactivate(state, 1);
    deactivate(state, 0);
    activate(state, 0);
    deactivate(state, 2);
    expect(state.active).to.deep.equal([6, 2, 0]);
    expect(relativeDifference(solveActive(state), reference([6, 2, 0]).solution)).to.be.below(
      1e-13,
    );
  });

  it('knows the gradient of a column that is not active', () => {
    const state = activeColumns(rows, columns, transposed, target);
    [1, 3].forEach((j) => activate(state, j));
    const { residual } = reference([1, 3]);
    let expected = 0;
    residual.forEach((value, i) => (expected += value * transposed[5 * rows + i]));
    expect(remainder(state, 5).gradient).to.be.closeTo(expected, 1e-14);
  });

  it('leaves nothing of a column within reach of the active ones', () => {
    const twice = transposed.slice();
    for (let i = 0; i < rows; i++) twice[i] = twice[rows + i] + twice[2 * rows + i];
    const state = activeColumns(rows, columns, twice, target);
    [1, 2].forEach((j) => activate(state, j));
    expect(remainder(state, 0).norm).to.be.below(1e-14);
  });

  it('does not change what it was given', () => {
    const before = transposed.slice();
    const state = activeColumns(rows, columns, transposed, target);
    activate(state, 0);
    expect(transposed).to.deep.equal(before);
  });
});
