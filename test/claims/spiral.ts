/**
 * A direction that circles for ever, after the counterexample of Lyu & Li (arXiv 1906.05890), whose
 * margins are all ρ^L (1 − f) with a smooth f of the direction that no o-minimal structure defines.
 * In coordinates (u, v) = r (cos φ, sin φ) of the half sphere,
 *
 *   f = e^{−1/(1−r²)} [1 − C(r) sin(φ − 1/(1−r²))],   C(r) = 4r⁴ / (4r⁴ + (1−r²)³),
 *
 * and C is such that the curve φ = 1/(1−r²), which winds towards the equator, is invariant.
 */

/** The point (u, v, √(1−r²)) of the invariant curve at angle φ > 1. */
export function onSpiral(phi: number): [number, number, number] {
  const r = Math.sqrt(1 - 1 / phi);
  return [r * Math.cos(phi), r * Math.sin(phi), Math.sqrt(1 / phi)];
}

/** f at the point (u, v) of the disc. */
export function valley(u: number, v: number, nearPhi: number): number {
  const squared = u * u + v * v;
  const winding = 1 / (1 - squared);
  // The angle φ on the branch next to `nearPhi`; only its sine counts.
  const angle = Math.atan2(v, u);
  const phi = angle + 2 * Math.PI * Math.round((nearPhi - angle) / (2 * Math.PI));
  return Math.exp(-winding) * (1 - steepness(squared) * Math.sin(phi - winding));
}

function steepness(squared: number): number {
  return (4 * squared ** 2) / (4 * squared ** 2 + (1 - squared) ** 3);
}

/**
 * φ at log₁₀ α = 0, 1, …, `decades` along the gradient flow of margins ρ (1 − f), from φ₀. With
 * dφ/dτ = e^{−φ} C/r² and d log ρ/dτ = 1 − f, and log α = log ρ + log(1 − f) for one example.
 */
export function flowAlongSpiral(phi0: number, decades: number): number[] {
  const logAlphaOf = (logNorm: number, phi: number) => logNorm + Math.log1p(-Math.exp(-phi));
  const step = 1e-5;
  const phis = [phi0];
  let logNorm = -Math.log1p(-Math.exp(-phi0));
  for (let phi = phi0; phis.length <= decades; phi += step) {
    const middle = phi + step / 2;
    const squared = 1 - 1 / middle;
    const clock = (Math.exp(middle) * squared * step) / steepness(squared);
    logNorm += (1 - Math.exp(-middle)) * clock;
    if (logAlphaOf(logNorm, phi + step) >= phis.length * Math.LN10) phis.push(phi + step);
  }
  return phis;
}

/** The first three coordinates of a longer vector: the spiral among a network's directions. */
export function embedded(point: readonly number[], length: number): Float64Array {
  const direction = new Float64Array(length);
  direction.set(point);
  return direction;
}
