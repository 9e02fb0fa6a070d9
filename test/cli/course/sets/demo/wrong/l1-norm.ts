// catches: the norm of w is the sum of its entries
// marks: t1=2
// %% f1
function normalizedMargin(w: number[], X: number[][], y: number[]): number {
  const norm = w.reduce((s, v) => s + Math.abs(v), 0);
  return Math.min(...X.map((x, i) => y[i] * x.reduce((s, v, j) => s + v * w[j], 0))) / norm;
}
