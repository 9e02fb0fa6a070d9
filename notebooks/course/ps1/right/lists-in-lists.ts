// shows: Chains of lists, recursion, and formulas that are equal only on paper.

// %% class-margins
function classMargins(scores: number[][], labels: number[]): number[] {
  return scores.map((s, i) =>
    Math.min(...s.flatMap((v, j) => (j === labels[i] ? [] : [s[labels[i]] - v]))),
  );
}

// %% log-risk
function logRisk(margins: number[]): number {
  const z = margins.map((p) => -p).sort((a, b) => a - b);
  const top = z[z.length - 1];
  let s = 0;
  for (const v of z) s += Math.exp(v - top);
  return Math.log(s) + top;
}

// %% dual
function dualVariables(margins: number[]): number[] {
  return margins.map((p) => 1 / margins.reduce((s, r) => s + Math.exp(p - r), 0));
}

// %% smoothed
function smoothedMargin(margins: number[], norm: number, degree: number): number {
  const m = Math.min(...margins);
  const rest = margins.reduce((s, p) => s + Math.exp(-(p - m)), 0);
  let d = 1;
  for (let k = 0; k < degree; k++) d *= norm;
  return m / d - Math.log(rest) / d;
}
