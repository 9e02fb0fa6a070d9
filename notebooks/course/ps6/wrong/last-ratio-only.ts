// catches: The last ratio alone decides.
// marks: test-judge=5

// %% judge
function verdictOf(run: Run): Verdict {
  const rows = lateRows(run);
  const most = run.alpha[lastOf(rows)];
  const edges = Array.from({ length: 20 }, (_, k) => 10 ** k).filter((edge) => edge <= most);
  const lengths = decadeLengths(run, edges).filter((length) => Number.isFinite(length));
  const [before, last] = lengths.slice(-2);
  if (lengths.length < 4) return 'inconclusive';
  if (last <= 0.8 * before) return 'supported';
  return last >= before ? 'contradicted' : 'inconclusive';
}
