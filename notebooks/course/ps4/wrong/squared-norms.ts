// catches: Norms by squares, which underflow late in training.
// marks: test-cosine=4

// %% cosine
function alignmentCosine(theta: number[], gradient: number[]): number {
  const norm = (v: number[]) => Math.sqrt(v.reduce((sum, value) => sum + value * value, 0));
  const product = theta.reduce((sum, value, k) => sum + value * gradient[k], 0);
  return -product / (norm(theta) * norm(gradient));
}
