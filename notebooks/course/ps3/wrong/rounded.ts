// catches: The slope is rounded to a whole number, so that it cannot be seen whether it has settled.
// marks: test-late-slope=4

// %% late-slope
/** The slope of log α over log ‖θ‖ over the last decade of α of a run. */
function degreeFromRun(alphas: number[], norms: number[]): number {
  const last = alphas.length - 1;
  const first = alphas.findIndex((alpha) => alpha >= alphas[last] / 10);
  return Math.round(
    Math.log(alphas[last] / alphas[first]) / Math.log(norms[last] / norms[first]));
}
