// catches: the sum of exponentials underflows
// marks: t2=1
// %% f2
function logRisk(margins: number[]): number {
  return Math.log(margins.reduce((s, m) => s + Math.exp(-m), 0));
}
