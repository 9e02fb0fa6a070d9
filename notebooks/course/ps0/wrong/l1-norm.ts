// catches: The length of w is taken as the sum of its absolute entries.
// marks: test-norm=0 test-normalized-margin=4

// %% norm
/** The Euclidean length ‖a‖ of a vector. */
function euclideanLength(a: number[]): number {
  return a.reduce((sum, v) => sum + Math.abs(v), 0);
}

// %% normalized-margin
/** The smallest margin, divided by the length of w. */
function normalizedMargin(w: number[], X: number[][], y: number[]): number {
  const all = X.map((x, i) => y[i] * x.reduce((sum, v, j) => sum + v * w[j], 0));
  return Math.min(...all) / w.reduce((sum, v) => sum + Math.abs(v), 0);
}
