// catches: log α is divided by log ‖θ‖, so that a factor in α changes the result.
// marks: test-late-slope=1

// %% late-slope
/** The slope of log α over log ‖θ‖ over the last decade of α of a run. */
function degreeFromRun(alphas: number[], norms: number[]): number {
  const last = alphas.length - 1;
  return Math.log(alphas[last]) / Math.log(norms[last]);
}
