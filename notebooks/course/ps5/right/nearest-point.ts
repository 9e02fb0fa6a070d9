// shows: The point of a segment that is nearest to 0, by bisection; typed arrays are returned.

// %% two
function twoPointSolution(
  positive: number[],
  negative: number[],
): { w: number[]; multipliers: number[] } {
  const z1 = positive,
    z2 = negative.map((v) => -v);
  let lo = 0,
    hi = 1;
  const at = (t: number) => z1.map((v, k) => (1 - t) * v + t * z2[k]);
  const d = z2.map((v, k) => v - z1[k]);
  for (let k = 0; k < 200; k++) {
    const mid = (lo + hi) / 2;
    if (inner(at(mid), d) > 0) hi = mid;
    else lo = mid;
  }
  const t = lo < 1e-15 ? 0 : hi > 1 - 1e-15 ? 1 : lo;
  const z = at(t),
    n = inner(z, z);
  return {
    multipliers: Float64Array.of((1 - t) / n, t / n),
    w: Float64Array.from(z, (v) => v / n),
  } as unknown as { w: number[]; multipliers: number[] };
}

// %% four
function faults(
  theta: number[],
  gradients: Matrix,
  margins: number[],
  multipliers: number[],
): Fault[] {
  const result: Fault[] = [];
  if (multipliers.filter((l) => l < -1e-6).length > 0) result.push('sign');
  if (margins.map((p, i) => (p - 1) * multipliers[i]).some((v) => v > 1e-6 || v < -1e-6))
    result.push('complementarity');
  const rest = theta.map((v, k) => v - gradients.reduce((s, g, i) => s + g[k] * multipliers[i], 0));
  if (Math.max(...rest.map(Math.abs)) > 1e-6) result.push('stationarity');
  if (Math.min(...margins) - 1 < -1e-6) result.push('feasibility');
  return result;
}

// %% multipliers
import { nonNegativeLeastSquaresFromGram } from 'afterfit';
function multipliersOf(theta: number[], gradients: Matrix, margins: number[]): number[] {
  const least = margins.reduce((a, b) => (b < a ? b : a));
  const all = new Float64Array(margins.length);
  const on = gradients.map((g, i) => ({ g, i })).filter(({ i }) => margins[i] <= least * 1.001);
  const gram = Float64Array.from(on.flatMap(({ g }) => on.map(({ g: h }) => inner(g, h))));
  const b = Float64Array.from(on, ({ g }) => inner(g, theta));
  const { solution } = nonNegativeLeastSquaresFromGram(on.length, gram, b, inner(theta, theta));
  on.forEach(({ i }, k) => (all[i] = solution[k]));
  return all as unknown as number[];
}

// %% residual
function kktResidualOf(theta: number[], gradients: Matrix, margins: number[]): number {
  const l = multipliersOf(theta, gradients, margins);
  let s = 0,
    n = 0;
  for (let k = 0; k < theta.length; k++) {
    let r = theta[k];
    for (let i = 0; i < l.length; i++) r -= l[i] * gradients[i][k];
    s += r * r;
    n += theta[k] ** 2;
  }
  return Math.sqrt(s / n);
}

// %% margin
function marginFromMultipliers(multipliers: number[], degree: number): number {
  let s = 0;
  for (const l of multipliers) s += l;
  return Math.exp((-degree / 2) * Math.log(degree * s));
}

// %% better
function betterNetwork(inputs: Matrix): { hidden: Matrix; output: number[] } {
  const units = inputs.map((x) => {
    const n = Math.sqrt(inner(x, x));
    const mass = Math.sqrt(1 / n);
    return { w: Float64Array.from(x, (v) => (v / n) * mass), a: mass };
  });
  return {
    hidden: units.map(({ w }) => w),
    output: Float64Array.from(units, ({ a }) => a),
  } as unknown as { hidden: Matrix; output: number[] };
}

// %% pull
import { dualCertificate } from 'afterfit';
function strongestPull(multipliers: number[], inputs: Matrix, labels: number[]): number {
  return dualCertificate(
    relu,
    Float64Array.from(inputs.flat()),
    Float64Array.from(labels),
    Float64Array.from(multipliers),
  ).value;
}
