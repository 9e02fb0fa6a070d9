/** Sums and functions of numbers known by their logarithms: nothing here under- or overflows. */

/** log(eᵃ + eᵇ) for any a and b; −∞ stands for the logarithm of 0. */
export function logAddExp(a: number, b: number): number {
  if (a === b) return a + Math.LN2;
  const larger = Math.max(a, b);
  return larger + Math.log1p(Math.exp(-Math.abs(a - b)));
}

/** log(eᵃ − eᵇ) for a ≥ b; −∞ where they are equal, NaN where a < b. */
export function logSubExp(a: number, b: number): number {
  if (b === -Infinity) return a;
  if (a === b) return -Infinity;
  return a + logOneMinusExp(b - a);
}

/** log(1 − eˣ) for x ≤ 0, accurate at both ends (split at −log 2, Mächler 2012); −∞ at 0, NaN above. */
export function logOneMinusExp(x: number): number {
  return x > -Math.LN2 ? Math.log(-Math.expm1(x)) : Math.log1p(-Math.exp(x));
}

/** log Σ e^{aᵢ} of the first `count` numbers; −∞ for an empty sum, NaN if one of them is NaN. */
export function logSumExp(a: ArrayLike<number>, count = a.length): number {
  let largest = -Infinity;
  for (let i = 0; i < count; i++) largest = Math.max(largest, a[i]);
  if (!Number.isFinite(largest)) return largest;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += Math.exp(a[i] - largest);
  return largest + Math.log(sum);
}

/**
 * Writes e^{aᵢ − log Σ e^{aⱼ}} into `into`, numbers in [0, 1] that sum to 1, and returns log Σ e^{aⱼ}.
 * `into` has the length of `a` and may be `a`. An entry −∞ gives 0; where all are −∞ the shares are NaN.
 */
export function softmaxInto(a: Float64Array, into: Float64Array): number {
  let largest = -Infinity;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, a[i]);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += into[i] = Math.exp(a[i] - largest);
  for (let i = 0; i < a.length; i++) into[i] /= sum;
  return largest + Math.log(sum);
}

/** log(1 + eˣ) for any x, at least 0 and to full relative accuracy: 0 only where eˣ underflows. */
export function softplus(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
}

/** Solves log(1 + eˣ) = y for x, that is log(eʸ − 1), for y > 0; −∞ at 0, NaN below. */
export function inverseSoftplus(y: number): number {
  return y + logOneMinusExp(-y);
}

/** σ(x) = 1/(1 + e^{−x}), in [0, 1]; no exponential in it overflows. */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
}

/** log σ(x) = −log(1 + e^{−x}) ≤ 0, accurate where σ itself rounds to 0 or 1. */
export function logSigmoid(x: number): number {
  return -softplus(-x);
}

/**
 * log softplus(x) = log log(1 + eˣ), exact where eˣ underflows: there log(1 + eˣ) = eˣ − e²ˣ/2 + …,
 * so its logarithm is x to within e^x/2.
 */
export function logSoftplus(x: number): number {
  return x < -36 ? x : Math.log(softplus(x));
}

/** Solves logSoftplus(x) = z for x: the inverse of z = log log(1 + eˣ), for any z. */
export function inverseLogSoftplus(z: number): number {
  // softplus(x) = e^z, so x = log(e^{e^z} − 1) = log expm1(e^z) ≈ z + e^z/2 for small e^z.
  return z < -36 ? z : inverseSoftplus(Math.exp(z));
}
