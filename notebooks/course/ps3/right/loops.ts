// shows: Loops and updates in place, sorting where a minimum is meant, other methods of the same kind.

// %% late-slope
function degreeFromRun(alphas: number[], norms: number[]): number {
  const n = alphas.length;
  return Math.log(alphas[n - 1] / alphas[n - 2]) / Math.log(norms[n - 1] / norms[n - 2]);
}

// %% degree
function degreeOf(layers: LayerKind[]): number {
  return layers
    .map(
      (k) => (d: number) => (k === 'linear' ? d + 1 : k === 'squared-relu' ? 2 * d : d),
    )
    .reduce((d, f) => f(d), 0);
}

// %% normalized
function normalizedMargin(margins: number[], W: number[][], a: number[]): number {
  const n = Math.hypot(...W.map((w) => Math.hypot(...w)), Math.hypot(...a));
  return [...margins].sort((u, v) => u - v)[0] * n ** -3;
}

// %% gradient
function gradientOf(
  W: number[][],
  a: number[],
  x: number[],
): { W: number[][]; a: number[] } {
  const W2 = W.map(() => x.map(() => 0)),
    a2 = a.map(() => 0);
  for (let j = 0; j < W.length; j++) {
    let z = 0;
    for (let k = 0; k < x.length; k++) z += W[j][k] * x[k];
    if (z <= 0) continue;
    a2[j] = z ** 2;
    for (let k = 0; k < x.length; k++) W2[j][k] = 2 * z * a[j] * x[k];
  }
  return { a: a2, W: W2 };
}

// %% score
function score(W: number[][], a: number[], x: number[]): number {
  let total = 0;
  W.forEach((w, j) => {
    let z = 0;
    x.forEach((v, k) => (z += w[k] * v));
    total += a[j] * z * ((z + Math.abs(z)) / 2);
  });
  return total;
}
