// shows: Chains of lists, recursion, and formulas that are equal only on paper.

// %% dot
function inner(a: number[], b: number[]): number {
  return a.map((v, i) => v * b[i]).reduce((s, v) => s + v, 0);
}

// %% norm
function euclideanLength(a: number[]): number {
  return a.reduce((s, v) => Math.hypot(s, v), 0);
}

// %% ascending
function ascending(a: number[]): number[] {
  const out: number[] = [];
  for (const v of a) {
    let i = out.length;
    while (i > 0 && out[i - 1] > v) i--;
    out.splice(i, 0, v);
  }
  return out;
}

// %% margins
function margins(w: number[], X: number[][], y: number[]): number[] {
  const out = [];
  for (let i = 0; i < X.length; i++)
    out.push(X[i].map((v) => v * y[i]).reduce((s, v, j) => s + v * w[j], 0));
  return out;
}

// %% normalized-margin
function normalizedMargin(w: number[], X: number[][], y: number[]): number {
  const n = Math.sqrt(w.reduce((s, v) => s + v * v, 0));
  const u = w.map((v) => v / n);
  let m = Infinity;
  X.forEach((x, i) => {
    m = Math.min(m, y[i] * x.reduce((s, v, j) => s + v * u[j], 0));
  });
  return m;
}

// %% rows
function rowsOf(inputs: Float64Array, dimension: number): number[][] {
  const out: number[][] = [];
  inputs.forEach((v, k) => {
    if (k % dimension === 0) out.push([]);
    out[out.length - 1].push(v);
  });
  return out;
}

// %% best-direction
function bestDirection(X: number[][], y: number[], count: number): number[] {
  const all = Array.from({ length: count }, (_, k) => {
    const p = (2 * Math.PI * (count - k)) / count;
    const w = [Math.cos(p), Math.sin(p)];
    return { w, g: Math.min(...X.map((x, i) => y[i] * (x[0] * w[0] + x[1] * w[1]))) };
  });
  all.sort((a, b) => b.g - a.g);
  return all[0].w;
}
