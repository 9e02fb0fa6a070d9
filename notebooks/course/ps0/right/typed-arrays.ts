// shows: Typed arrays are returned, sums run backwards or are shared with earlier answers.

// %% dot
function inner(u: number[], v: number[]): number {
  let s = 0;
  for (let i = u.length - 1; i >= 0; i--) s += v[i] * u[i];
  return s;
}

// %% norm
function euclideanLength(a: number[]): number {
  const m = Math.max(...a.map(Math.abs));
  return m === 0 ? 0 : m * Math.sqrt(a.reduce((s, v) => s + (v / m) ** 2, 0));
}

// %% ascending
function ascending(a: number[]): Float64Array {
  return Float64Array.from(a).sort();
}

// %% margins
function margins(w: number[], X: number[][], y: number[]): Float64Array {
  return Float64Array.from(X, (x, i) => inner(x, w) * y[i]);
}

// %% normalized-margin
function normalizedMargin(w: number[], X: number[][], y: number[]): number {
  return Math.min(...margins(w, X, y)) / euclideanLength(w);
}

// %% rows
function rowsOf(inputs: Float64Array, d: number): Float64Array[] {
  const out: Float64Array[] = [];
  for (let i = 0; i < inputs.length; i += d) out.push(inputs.subarray(i, i + d));
  return out;
}

// %% best-direction
function bestDirection(X: number[][], y: number[], count: number): Float64Array {
  let best = Float64Array.of(1, 0),
    m = -Infinity;
  for (let k = 0; k < count; k++) {
    const p = (k / count) * 2 * Math.PI;
    const w = [Math.cos(p), Math.sin(p)];
    const g = normalizedMargin(w, X, y);
    if (g > m) {
      m = g;
      best = Float64Array.from(w);
    }
  }
  return best;
}
