// catches: The mean of the margins stands where the smallest should.
// marks: test-normalized=4

// %% normalized
/** The smallest margin, divided by ‖θ‖^L for θ = (W, a) and L = 3. */
function normalizedMargin(margins: number[], W: number[][], a: number[]): number {
  const mean = margins.reduce((sum, p) => sum + p, 0) / margins.length;
  return mean / Math.hypot(...W.flat(), ...a) ** 3;
}
