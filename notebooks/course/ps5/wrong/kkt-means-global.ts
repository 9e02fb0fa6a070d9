// catches: A KKT point taken for an optimum, and a pull of one for its certificate.
// marks: test-better=1 test-pull=0

// %% better
function betterNetwork(inputs: Matrix): { hidden: Matrix; output: number[] } {
  const up = Math.min(...inputs.map((x) => x[1]));
  return { hidden: [[0, 1 / Math.sqrt(up)], [0, 0]], output: [1 / Math.sqrt(up), 0] };
}

// %% pull
function strongestPull(multipliers: number[], inputs: Matrix, labels: number[]): number {
  return 1;
}
