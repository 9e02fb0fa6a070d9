// catches: The risk itself is formed before its logarithm is taken, and its terms underflow and overflow.
// marks: test-log-risk=4 test-dual=4 test-smoothed=4

// %% log-risk
/** log Σ e^{−p} of the margins p, whatever their size. */
function logRisk(margins: number[]): number {
  return Math.log(margins.reduce((sum, p) => sum + Math.exp(-p), 0));
}

// %% dual
/** The dual variables q_i = e^{−p_i} / Σ e^{−p_k}, in the order of the examples. */
function dualVariables(margins: number[]): number[] {
  const sum = margins.reduce((all, p) => all + Math.exp(-p), 0);
  return margins.map((p) => Math.exp(-p) / sum);
}

// %% smoothed
/** The smoothed margin α / ‖θ‖^L, from the margins p, the norm ‖θ‖ and the degree L. */
function smoothedMargin(margins: number[], norm: number, degree: number): number {
  return -logRisk(margins) / norm ** degree;
}
