// catches: −∇𝓛 is taken for ∇α, so that it dies out with the risk, and steps with it.
// marks: test-gradient=1 test-follow=1

// %% gradient
/** The gradient of α = −log Σ e^{−p_i} at w, for the margins p_i = y_i ⟨w, x_i⟩. */
function gradientOfAlpha(w: number[], X: number[][], y: number[]): number[] {
  const pulls = X.map((x, i) =>
    y[i] * Math.exp(-y[i] * x.reduce((sum, v, j) => sum + v * w[j], 0)));
  return w.map((_, j) => X.reduce((sum, x, i) => sum + pulls[i] * x[j], 0));
}
