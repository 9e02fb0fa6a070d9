// catches: a function that ends the process costs its own points alone
// marks: t1=0
// %% f1
function normalizedMargin(w: number[], X: number[][], y: number[]): number {
  return process.exit(0);
}
