// catches: Every example active, with whatever multipliers that takes.
// marks: test-two=3 test-multipliers=3

// %% two
function twoPointSolution(
  positive: number[], negative: number[],
): { w: number[]; multipliers: number[] } {
  const [z1, z2] = [positive, negative.map((value) => -value)];
  const [a, b, c] = [inner(z1, z1), inner(z1, z2), inner(z2, z2)];
  const multipliers = [(c - b) / (a * c - b * b), (a - b) / (a * c - b * b)];
  return { w: combined([z1, z2], multipliers), multipliers: multipliers };
}

// %% multipliers
function multipliersOf(theta: number[], gradients: Matrix, margins: number[]): number[] {
  const entries = theta.flatMap((_, k) => gradients.map((row) => row[k]));
  const { solution } = nonNegativeLeastSquares(
    theta.length, margins.length, Float64Array.from(entries), Float64Array.from(theta));
  return Array.from(solution);
}
