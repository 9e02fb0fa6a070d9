// catches: A margin that no longer changes taken for convergence.
// marks: test-judge=1

// %% judge
function verdictOf(run: Run): Verdict {
  const margins = lateRows(run).map((row) => run.margin[row]);
  if (margins.length < 4) return 'inconclusive';
  const [before, last] = margins.slice(-2);
  return Math.abs(last - before) < 0.01 * Math.abs(last) ? 'supported' : 'inconclusive';
}
