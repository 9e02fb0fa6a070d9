// catches: All steps go along the gradient at the start.
// marks: test-follow=3

// %% follow
/** Where so many steps of that size in τ lead from w, along dw/dτ = ∇α. */
function follow(
  w: number[], X: number[][], y: number[], size: number, steps: number,
): number[] {
  const pull = gradientOfAlpha(w, X, y);
  return w.map((v, j) => v + size * steps * pull[j]);
}
