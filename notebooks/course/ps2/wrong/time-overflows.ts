// catches: The time is formed before its logarithm is taken.
// marks: test-log-times=3 test-norm-at=2

// %% log-times
/** log t after each step of size Δτ: t is the sum of e^α Δτ over the steps so far. */
function logTimes(alphas: number[], size: number): number[] {
  let time = 0;
  return alphas.map((alpha) => Math.log((time += Math.exp(alpha) * size)));
}

// %% norm-at
/** ρ at log t, for one example of length γ and ρ₀ at t = 0. */
function normAt(logTime: number, gamma: number, start: number): number {
  return Math.log(Math.exp(gamma * start) + gamma ** 2 * Math.exp(logTime)) / gamma;
}
