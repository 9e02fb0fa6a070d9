// shows: Formulas that are equal only on paper: other scales, products from the last layer on.

// %% cosine
function alignmentCosine(theta: number[], gradient: number[]): number {
  const scale = 1 / Math.max(...gradient.map((g) => Math.abs(g)));
  const g = gradient.map((v) => -v * scale);
  const dot = theta.reduce((s, v, k) => s + v * g[k], 0);
  const sq = (v: number[]) => v.reduce((s, x) => s + x ** 2, 0);
  return dot / Math.sqrt(sq(theta) * sq(g));
}

// %% predictor
function predictor(layers: Matrix[]): number[] {
  let product = layers[layers.length - 1];
  for (let k = layers.length - 2; k >= 0; k--) product = multiply(product, layers[k]);
  return product[0];
}

// %% direction
function descentDirection(layers: Matrix[], inputs: Matrix, labels: number[]): Matrix[] {
  const h = 1e-5;
  const at = (k: number, i: number, j: number, by: number) =>
    riskOf(
      layers.map((w, a) =>
        w.map((row, b) => row.map((v, c) => (a === k && b === i && c === j ? v + by : v))),
      ),
      inputs,
      labels,
    );
  return layers.map((w, k) =>
    w.map((row, i) => row.map((_, j) => (at(k, i, j, -h) - at(k, i, j, h)) / (2 * h))),
  );
}

// %% imbalance
function imbalance(lower: Matrix, upper: Matrix): Matrix {
  const minus = multiply(lower, transpose(lower)).map((row) => row.map((v) => -v));
  return multiply(transpose(upper), upper).map((row, i) => row.map((v, j) => v + minus[i][j]));
}

// %% share
function spectralShare(matrix: Matrix): number {
  const { value, rest } = leading(matrix);
  return value / Math.sqrt(value ** 2 + rest);
}

// %% sine
function neighbourSine(lower: Matrix, upper: Matrix): number {
  const l = leading(lower),
    u = leading(upper);
  const sign = Math.sign(l.left.reduce((s, v, k) => s + v * u.right[k], 0)) || 1;
  const d = Math.hypot(...Array.from(l.left, (v, k) => v - sign * u.right[k]));
  return 2 * (d / 2) * Math.sqrt(1 - (d / 2) ** 2);
}

// %% margin-share
function marginShare(depth: number): number {
  const s = 3.7;
  return s ** depth / Math.sqrt(depth * s * s) ** depth;
}
