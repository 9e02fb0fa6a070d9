// catches: The smallest margin is not divided by the length of w.
// marks: test-normalized-margin=2

// %% normalized-margin
/** The smallest margin, divided by the length of w. */
function normalizedMargin(w: number[], X: number[][], y: number[]): number {
  return Math.min(...X.map((x, i) => y[i] * x.reduce((sum, v, j) => sum + v * w[j], 0)));
}
