// catches: The smallest margin stands for the whole sum.
// marks: test-log-risk=4 test-smoothed=3

// %% log-risk
/** log Σ e^{−p} of the margins p, whatever their size. */
function logRisk(margins: number[]): number {
  return -Math.min(...margins);
}

// %% smoothed
/** The smoothed margin α / ‖θ‖^L, from the margins p, the norm ‖θ‖ and the degree L. */
function smoothedMargin(margins: number[], norm: number, degree: number): number {
  return -logRisk(margins) / norm ** degree;
}
