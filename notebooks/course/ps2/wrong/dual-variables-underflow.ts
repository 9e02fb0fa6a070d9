// catches: The exponentials of the dual variables underflow where the risk is tiny.
// marks: test-gradient=4 test-follow=4

// %% gradient
/** The gradient of α = −log Σ e^{−p_i} at w, for the margins p_i = y_i ⟨w, x_i⟩. */
function gradientOfAlpha(w: number[], X: number[][], y: number[]): number[] {
  const losses = X.map((x, i) =>
    Math.exp(-y[i] * x.reduce((sum, v, j) => sum + v * w[j], 0)));
  const risk = losses.reduce((sum, loss) => sum + loss, 0);
  return w.map((_, j) => X.reduce((sum, x, i) => sum + (losses[i] / risk) * y[i] * x[j], 0));
}
