// catches: Edges that the run does not reach get its first or last length.
// marks: test-lengths=3

// %% lengths
function decadeLengths(run: Run, edges: number[]): number[] {
  const rows = lateRows(run);
  const at = edges.map((edge) => {
    const right = rows.findIndex((row) => run.alpha[row] >= edge);
    if (right < 0) return run.pathLength[lastOf(rows)];
    const [b, a] = [rows[right], rows[Math.max(0, right - 1)]];
    if (right === 0 || run.alpha[b] === edge) return run.pathLength[b];
    const share =
      (Math.log10(edge) - run.logAlpha[a]) / (run.logAlpha[b] - run.logAlpha[a]);
    return run.pathLength[a] + share * (run.pathLength[b] - run.pathLength[a]);
  });
  return at.slice(1).map((value, k) => value - at[k]);
}
