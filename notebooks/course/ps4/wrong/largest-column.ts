// catches: The longest column in place of the largest singular value.
// marks: test-share=3

// %% share
function spectralShare(matrix: Matrix): number {
  const columns = transpose(matrix).map((column) => Math.hypot(...column));
  return Math.max(...columns) / Math.hypot(...matrix.flat());
}
