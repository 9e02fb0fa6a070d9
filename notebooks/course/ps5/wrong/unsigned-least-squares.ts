// catches: Plain least squares, which takes negative multipliers.
// marks: test-multipliers=2 test-residual=1

// %% multipliers
import { minimumNormSolution } from 'afterfit';
function multipliersOf(theta: number[], gradients: Matrix, margins: number[]): number[] {
  const least = Math.min(...margins);
  const active = [...margins.keys()].filter((i) => margins[i] <= 1.001 * least);
  const entries = theta.flatMap((_, k) => active.map((i) => gradients[i][k]));
  const solution = minimumNormSolution(
    theta.length, active.length, Float64Array.from(entries), Float64Array.from(theta), 1e-12);
  const multipliers = margins.map(() => 0);
  active.forEach((i, k) => (multipliers[i] = solution[k]));
  return multipliers;
}
