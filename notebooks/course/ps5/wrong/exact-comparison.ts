// catches: Numbers compared without room for rounding.
// marks: test-four=5

// %% four
function faults(
  theta: number[], gradients: Matrix, margins: number[], multipliers: number[],
): Fault[] {
  const sum = combined(gradients, multipliers);
  const found: Fault[] = [];
  if (margins.some((p) => p < 1)) found.push('feasibility');
  if (theta.some((value, k) => value !== sum[k])) found.push('stationarity');
  if (multipliers.some((l) => l < 0)) found.push('sign');
  if (multipliers.some((l, i) => l * (margins[i] - 1) !== 0)) found.push('complementarity');
  return found;
}
