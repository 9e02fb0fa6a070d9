// shows: Typed arrays are returned, sums run backwards or are shared with earlier answers.

// %% class-margins
function classMargins(scores: number[][], labels: number[]): Float64Array {
  return Float64Array.from(labels, (y, i) => {
    let best = -Infinity;
    for (let j = 0; j < scores[i].length; j++)
      if (j !== y && scores[i][j] > best) best = scores[i][j];
    return scores[i][y] - best;
  });
}

// %% log-risk
function logRisk(margins: number[]): number {
  let l = -Infinity;
  for (const p of margins) {
    const m = Math.max(l, -p),
      o = Math.min(l, -p);
    l = m + Math.log1p(Math.exp(o - m));
  }
  return l;
}

// %% dual
function dualVariables(p: number[]): Float64Array {
  const l = logRisk(p);
  return Float64Array.from(p, (v) => Math.exp(-v - l));
}

// %% smoothed
function smoothedMargin(margins: number[], norm: number, degree: number): number {
  return -logRisk(margins) * Math.exp(-degree * Math.log(norm));
}
