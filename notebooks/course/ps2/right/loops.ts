// shows: Loops and updates in place, sorting where a minimum is meant, other methods of the same kind.

// %% gradient
function gradientOfAlpha(w: number[], X: number[][], y: number[]): number[] {
  const signed = X.map((x, i) => x.map((v) => y[i] * v));
  const s = signed.map((z) => -z.reduce((t, v, j) => t + v * w[j], 0));
  const m = Math.max(...s);
  let total = 0;
  const g = w.map(() => 0);
  s.forEach((v, i) => {
    const e = Math.exp(v - m);
    total += e;
    signed[i].forEach((c, j) => (g[j] += e * c));
  });
  return g.map((v) => v / total);
}

// %% follow
function follow(
  w: number[],
  X: number[][],
  y: number[],
  size: number,
  steps: number,
): number[] {
  const f = (v: number[]) => gradientOfAlpha(v, X, y);
  const add = (a: number[], b: number[], c: number) => a.map((v, j) => v + c * b[j]);
  let v = w;
  while (steps-- > 0) {
    const k1 = f(v),
      k2 = f(add(v, k1, size / 2)),
      k3 = f(add(v, k2, size / 2)),
      k4 = f(add(v, k3, size));
    v = v.map((c, j) => c + (size / 6) * (k1[j] + 2 * k2[j] + 2 * k3[j] + k4[j]));
  }
  return v;
}

// %% log-times
function logTimes(alphas: number[], size: number): number[] {
  const m = Math.max(...alphas);
  return alphas.map((_, k) => {
    const top = Math.max(...alphas.slice(0, k + 1));
    return (
      top +
      Math.log(size * alphas.slice(0, k + 1).reduce((s, a) => s + Math.exp(a - top), 0))
    );
  });
}

// %% path
function pathLength(points: number[][]): number {
  let total = 0;
  for (let k = 1; k < points.length; k++) {
    const [a, b] = [points[k - 1], points[k]];
    const [n, m] = [Math.hypot(...a), Math.hypot(...b)];
    let square = 0;
    for (let j = 0; j < a.length; j++) square += (a[j] / n - b[j] / m) ** 2;
    total += 2 * Math.asin(Math.min(1, Math.sqrt(square) / 2));
  }
  return total;
}

// %% norm-at
function normAt(logTime: number, gamma: number, start: number): number {
  const late = logTime + 2 * Math.log(gamma);
  if (late < gamma * start)
    return start + Math.log1p(Math.exp(late - gamma * start)) / gamma;
  return (late + Math.log1p(Math.exp(gamma * start - late))) / gamma;
}
