// shows: Chains of lists, recursion, and formulas that are equal only on paper.

// %% degree
function degreeOf(layers: LayerKind[]): number {
  if (layers.length === 0) return 0;
  const last = layers[layers.length - 1];
  const d = degreeOf(layers.slice(0, -1));
  return last === 'linear' ? d + 1 : last === 'squared-relu' ? d + d : d;
}

// %% score
function score(W: number[][], a: number[], x: number[]): number {
  return W.map((w) => w.map((v, k) => v * x[k]).reduce((s, v) => s + v))
    .map((z) => (z < 0 ? 0 : z))
    .map((z, j) => z * z * a[j])
    .reduce((s, v) => s + v, 0);
}

// %% gradient
function gradientOf(
  W: number[][],
  a: number[],
  x: number[],
): { W: number[][]; a: number[] } {
  const out = { W: [] as number[][], a: [] as number[] };
  W.forEach((w, j) => {
    const z = w.reduce((s, v, k) => s + v * x[k], 0);
    const r = z > 0 ? z : 0;
    out.a.push(r * r);
    out.W.push(x.map((c) => a[j] * (r + r) * c));
  });
  return out;
}

// %% normalized
function normalizedMargin(margins: number[], W: number[][], a: number[]): number {
  const n = Math.sqrt(
    W.reduce((s, w) => s + w.reduce((t, v) => t + v * v, 0), 0) +
      a.reduce((s, v) => s + v * v, 0),
  );
  return margins.map((p) => p / n / n / n).reduce((u, v) => Math.min(u, v));
}

// %% late-slope
function degreeFromRun(alphas: number[], norms: number[]): number {
  let k = alphas.length - 1;
  while (k > 0 && alphas[k - 1] >= alphas[alphas.length - 1] / 10) k--;
  const d = (v: number[]) => Math.log(v[v.length - 1]) - Math.log(v[k]);
  return d(alphas) / d(norms);
}
