// catches: The difference of the vectors, whose signs are arbitrary.
// marks: test-sine=2

// %% sine
function neighbourSine(lower: Matrix, upper: Matrix): number {
  const [u, v] = [leading(lower).left, leading(upper).right];
  const apart = Math.hypot(...u.map((value, k) => value - v[k]));
  return apart;
}
