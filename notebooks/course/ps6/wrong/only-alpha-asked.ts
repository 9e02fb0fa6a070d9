// catches: Only the sign of α is looked at, not whether the columns are numbers.
// marks: test-late=2

// %% late
function lateRows(run: Run): number[] {
  return [...run.alpha.keys()].filter((row) => run.alpha[row] > 0);
}
