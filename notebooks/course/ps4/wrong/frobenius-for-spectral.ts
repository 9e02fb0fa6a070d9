// catches: The Frobenius norm in place of the spectral norm.
// marks: test-share=1

// %% share
function spectralShare(matrix: Matrix): number {
  const norm = Math.sqrt(matrix.flat().reduce((sum, value) => sum + value ** 2, 0));
  return norm / Math.hypot(...matrix.flat());
}
