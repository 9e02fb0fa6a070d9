// catches: One seed decides.
// marks: test-seeds=1

// %% seeds
function verdictOnSeeds(verdicts: Verdict[]): Verdict {
  return verdicts.length === 0 ? 'inconclusive' : firstOf(verdicts);
}
