// catches: The slope is taken over the whole run, where the ratio has not settled.
// marks: test-late-slope=2

// %% late-slope
/** The slope of log α over log ‖θ‖ over the last decade of α of a run. */
function degreeFromRun(alphas: number[], norms: number[]): number {
  const last = alphas.length - 1;
  return Math.log(alphas[last] / alphas[0]) / Math.log(norms[last] / norms[0]);
}
