// catches: The mean of the margins stands where the smallest should.
// marks: test-normalized-margin=1

// %% normalized-margin
/** The smallest margin, divided by the length of w. */
function normalizedMargin(w: number[], X: number[][], y: number[]): number {
  const all = X.map((x, i) => y[i] * x.reduce((sum, v, j) => sum + v * w[j], 0));
  return all.reduce((sum, p) => sum + p, 0) / all.length / Math.hypot(...w);
}
