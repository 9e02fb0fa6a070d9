// catches: Steps are those of plain descent: their size is multiplied by the risk.
// marks: test-follow=1

// %% follow
/** Where so many steps of that size in τ lead from w, along dw/dτ = ∇α. */
function follow(
  w: number[], X: number[][], y: number[], size: number, steps: number,
): number[] {
  let at = [...w];
  for (let k = 0; k < steps; k++) {
    const pull = gradientOfAlpha(at, X, y);
    const minus = X.map((x, i) => -y[i] * x.reduce((sum, v, j) => sum + v * at[j], 0));
    const risk = Math.exp(logSumExp(minus));
    at = at.map((v, j) => v + size * risk * pull[j]);
  }
  return at;
}
