// shows: Loops and updates in place, sorting where a minimum is meant, other methods of the same kind.

// %% norm
function euclideanLength(a: number[]): number {
  let scale = 0,
    sum = 1;
  for (const v of a) {
    const s = Math.abs(v);
    if (s > scale) {
      sum = 1 + sum * (scale / s) ** 2;
      scale = s;
    } else if (s > 0) sum += (s / scale) ** 2;
  }
  return scale * Math.sqrt(sum);
}

// %% ascending
function ascending(a: number[]): number[] {
  return a
    .slice()
    .sort((u, v) => v - u)
    .reverse();
}

// %% normalized-margin
function normalizedMargin(w: number[], X: number[][], y: number[]): number {
  const sorted = X.map((x, i) => y[i] * x.reduce((s, v, j) => s + v * w[j], 0)).sort(
    (a, b) => a - b,
  );
  return sorted[0] / Math.hypot(...w);
}

// %% dot
function inner(a: number[], b: number[]): number {
  let total = 0;
  for (const i of a.keys()) total += a[i] * b[i];
  return total;
}

// %% margins
function margins(w: number[], X: number[][], y: number[]): number[] {
  const all = y.map(() => 0);
  for (let j = 0; j < w.length; j++) {
    for (let i = 0; i < X.length; i++) all[i] += w[j] * X[i][j];
  }
  return all.map((v, i) => (y[i] > 0 ? v : -v));
}

// %% rows
function rowsOf(inputs: Float64Array, dimension: number): number[][] {
  const rest = Array.from(inputs);
  const rows: number[][] = [];
  while (rest.length > 0) rows.push(rest.splice(0, dimension));
  return rows;
}

// %% best-direction
function bestDirection(X: number[][], y: number[], count: number): number[] {
  let best = { angle: 0, margin: -Infinity };
  const step = (2 * Math.PI) / count;
  for (let angle = 0, k = 0; k < count; k++, angle += step) {
    let margin = Infinity;
    for (let i = 0; i < X.length; i++) {
      const [u, v] = X[i];
      margin = Math.min(
        margin,
        y[i] * Math.hypot(u, v) * Math.cos(Math.atan2(v, u) - angle),
      );
    }
    if (margin > best.margin) best = { angle, margin };
  }
  return [Math.cos(best.angle), Math.sin(best.angle)];
}
