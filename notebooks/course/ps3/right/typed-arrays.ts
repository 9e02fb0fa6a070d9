// shows: Typed arrays are returned, sums run backwards or are shared with earlier answers.

// %% degree
function degreeOf(layers: LayerKind[]): number {
  let d = 0;
  for (const k of layers) {
    switch (k) {
      case 'linear':
        d++;
        break;
      case 'squared-relu':
        d *= 2;
    }
  }
  return d;
}

// %% score
function score(W: number[][], a: number[], x: number[]): number {
  let s = 0;
  for (let j = a.length; j--;) {
    let z = 0;
    for (let k = 0; k < x.length; k++) z += x[k] * W[j][k];
    if (z > 0) s += a[j] * z * z;
  }
  return s;
}

// %% gradient
function gradientOf(
  W: number[][],
  a: number[],
  x: number[],
): { W: Float64Array[]; a: Float64Array } {
  const z = Float64Array.from(W, (w) =>
    Math.max(
      0,
      w.reduce((s, v, k) => s + v * x[k], 0),
    ),
  );
  return {
    a: z.map((v) => v ** 2),
    W: Array.from(z, (v, j) => Float64Array.from(x, (c) => c * 2 * v * a[j])),
  };
}

// %% normalized
function normalizedMargin(margins: number[], W: number[][], a: number[]): number {
  const s = W.flat()
    .concat(a)
    .reduce((t, v) => t + v * v, 0);
  return Math.min(...margins) / s ** 1.5;
}

// %% late-slope
function degreeFromRun(alphas: number[], norms: number[]): number {
  const pick = alphas
    .map((a, k) => [Math.log(norms[k]), Math.log(a)])
    .filter((_, k) => alphas[k] >= alphas[alphas.length - 1] / 10);
  const mx = pick.reduce((s, [u]) => s + u, 0) / pick.length,
    my = pick.reduce((s, [, v]) => s + v, 0) / pick.length;
  return (
    pick.reduce((s, [u, v]) => s + (u - mx) * (v - my), 0) /
    pick.reduce((s, [u]) => s + (u - mx) ** 2, 0)
  );
}
