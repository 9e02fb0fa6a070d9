// catches: The sign of the multipliers is not checked, and multiplied margins stand for complementarity.
// marks: test-four=4

// %% four
function faults(
  theta: number[], gradients: Matrix, margins: number[], multipliers: number[],
): Fault[] {
  const sum = combined(gradients, multipliers);
  const found: Fault[] = [];
  if (Math.min(...margins) < 1 - 1e-6) found.push('feasibility');
  if (theta.some((value, k) => Math.abs(value - sum[k]) > 1e-6)) found.push('stationarity');
  if (multipliers.every((l, i) => Math.abs(l * (margins[i] - 1)) > 1e-6)) {
    found.push('complementarity');
  }
  return found;
}
