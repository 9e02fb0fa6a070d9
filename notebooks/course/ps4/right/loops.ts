// shows: Loops from example to example, and unit vectors that are scaled before they are squared.

// %% cosine
function alignmentCosine(theta: number[], gradient: number[]): number {
  const unit = (v: number[]) => {
    const most = Math.max(...v.map(Math.abs));
    const small = v.map((x) => x / most);
    const n = Math.sqrt(small.reduce((s, x) => s + x * x, 0));
    return small.map((x) => x / n);
  };
  const [a, b] = [unit(theta), unit(gradient)];
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum -= a[k] * b[k];
  return sum;
}

// %% predictor
function predictor(layers: Matrix[]): number[] {
  const d = layers[0][0].length;
  return Array.from({ length: d }, (_, j) => {
    let x: number[] = Array.from({ length: d }, (_, k) => (k === j ? 1 : 0));
    for (const w of layers) x = w.map((row) => row.reduce((s, v, k) => s + v * x[k], 0));
    return x[0];
  });
}

// %% direction
function descentDirection(layers: Matrix[], inputs: Matrix, labels: number[]): Matrix[] {
  const out = layers.map((w) => w.map((r) => r.map(() => 0)));
  inputs.forEach((x, i) => {
    const acts = [x];
    for (const w of layers)
      acts.push(w.map((row) => row.reduce((s, v, k) => s + v * acts[acts.length - 1][k], 0)));
    let delta = [labels[i] * Math.exp(-labels[i] * acts[layers.length][0])];
    for (let k = layers.length - 1; k >= 0; k--) {
      layers[k].forEach((row, a) =>
        row.forEach((_, b) => {
          out[k][a][b] += delta[a] * acts[k][b];
        }),
      );
      delta = layers[k][0].map((_, b) => layers[k].reduce((s, row, a) => s + row[b] * delta[a], 0));
    }
  });
  return out;
}

// %% imbalance
function imbalance(lower: Matrix, upper: Matrix): Matrix {
  const n = lower.length;
  return Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => {
      let s = 0;
      for (const row of upper) s += row[i] * row[j];
      for (let k = 0; k < lower[0].length; k++) s -= lower[i][k] * lower[j][k];
      return s;
    }),
  );
}

// %% share
function spectralShare(matrix: Matrix): number {
  let v = matrix[0].map((_, k) => 1 + 0.1 * k);
  let n = 0;
  for (let t = 0; t < 500; t++) {
    const u = matrix.map((row) => row.reduce((s, x, k) => s + x * v[k], 0));
    v = matrix[0].map((_, k) => matrix.reduce((s, row, i) => s + row[k] * u[i], 0));
    n = Math.hypot(...v);
    v = v.map((x) => x / n);
  }
  return Math.sqrt(n) / Math.sqrt(matrix.reduce((s, r) => s + r.reduce((q, x) => q + x * x, 0), 0));
}

// %% sine
function neighbourSine(lower: Matrix, upper: Matrix): number {
  const u = leading(lower).left;
  const v = leading(upper).right;
  const d = Math.min(
    Math.hypot(...u.map((x, k) => x - v[k])),
    Math.hypot(...u.map((x, k) => x + v[k])),
  );
  return d * Math.sqrt(1 - (d * d) / 4);
}

// %% margin-share
function marginShare(depth: number): number {
  return 1 / Math.sqrt(depth) ** depth;
}
