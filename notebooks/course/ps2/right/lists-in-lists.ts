// shows: Chains of lists, recursion, and formulas that are equal only on paper.

// %% gradient
function gradientOfAlpha(w: number[], X: number[][], y: number[]): number[] {
  const z = X.map((x, i) => x.map((v) => v * y[i]));
  const p = z.map((v) => v.reduce((s, c, j) => s + c * w[j], 0));
  return w.map((_, j) =>
    z
      .map((v, i) => v[j] / p.reduce((s, c) => s + Math.exp(p[i] - c), 0))
      .reduce((a, b) => a + b, 0),
  );
}

// %% follow
function follow(
  w: number[],
  X: number[][],
  y: number[],
  size: number,
  steps: number,
): number[] {
  if (steps === 0) return w;
  const g = gradientOfAlpha(w, X, y);
  return follow(
    w.map((v, j) => v + size * g[j]),
    X,
    y,
    size,
    steps - 1,
  );
}

// %% log-times
function logTimes(alphas: number[], size: number): number[] {
  const out: number[] = [];
  for (const a of alphas) {
    const l = a + Math.log(size);
    const before = out[out.length - 1];
    out.push(
      before === undefined
        ? l
        : Math.max(l, before) + Math.log1p(Math.exp(-Math.abs(l - before))),
    );
  }
  return out;
}

// %% path
function pathLength(points: number[][]): number {
  const d = (a: number[], b: number[]) => a.reduce((s, v, j) => s + v * b[j], 0);
  let t = 0;
  points.reduce((a, b) => {
    const c = d(a, b) / d(a, a);
    const perp = b.map((v, j) => v - c * a[j]);
    t += Math.atan2(Math.hypot(...perp), c * Math.hypot(...a));
    return b;
  });
  return t;
}

// %% norm-at
function normAt(logTime: number, gamma: number, start: number): number {
  return start + logSumExp([0, 2 * Math.log(gamma) + logTime - gamma * start]) / gamma;
}
