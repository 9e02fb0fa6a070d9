// catches: The angle between the first and the last direction is taken for the length of the path.
// marks: test-path=4

// %% path
/** The length of the path of p / ‖p‖ through the points, in radians. */
function pathLength(points: number[][]): number {
  const unit = (p: number[]) => p.map((v) => v / Math.hypot(...p));
  const [u, v] = [unit(points[0]), unit(points[points.length - 1])];
  return 2 * Math.atan2(
    Math.hypot(...u.map((a, j) => a - v[j])), Math.hypot(...u.map((a, j) => a + v[j])));
}
