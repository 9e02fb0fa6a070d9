// catches: The term of the first example is taken out of the sum, not the largest one.
// marks: test-log-risk=5

// %% log-risk
/** log Σ e^{−p} of the margins p, whatever their size. */
function logRisk(margins: number[]): number {
  const sum = margins.reduce((all, p) => all + Math.exp(margins[0] - p), 0);
  return -margins[0] + Math.log(sum);
}
