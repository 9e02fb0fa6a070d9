// catches: The highest score is taken over all classes, that of the example among them.
// marks: test-class-margins=1

// %% class-margins
/** For each example the score of its class minus the highest of the others. */
function classMargins(scores: number[][], labels: number[]): number[] {
  return scores.map((all, i) => all[labels[i]] - Math.max(...all));
}
