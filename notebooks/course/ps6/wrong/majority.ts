// catches: The majority of the seeds decides.
// marks: test-seeds=2

// %% seeds
function verdictOnSeeds(verdicts: Verdict[]): Verdict {
  const count = (one: Verdict) => verdicts.filter((each) => each === one).length;
  if (verdicts.length < 3) return 'inconclusive';
  if (count('supported') > verdicts.length / 2) return 'supported';
  return count('contradicted') > verdicts.length / 2 ? 'contradicted' : 'inconclusive';
}
