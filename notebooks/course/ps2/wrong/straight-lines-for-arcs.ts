// catches: Straight distances between unit vectors are added up in place of angles.
// marks: test-path=3

// %% path
/** The length of the path of p / ‖p‖ through the points, in radians. */
function pathLength(points: number[][]): number {
  const units = points.map((p) => p.map((v) => v / Math.hypot(...p)));
  const apart = (u: number[], v: number[]) => Math.hypot(...u.map((a, j) => a - v[j]));
  return units.slice(1).reduce((sum, v, k) => sum + apart(units[k], v), 0);
}
