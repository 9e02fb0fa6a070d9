// catches: Only angles from 0 to half a turn are tried.
// marks: test-best-direction=2

// %% best-direction
/** Of `count` evenly spaced unit vectors the one with the largest normalized margin. */
function bestDirection(X: number[][], y: number[], count: number): number[] {
  const angles = Array.from({ length: count }, (_, k) => (Math.PI * k) / count);
  const smallest = ([c, s]: number[]) =>
    Math.min(...X.map(([u, v], i) => y[i] * (c * u + s * v)));
  const candidates = angles.map((angle) => [Math.cos(angle), Math.sin(angle)]);
  return candidates.reduce((best, w) => (smallest(w) > smallest(best) ? w : best));
}
