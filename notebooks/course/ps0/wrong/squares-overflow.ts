// catches: Squares of huge entries are formed, and are infinite.
// marks: test-norm=2

// %% norm
/** The Euclidean length ‖a‖ of a vector. */
function euclideanLength(a: number[]): number {
  return Math.sqrt(a.reduce((sum, v) => sum + v * v, 0));
}
