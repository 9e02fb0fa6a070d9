// catches: The speed along the example is taken as e^{−γρ}, without the length of the example.
// marks: test-norm-at=2

// %% norm-at
/** ρ at log t, for one example of length γ and ρ₀ at t = 0. */
function normAt(logTime: number, gamma: number, start: number): number {
  return logSumExp([gamma * start, Math.log(gamma) + logTime]) / gamma;
}
