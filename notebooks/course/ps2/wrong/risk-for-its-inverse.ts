// catches: A step is given the time Δτ times the risk, not divided by it.
// marks: test-log-times=2

// %% log-times
/** log t after each step of size Δτ: t is the sum of e^α Δτ over the steps so far. */
function logTimes(alphas: number[], size: number): number[] {
  let logTime = -Infinity;
  return alphas.map((alpha) => {
    logTime = logSumExp([logTime, Math.log(size) - alpha]);
    return logTime;
  });
}
