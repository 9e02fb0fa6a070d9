// catches: Rows before the fit, and rows that are not numbers, are kept.
// marks: test-late=1

// %% late
function lateRows(run: Run): number[] {
  return [...run.alpha.keys()];
}
