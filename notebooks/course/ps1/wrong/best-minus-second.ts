// catches: The lead of the highest score over the second is taken, whichever class is right.
// marks: test-class-margins=3

// %% class-margins
/** For each example the score of its class minus the highest of the others. */
function classMargins(scores: number[][], labels: number[]): number[] {
  return scores.map((all) => {
    const sorted = [...all].sort((u, v) => v - u);
    return sorted[0] - sorted[1];
  });
}
