// catches: The norm is the sum of the absolute weights.
// marks: test-normalized=4

// %% normalized
/** The smallest margin, divided by ‖θ‖^L for θ = (W, a) and L = 3. */
function normalizedMargin(margins: number[], W: number[][], a: number[]): number {
  const all = [...W.flat(), ...a];
  return Math.min(...margins) / all.reduce((sum, v) => sum + Math.abs(v), 0) ** 3;
}
