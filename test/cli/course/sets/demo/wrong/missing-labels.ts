// catches: the labels are left out
// marks: t1=2
// %% f1
function normalizedMargin(w: number[], X: number[][], y: number[]): number {
  return Math.min(...X.map((x) => x.reduce((s, v, j) => s + v * w[j], 0))) / Math.hypot(...w);
}
