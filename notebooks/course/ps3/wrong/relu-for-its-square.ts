// catches: The units are not squared, in the score and in the gradient.
// marks: test-score=2 test-gradient=2

// %% score
/** Φ(x; W, a) = Σ_j a_j max(⟨w_j, x⟩, 0)². */
function score(W: number[][], a: number[], x: number[]): number {
  const before = W.map((w) => w.reduce((sum, v, k) => sum + v * x[k], 0));
  return before.reduce((sum, z, j) => sum + a[j] * Math.max(z, 0), 0);
}

// %% gradient
/** The gradient of Φ at x by the rows w_j and by a, in the shapes of W and a. */
function gradientOf(
  W: number[][], a: number[], x: number[],
): { W: number[][]; a: number[] } {
  const on = W.map((w) => Math.max(w.reduce((sum, v, k) => sum + v * x[k], 0), 0));
  return {
    W: on.map((z, j) => x.map((v) => (z > 0 ? a[j] * v : 0))),
    a: on,
  };
}
