// catches: The slope of the squared ReLU is taken as max(z, 0), without the 2.
// marks: test-gradient=4

// %% gradient
/** The gradient of Φ at x by the rows w_j and by a, in the shapes of W and a. */
function gradientOf(
  W: number[][], a: number[], x: number[],
): { W: number[][]; a: number[] } {
  const on = W.map((w) => Math.max(w.reduce((sum, v, k) => sum + v * x[k], 0), 0));
  return {
    W: on.map((z, j) => x.map((v) => a[j] * z * v)),
    a: on.map((z) => z * z),
  };
}
