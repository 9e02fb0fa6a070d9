// catches: The labels are left out, so that the classifier is right where it says +1.
// marks: test-margins=2 test-normalized-margin=4

// %% margins
/** The margin y_i ⟨w, x_i⟩ of each example, in the order of the examples. */
function margins(w: number[], X: number[][], y: number[]): number[] {
  return X.map((x) => x.reduce((sum, v, j) => sum + v * w[j], 0));
}

// %% normalized-margin
/** The smallest margin, divided by the length of w. */
function normalizedMargin(w: number[], X: number[][], y: number[]): number {
  return Math.min(...margins(w, X, y)) / Math.hypot(...w);
}
