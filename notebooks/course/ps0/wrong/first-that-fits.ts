// catches: The first direction that classifies all examples rightly is returned, not the best.
// marks: test-best-direction=1

// %% best-direction
/** Of `count` evenly spaced unit vectors the one with the largest normalized margin. */
function bestDirection(X: number[][], y: number[], count: number): number[] {
  const candidates = Array.from({ length: count }, (_, k) => (2 * Math.PI * k) / count)
    .map((angle) => [Math.cos(angle), Math.sin(angle)]);
  const fits = ([c, s]: number[]) => X.every(([u, v], i) => y[i] * (c * u + s * v) > 0);
  return candidates.find(fits) ?? [1, 0];
}
