// catches: The left vectors of both layers.
// marks: test-sine=0

// %% sine
function neighbourSine(lower: Matrix, upper: Matrix): number {
  const [u, v] = [leading(lower).left, leading(upper).left];
  const along = u.reduce((sum, value, k) => sum + value * v[k], 0);
  return Math.hypot(...v.map((value, k) => value - along * u[k]));
}
