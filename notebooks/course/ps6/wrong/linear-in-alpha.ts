// catches: Interpolation linear in α, not in its logarithm.
// marks: test-lengths=3

// %% lengths
function decadeLengths(run: Run, edges: number[]): number[] {
  const rows = lateRows(run);
  const at = edges.map((edge) => {
    const right = rows.findIndex((row) => run.alpha[row] >= edge);
    if (right < 0) return NaN;
    const [b, a] = [rows[right], rows[Math.max(0, right - 1)]];
    if (run.alpha[b] === edge) return run.pathLength[b];
    if (right === 0) return NaN;
    const share = (edge - run.alpha[a]) / (run.alpha[b] - run.alpha[a]);
    return run.pathLength[a] + share * (run.pathLength[b] - run.pathLength[a]);
  });
  return at.slice(1).map((value, k) => value - at[k]);
}
