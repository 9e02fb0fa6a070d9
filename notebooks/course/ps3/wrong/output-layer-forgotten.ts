// catches: The output weights have no gradient, as if they were frozen, and are left out of the norm.
// marks: test-gradient=3 test-normalized=3

// %% gradient
/** The gradient of Φ at x by the rows w_j and by a, in the shapes of W and a. */
function gradientOf(
  W: number[][], a: number[], x: number[],
): { W: number[][]; a: number[] } {
  const on = W.map((w) => Math.max(w.reduce((sum, v, k) => sum + v * x[k], 0), 0));
  return {
    W: on.map((z, j) => x.map((v) => 2 * a[j] * z * v)),
    a: on.map(() => 0),
  };
}

// %% normalized
/** The smallest margin, divided by ‖θ‖^L for θ = (W, a) and L = 3. */
function normalizedMargin(margins: number[], W: number[][], a: number[]): number {
  return Math.min(...margins) / Math.hypot(...W.flat()) ** 3;
}
