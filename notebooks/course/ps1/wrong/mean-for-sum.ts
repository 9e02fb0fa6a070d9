// catches: The risk is the mean of the losses, not their sum.
// marks: test-log-risk=4 test-smoothed=3

// %% log-risk
/** log Σ e^{−p} of the margins p, whatever their size. */
function logRisk(margins: number[]): number {
  const smallest = Math.min(...margins);
  const sum = margins.reduce((all, p) => all + Math.exp(smallest - p), 0);
  return -smallest + Math.log(sum / margins.length);
}

// %% smoothed
/** The smoothed margin α / ‖θ‖^L, from the margins p, the norm ‖θ‖ and the degree L. */
function smoothedMargin(margins: number[], norm: number, degree: number): number {
  return -logRisk(margins) / norm ** degree;
}
