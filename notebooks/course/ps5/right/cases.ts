// shows: Cases told apart by inner products, and systems solved by hand.

// %% two
function twoPointSolution(
  positive: number[],
  negative: number[],
): { w: number[]; multipliers: number[] } {
  const z1 = positive,
    z2 = negative.map((v) => -v);
  const alone = (z: number[]) => z.map((v) => v / inner(z, z));
  const a = alone(z1),
    b = alone(z2);
  if (inner(a, z2) >= 1) return { w: a, multipliers: [1 / inner(z1, z1), 0] };
  if (inner(b, z1) >= 1) return { w: b, multipliers: [0, 1 / inner(z2, z2)] };
  const [p, q, r] = [inner(z1, z1), inner(z1, z2), inner(z2, z2)];
  const det = p * r - q * q;
  const m = [(r - q) / det, (p - q) / det];
  return { w: z1.map((v, k) => m[0] * v + m[1] * z2[k]), multipliers: m };
}

// %% four
function faults(
  theta: number[],
  gradients: Matrix,
  margins: number[],
  multipliers: number[],
): Fault[] {
  const found = new Set<Fault>();
  theta.forEach((v, k) => {
    let s = 0;
    gradients.forEach((row, i) => (s += multipliers[i] * row[k]));
    if (Math.abs(v - s) > 1e-6) found.add('stationarity');
  });
  margins.forEach((p, i) => {
    if (Math.abs(multipliers[i] * (p - 1)) > 1e-6) found.add('complementarity');
    if (multipliers[i] < -1e-6) found.add('sign');
    if (p < 1 - 1e-6) found.add('feasibility');
  });
  return [...found];
}

// %% multipliers
function multipliersOf(theta: number[], gradients: Matrix, margins: number[]): number[] {
  const least = Math.min(...margins);
  const found = margins.map(() => 0);
  const active = margins
    .map((p, i) => [p, i])
    .filter(([p]) => p / least <= 1.001)
    .map(([, i]) => i);
  for (let round = 0; round < 3000; round++) {
    for (const i of active) {
      const sum = combined(gradients, found);
      const g = gradients[i];
      found[i] = Math.max(
        0,
        found[i] +
          inner(
            theta.map((v, k) => v - sum[k]),
            g,
          ) /
            inner(g, g),
      );
    }
  }
  return found;
}

// %% residual
function kktResidualOf(theta: number[], gradients: Matrix, margins: number[]): number {
  const n = Math.hypot(...theta);
  const unit = theta.map((v) => v / n);
  const sum = combined(gradients, multipliersOf(unit, gradients, margins));
  return Math.sqrt(unit.reduce((s, v, k) => s + (v - sum[k]) ** 2, 0));
}

// %% margin
function marginFromMultipliers(multipliers: number[], degree: number): number {
  const norm = Math.sqrt(degree * multipliers.reduce((a, b) => a + b));
  return 1 / norm ** degree;
}

// %% better
function betterNetwork(inputs: Matrix): { hidden: Matrix; output: number[] } {
  const n = Math.hypot(...inputs[0]);
  return {
    hidden: [...inputs].reverse().map((x) => x.map((v) => v * n ** -1.5)),
    output: [n ** -0.5, n ** -0.5],
  };
}

// %% pull
function strongestPull(multipliers: number[], inputs: Matrix, labels: number[]): number {
  const at = (a: number) =>
    Math.abs(
      inputs.reduce(
        (s, [x, y], i) =>
          s + multipliers[i] * labels[i] * Math.max(0, Math.cos(a) * x + Math.sin(a) * y),
        0,
      ),
    );
  return Math.max(...Array.from({ length: 3600 }, (_, k) => at((k * Math.PI) / 1800)));
}
