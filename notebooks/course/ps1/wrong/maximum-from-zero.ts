// catches: The search for the highest of the others begins at 0, so that negative scores are never found.
// marks: test-class-margins=4

// %% class-margins
/** For each example the score of its class minus the highest of the others. */
function classMargins(scores: number[][], labels: number[]): number[] {
  return scores.map((all, i) => {
    let best = 0;
    all.forEach((score, j) => {
      if (j !== labels[i]) best = Math.max(best, score);
    });
    return all[labels[i]] - best;
  });
}
