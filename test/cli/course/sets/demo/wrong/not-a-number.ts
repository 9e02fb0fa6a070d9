// catches: NaN is no answer
// marks: t1=0
// %% f1
function normalizedMargin(w: number[], X: number[][], y: number[]): number {
  return NaN;
}
