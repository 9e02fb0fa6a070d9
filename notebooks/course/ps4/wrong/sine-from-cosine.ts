// catches: The sine from the cosine, which loses small angles.
// marks: test-sine=3

// %% sine
function neighbourSine(lower: Matrix, upper: Matrix): number {
  const [u, v] = [leading(lower).left, leading(upper).right];
  const cosine = u.reduce((sum, value, k) => sum + value * v[k], 0);
  return Math.sqrt(Math.max(0, 1 - cosine ** 2));
}
