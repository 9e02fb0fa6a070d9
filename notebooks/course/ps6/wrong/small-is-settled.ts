// catches: Decades that are short taken for decades that shrink.
// marks: test-judge=3

// %% judge
function verdictOf(run: Run): Verdict {
  const rows = lateRows(run);
  const most = run.alpha[lastOf(rows)];
  const edges = Array.from({ length: 20 }, (_, k) => 10 ** k).filter((edge) => edge <= most);
  const lengths = decadeLengths(run, edges).filter((length) => Number.isFinite(length));
  if (lengths.length < 4) return 'inconclusive';
  return lastOf(lengths) < 0.1 ? 'supported' : 'contradicted';
}
