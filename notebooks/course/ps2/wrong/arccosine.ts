// catches: The arccosine of an inner product loses tiny angles.
// marks: test-path=4

// %% path
/** The length of the path of p / ‖p‖ through the points, in radians. */
function pathLength(points: number[][]): number {
  const cosine = (u: number[], v: number[]) =>
    u.reduce((sum, a, j) => sum + a * v[j], 0) / Math.hypot(...u) / Math.hypot(...v);
  const angle = (u: number[], v: number[]) => Math.acos(Math.min(1, cosine(u, v)));
  return points.slice(1).reduce((sum, v, k) => sum + angle(points[k], v), 0);
}
