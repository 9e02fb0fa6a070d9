// catches: The path of the weights themselves is measured, not that of their direction.
// marks: test-path=2

// %% path
/** The length of the path of p / ‖p‖ through the points, in radians. */
function pathLength(points: number[][]): number {
  const apart = (u: number[], v: number[]) => Math.hypot(...u.map((a, j) => a - v[j]));
  return points.slice(1).reduce((sum, v, k) => sum + apart(points[k], v), 0);
}
