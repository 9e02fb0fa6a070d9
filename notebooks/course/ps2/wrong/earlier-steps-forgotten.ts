// catches: The time of the last step is taken for the sum of all.
// marks: test-log-times=3

// %% log-times
/** log t after each step of size Δτ: t is the sum of e^α Δτ over the steps so far. */
function logTimes(alphas: number[], size: number): number[] {
  return alphas.map((alpha) => alpha + Math.log(size));
}
