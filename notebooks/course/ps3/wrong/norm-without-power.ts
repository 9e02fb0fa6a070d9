// catches: The margin is divided by the norm itself, not by its third power.
// marks: test-normalized=2

// %% normalized
/** The smallest margin, divided by ‖θ‖^L for θ = (W, a) and L = 3. */
function normalizedMargin(margins: number[], W: number[][], a: number[]): number {
  return Math.min(...margins) / Math.hypot(...W.flat(), ...a);
}
