// catches: The gradient has the sign of ∇𝓛, so that steps along it make the risk larger.
// marks: test-gradient=3 test-follow=1

// %% gradient
/** The gradient of α = −log Σ e^{−p_i} at w, for the margins p_i = y_i ⟨w, x_i⟩. */
function gradientOfAlpha(w: number[], X: number[][], y: number[]): number[] {
  const minus = X.map((x, i) => -y[i] * x.reduce((sum, v, j) => sum + v * w[j], 0));
  const logRisk = logSumExp(minus);
  const q = minus.map((v) => Math.exp(v - logRisk));
  return w.map((_, j) => -X.reduce((sum, x, i) => sum + q[i] * y[i] * x[j], 0));
}
