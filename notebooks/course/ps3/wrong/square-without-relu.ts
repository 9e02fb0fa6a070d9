// catches: Units that are off are squared like others.
// marks: test-score=2 test-gradient=1

// %% score
/** Φ(x; W, a) = Σ_j a_j max(⟨w_j, x⟩, 0)². */
function score(W: number[][], a: number[], x: number[]): number {
  return W.reduce((sum, w, j) =>
    sum + a[j] * w.reduce((z, v, k) => z + v * x[k], 0) ** 2, 0);
}

// %% gradient
/** The gradient of Φ at x by the rows w_j and by a, in the shapes of W and a. */
function gradientOf(
  W: number[][], a: number[], x: number[],
): { W: number[][]; a: number[] } {
  const before = W.map((w) => w.reduce((sum, v, k) => sum + v * x[k], 0));
  return {
    W: before.map((z, j) => x.map((v) => 2 * a[j] * z * v)),
    a: before.map((z) => z * z),
  };
}
