// catches: A loss that goes to zero taken for convergence.
// marks: test-judge=2

// %% judge
function verdictOf(run: Run): Verdict {
  const risks = lateRows(run).map((row) => run.logRisk[row]);
  if (risks.length === 0) return 'inconclusive';
  return lastOf(risks) < firstOf(risks) - 100 ? 'supported' : 'inconclusive';
}
