// catches: The numerators of the dual variables overflow where margins are very negative or large.
// marks: test-dual=4

// %% dual
/** The dual variables q_i = e^{−p_i} / Σ e^{−p_k}, in the order of the examples. */
function dualVariables(margins: number[]): number[] {
  const sum = margins.reduce((all, p) => all + Math.exp(-p), 0);
  return margins.map((p) => Math.exp(-p) / sum);
}
