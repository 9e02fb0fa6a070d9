// catches: The distance from the border is taken, on whichever side the example lies.
// marks: test-margins=2 test-normalized-margin=4

// %% margins
/** The margin y_i ⟨w, x_i⟩ of each example, in the order of the examples. */
function margins(w: number[], X: number[][], y: number[]): number[] {
  return X.map((x) => Math.abs(x.reduce((sum, v, j) => sum + v * w[j], 0)));
}

// %% normalized-margin
/** The smallest margin, divided by the length of w. */
function normalizedMargin(w: number[], X: number[][], y: number[]): number {
  return Math.min(...margins(w, X, y)) / Math.hypot(...w);
}
