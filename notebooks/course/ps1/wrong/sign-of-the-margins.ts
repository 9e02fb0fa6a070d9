// catches: Margins enter with the wrong sign, log Σ e^p and e^p / Σ e^p.
// marks: test-log-risk=1 test-dual=4 test-smoothed=3

// %% log-risk
/** log Σ e^{−p} of the margins p, whatever their size. */
function logRisk(margins: number[]): number {
  const largest = Math.max(...margins);
  return largest + Math.log(margins.reduce((sum, p) => sum + Math.exp(p - largest), 0));
}

// %% dual
/** The dual variables q_i = e^{−p_i} / Σ e^{−p_k}, in the order of the examples. */
function dualVariables(margins: number[]): number[] {
  const largest = Math.max(...margins);
  const terms = margins.map((p) => Math.exp(p - largest));
  const sum = terms.reduce((all, term) => all + term, 0);
  return terms.map((term) => term / sum);
}

// %% smoothed
/** The smoothed margin α / ‖θ‖^L, from the margins p, the norm ‖θ‖ and the degree L. */
function smoothedMargin(margins: number[], norm: number, degree: number): number {
  return logRisk(margins) / norm ** degree;
}
