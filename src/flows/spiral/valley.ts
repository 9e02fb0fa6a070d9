/**
 * A smooth function without a limit direction, after the counterexample of Lyu & Li (arXiv 1906.05890,
 * appendix). θ has three coordinates, w = θ/‖θ‖ = (r cos φ, r sin φ, z) with z > 0, and the margin is
 *
 *   p(θ) = ‖θ‖^L (1 − f),   f = e^{−s} [1 − C sin(φ − s)],   s = 1/(1 − r²) = 1/z²,
 *   C = K/(1 + K),   K = 4 r⁴/(1 − r²)³ = 4 s (s − 1)².
 *
 * f is a valley that winds towards the equator, where s = ∞ and every derivative of f vanishes; below the
 * equator f is 0. It is smooth but for the pole r = 0, where it has three continuous derivatives and where no path comes.
 * No o-minimal structure defines it: its valley crosses a meridian infinitely often. C is such that gradient
 * flow keeps to the curve φ = s.
 *
 * Late on f is far below rounding, so that log f is what is computed, from s and the phase ψ = φ − s.
 */

/** A point of the open upper half of the sphere, by its height and its angle; s > 1. */
export interface SpiralPoint {
  /** 1/z² = 1/(1 − r²). */
  readonly s: number;
  /** The angle around the axis, counted on over whole turns. */
  readonly phi: number;
}

/** C and what the flow needs besides, at s: 1 − C to full relative accuracy, dC/ds and d²C/ds². */
export interface Steepness {
  readonly value: number;
  readonly rest: number;
  readonly first: number;
  readonly second: number;
}

/** C at s > 1, the share of the valley's depth that depends on the phase. */
export function steepness(s: number): Steepness {
  const k = 4 * s * (s - 1) ** 2;
  const first = 4 * (s - 1) * (3 * s - 1);
  const rest = 1 / (1 + k);
  return {
    value: k * rest,
    rest,
    first: first * rest ** 2,
    second: (24 * s - 16) * rest ** 2 - 2 * first ** 2 * rest ** 3,
  };
}

/** −log f ≥ s − log 2, without forming f or 1 − C sin ψ where they would lose their digits. */
export function minusLogValley({ s, phi }: SpiralPoint): number {
  return s - Math.log(factorAt(steepness(s), phi - s));
}

/** 1 − C sin ψ. */
function factorAt({ value, rest }: Steepness, psi: number): number {
  return rest + value * 2 * Math.sin((Math.PI / 2 - psi) / 2) ** 2;
}

/** The unit vector w of a point. */
export function onSphere({ s, phi }: SpiralPoint): Float64Array {
  const r = Math.sqrt((s - 1) / s);
  return Float64Array.of(r * Math.cos(phi), r * Math.sin(phi), 1 / Math.sqrt(s));
}

/**
 * The gradient of log f on the sphere at a point: a vector of length 3, at right angles to w. The gradient
 * of f is f times this.
 */
export function logValleyGradient({ s, phi }: SpiralPoint): Float64Array {
  const c = steepness(s);
  const psi = phi - s;
  const factor = factorAt(c, psi);
  const byS = -1 + (c.value * Math.cos(psi) - c.first * Math.sin(psi)) / factor;
  const byPhi = (-c.value * Math.cos(psi)) / factor;
  const r = Math.sqrt((s - 1) / s);
  // Unit vectors along growing s and φ; a step ds has length ds/(2 r s^{3/2}).
  const along = 2 * r * s ** 1.5 * byS;
  const around = byPhi / r;
  const outwards = Float64Array.of(Math.cos(phi) / Math.sqrt(s), Math.sin(phi) / Math.sqrt(s), -r);
  return Float64Array.of(
    along * outwards[0] - around * Math.sin(phi),
    along * outwards[1] + around * Math.cos(phi),
    along * outwards[2],
  );
}

/** The velocity of the flow on the sphere, in the clock dσ = e^{−s} dτ that neither over- nor underflows. */
export interface SpiralVelocity {
  readonly s: number;
  readonly phi: number;
  /** Length of the velocity, in radians per unit of σ. */
  readonly speed: number;
}

/** How s and φ move: −e^{s} ∇f, in these coordinates. */
export function spiralVelocity({ s, phi }: SpiralPoint): SpiralVelocity {
  const c = steepness(s);
  const psi = phi - s;
  const stretch = 4 * s * s * (s - 1);
  const outwards = stretch * radialFactor(c, psi);
  const around = (s / (s - 1)) * c.value * Math.cos(psi);
  const radial = outwards / Math.sqrt(stretch);
  return {
    s: outwards,
    phi: around,
    speed: Math.hypot(radial, around * Math.sqrt((s - 1) / s)),
  };
}

/** 1 − C (sin ψ + cos ψ) + C′ sin ψ. */
function radialFactor({ value, rest, first }: Steepness, psi: number): number {
  const sine = Math.sin(psi);
  return rest + value * (2 * Math.sin(psi / 2) ** 2 - sine) + first * sine;
}

/** Derivatives of the velocity: [∂s′/∂s, ∂s′/∂φ, ∂φ′/∂s, ∂φ′/∂φ]. */
export function spiralJacobian({ s, phi }: SpiralPoint): [number, number, number, number] {
  const c = steepness(s);
  const psi = phi - s;
  const [sine, cosine] = [Math.sin(psi), Math.cos(psi)];
  const stretch = 4 * s * s * (s - 1);
  const byPsi = c.value * (sine - cosine) + c.first * cosine;
  const byS = -c.first * (sine + cosine) + c.second * sine;
  const outwards = (12 * s * s - 8 * s) * radialFactor(c, psi) + stretch * (byS - byPsi);
  const ratio = s / (s - 1);
  return [
    outwards,
    stretch * byPsi,
    (-c.value / (s - 1) ** 2 + ratio * c.first) * cosine + ratio * c.value * sine,
    -ratio * c.value * sine,
  ];
}

/**
 * How fast a deviation of the phase from the curve φ = s grows: d log|ψ|/dφ at a point of the curve, per
 * radian. It is 4 φ (φ − 1)² but for a term that vanishes like 1/φ, negative near the pole.
 */
export function growthPerRadian(phi: number): number {
  const c = steepness(phi);
  return (4 * phi * (phi - 1) ** 2 * (c.value - c.first)) / c.value;
}
