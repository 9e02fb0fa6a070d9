import { expect } from 'chai';
import { linearProgram } from '../../src/numerics/linear-program.js';

describe('linearProgram', () => {
  it('finds a known vertex and the prices of its rows', () => {
    // max 3x + 5y, x ≤ 4, 2y ≤ 12, 3x + 2y ≤ 18: (2, 6) with prices (0, 3/2, 1).
    const { solution, multipliers, residualNorm, converged } = linearProgram(
      3,
      2,
      Float64Array.of(1, 0, 0, 2, 3, 2),
      Float64Array.of(4, 12, 18),
      Float64Array.of(3, 5),
    );
    expect(converged).to.equal(true);
    expect(residualNorm).to.be.below(1e-13);
    [2, 6].forEach((value, j) => expect(solution[j]).to.be.closeTo(value, 1e-13));
    [0, 1.5, 1].forEach((value, i) => expect(multipliers[i]).to.be.closeTo(value, 1e-13));
  });

  it('shows where there is no optimum', () => {
    const one = Float64Array.of(1);
    const unbounded = linearProgram(1, 1, Float64Array.of(-1), one, one);
    const infeasible = linearProgram(1, 1, one, Float64Array.of(-1), one);
    expect(unbounded.residualNorm).to.be.above(0.1);
    expect(infeasible.residualNorm).to.be.above(0.1);
  });

  it('refuses sizes that do not match', () => {
    const none = new Float64Array(0);
    expect(() => linearProgram(1, 1, none, none, none)).to.throw(RangeError);
  });
});
