// shows: Typed arrays are returned, sums run backwards or are shared with earlier answers.

// %% gradient
function gradientOfAlpha(w: number[], X: number[][], y: number[]): Float64Array {
  const p = X.map((x, i) => {
    let s = 0;
    for (let j = x.length - 1; j >= 0; j--) s += x[j] * w[j];
    return s * y[i];
  });
  const m = Math.min(...p);
  const e = p.map((v) => Math.exp(m - v));
  const t = e.reduce((a, b) => a + b);
  const g = new Float64Array(w.length);
  X.forEach((x, i) =>
    x.forEach((v, j) => {
      g[j] += (v * y[i] * e[i]) / t;
    }),
  );
  return g;
}

// %% follow
function follow(
  w: number[],
  X: number[][],
  y: number[],
  h: number,
  n: number,
): Float64Array {
  const f = (v: ArrayLike<number>) => gradientOfAlpha(Array.from(v), X, y);
  let v = Float64Array.from(w);
  for (let k = 0; k < n; k++) {
    const a = f(v);
    const b = f(v.map((c, j) => c + (h * a[j]) / 2));
    v = v.map((c, j) => c + h * b[j]);
  }
  return v;
}

// %% log-times
function logTimes(alphas: number[], size: number): Float64Array {
  const out = new Float64Array(alphas.length);
  for (let k = 0; k < alphas.length; k++)
    out[k] = logSumExp(alphas.slice(0, k + 1)) + Math.log(size);
  return out;
}

// %% path
function pathLength(points: number[][]): number {
  let total = 0;
  for (let k = 1; k < points.length; k++) {
    const a = points[k - 1],
      b = points[k];
    const na = Math.hypot(...a),
      nb = Math.hypot(...b);
    const u = a.map((v) => v * nb),
      v = b.map((c) => c * na);
    total +=
      2 *
      Math.atan2(
        Math.hypot(...u.map((c, j) => c - v[j])),
        Math.hypot(...u.map((c, j) => c + v[j])),
      );
  }
  return total;
}

// %% norm-at
function normAt(l: number, g: number, s: number): number {
  const a = g * s,
    b = 2 * Math.log(g) + l;
  return (Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)))) / g;
}
