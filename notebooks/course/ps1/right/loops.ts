// shows: Loops and updates in place, sorting where a minimum is meant, other methods of the same kind.

// %% class-margins
function classMargins(scores: number[][], labels: number[]): number[] {
  return scores.map((s, i) => {
    const copy = s.slice();
    const [own] = copy.splice(labels[i], 1);
    return own - copy.reduce((a, b) => (a > b ? a : b));
  });
}

// %% log-risk
function logRisk(margins: number[]): number {
  const z = Float64Array.from(margins, (p) => -p);
  let k = 0;
  z.forEach((v, i) => {
    if (v > z[k]) k = i;
  });
  let rest = 0;
  z.forEach((v, i) => {
    if (i !== k) rest += Math.exp(v - z[k]);
  });
  return z[k] + Math.log1p(rest);
}

// %% dual
function dualVariables(margins: number[]): number[] {
  const best = margins.indexOf(Math.min(...margins));
  const e = margins.map((p) => Math.exp(margins[best] - p));
  let t = 0;
  for (let i = e.length; i--;) t += e[i];
  return e.map((v) => v * (1 / t));
}

// %% smoothed
function smoothedMargin(margins: number[], norm: number, degree: number): number {
  return -logRisk(margins) / Math.pow(norm, degree);
}
